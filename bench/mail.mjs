// Throughput of mail: the whole path (claim, render, send, mark) against nodemailer's pool alone, on the same sink in the same run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const of = (args, name, usual) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : usual);
const script = (name) => fileURLToPath(new URL(`./mail/${name}.mjs`, import.meta.url));
const start = (name) => fork(script(name), { stdio: ['ignore', 2, 2, 'ipc'] });
const said = async (child) => {
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process of the bench ended (${code})`))),
  ]);
  return answer;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const warm = 300;

/** Runs the bench: `--mails` a round (5 000), `--rounds` (3); each round measures everything once, and medians of the ratios count. */
export async function bench(args) {
  const mails = of(args, '--mails', 5000);
  const rounds = of(args, '--rounds', 3);
  const { startServices } = await import('../dist/embedded/services.js');
  const { migrate } = await import('../dist/store/migrate.js');
  const { openStore } = await import('../dist/store/db.js');
  const services = await startServices({ ephemeral: true, parts: ['postgres'] });
  const sink = start('sink');
  try {
    const { port } = await said(sink);
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    const databaseUrl = services.postgres.url;
    await migrate(databaseUrl);
    const store = openStore(databaseUrl);
    let count = 0;
    const queued = (people) => queueEdition(store, { id: `bench-${++count}`, people });

    const sample = await queued(1);
    const content = await rendered(store, sample, { databaseUrl, smtpUrl });
    const measured = [];
    for (let round = 1; round <= rounds; round++) {
      const baseline = await timed([start('baseline')], () => ({ smtpUrl, mails, warm, ...content }));
      const one = await timed([start('sender')], await senders(1));
      const two = await timed([start('sender'), start('sender')], await senders(2));
      const twoPools = await timed([start('baseline'), start('baseline')], () => ({ smtpUrl, mails: mails / 2, warm, ...content }));
      for (const { sent } of [baseline, one, two, twoPools]) if (sent !== mails) throw new Error(`${sent} of ${mails} mails were sent`);
      measured.push({ baseline, one, two, twoPools });
      process.stderr.write(
        `round ${round}: ${[baseline, one, two, twoPools].map(({ perSecond }) => Math.round(perSecond)).join(', ')} mails/s\n`,
      );
    }
    await store.close();
    const rate = (of) => Math.round(median(measured.map((round) => round[of].perSecond)));
    const document = {
      bench: 'mail',
      mails,
      rounds,
      mailsPerSecond: { nodemailer: rate('baseline'), oneWorker: rate('one'), twoWorkers: rate('two'), twoPools: rate('twoPools') },
      ratioToNodemailer: round2(median(measured.map(({ baseline, one }) => one.perSecond / baseline.perSecond))),
      twoWorkersToOne: round2(median(measured.map(({ one, two }) => two.perSecond / one.perSecond))),
      // what this machine can give a second process at most: nodemailer's pool beside itself
      twoPoolsToOne: round2(median(measured.map(({ baseline, twoPools }) => twoPools.perSecond / baseline.perSecond))),
      cpuMsPerMail: { nodemailer: cpu('baseline'), oneWorker: cpu('one'), twoWorkers: cpu('two') },
    };
    return {
      document,
      lines: [
        `${mails} mails, ${rounds} rounds, medians`,
        `nodemailer's pool alone      ${document.mailsPerSecond.nodemailer} mails/s`,
        `one worker, whole path       ${document.mailsPerSecond.oneWorker} mails/s, ratio ${document.ratioToNodemailer} (at least 0.8)`,
        `two workers                  ${document.mailsPerSecond.twoWorkers} mails/s, ${document.twoWorkersToOne} times one (at least 1.5)`,
        `two pools of nodemailer      ${document.mailsPerSecond.twoPools} mails/s, ${document.twoPoolsToOne} times one: what this machine has to give`,
      ],
    };

    function cpu(of) {
      return round2(median(measured.map((round) => round[of].cpuMs)) / mails);
    }
    async function senders(workers) {
      const { id: edition, at } = await queued(mails);
      const warmers = [];
      for (let n = 0; n < workers; n++) warmers.push(await queued(warm));
      return (n) => ({ databaseUrl, smtpUrl, edition, at, warm: warmers[n].id });
    }
  } finally {
    sink.kill();
    await services.stop();
  }
}

const round2 = (number) => Math.round(number * 100) / 100;

/** Lets processes get warm, then go at the same moment; wall time is until the last of them is done. */
async function timed(children, inputOf) {
  await Promise.all(
    children.map((child, n) => {
      const ready = said(child);
      child.send(inputOf(n));
      return ready;
    }),
  );
  const started = performance.now();
  const done = children.map((child) => said(child));
  for (const child of children) child.send('go');
  const results = await Promise.all(done);
  const seconds = (performance.now() - started) / 1000;
  const sent = results.reduce((sum, result) => sum + result.sent, 0);
  return { sent, perSecond: sent / seconds, cpuMs: results.reduce((sum, result) => sum + result.cpuMs, 0) };
}

/** An edition whose call has just gone out to a number of relays: one mail each is queued. */
async function queueEdition(store, { id, people }) {
  const { readEdition } = await import('../dist/domain/edition.js');
  const { calendarOf } = await import('../dist/domain/calendar.js');
  const { insertEdition } = await import('../dist/store/editions.js');
  const { review } = await import('../dist/activities/review/index.js');
  const { readFile } = await import('node:fs/promises');
  const { parse, stringify } = await import('yaml');
  const file = parse(await readFile(fileURLToPath(new URL('../editions/val-d-oise-2023.yaml', import.meta.url)), 'utf8'));
  file.id = id;
  file.relays = Array.from({ length: people }, (_, n) => ({ id: `relais-${n}`, name: `Relais ${n}`, email: `relais-${n}@reseau.example` }));
  const source = stringify(file);
  const reading = readEdition(source);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { edition } = reading;
  const calendar = calendarOf(edition.territory);
  const at = calendar.instantAt(calendar.onOrAfter(edition.start), '09:00');
  await insertEdition(store.pool, { edition, source, at, clockOffsetMs: 0 });
  const asks = [{ step: 'call-open', kind: 'relay', version: 1, generation: 1, after: edition.start }];
  const later = calendar.instantAt(calendar.add(calendar.dateOf(at), 1), '09:00');
  await review(store, { edition: id, epoch: 1, at: later, facts: [], incidents: [], asks });
  await store.pool.query('vacuum analyze');
  return { id, at: later };
}

/** What such a mail says: nodemailer composes the same. */
async function rendered(store, { id, at }, { databaseUrl, smtpUrl }) {
  const child = start('sender');
  const ready = said(child);
  child.send({ databaseUrl, smtpUrl, warm: id, edition: id, at });
  await ready;
  child.kill();
  const { listMails } = await import('../dist/store/outbox.js');
  const { showMail } = await import('../dist/store/mailview.js');
  const [mail] = await listMails(store.pool, id);
  if (mail?.state !== 'accepted') throw new Error('the sample was not sent');
  const { subject, text, html } = await showMail(store.pool, mail.id);
  return { subject, text, html };
}
