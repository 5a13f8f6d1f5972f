// Throughput of mail: the whole path (claim, render, send, mark) against nodemailer's pool alone, on the same sink in the same run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const of = (args, name, usual) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : usual);
const script = (name) => fileURLToPath(new URL(`./mail/${name}.mjs`, import.meta.url));
const start = (name, args = []) => fork(script(name), args, { stdio: ['ignore', 2, 2, 'ipc'] });
const said = async (child) => {
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process of the bench ended (${code})`))),
  ]);
  return answer;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const warm = 300;

/**
 * Runs the bench: `--mails` a round (5 000), `--rounds` (3); each round measures everything once, and medians of the ratios count. All of it on two
 * servers: one that accepts at once, where only computing counts, and one that takes `--accept-ms` (10) for a message, as one that scans it and writes
 * it to a disk does, where it shows whether workers keep each other waiting.
 */
export async function bench(args) {
  const mails = of(args, '--mails', 5000);
  const rounds = of(args, '--rounds', 3);
  const acceptMs = of(args, '--accept-ms', 10);
  const { startServices } = await import('../dist/embedded/services.js');
  const { migrate } = await import('../dist/store/migrate.js');
  const { openStore } = await import('../dist/store/db.js');
  const services = await startServices({ ephemeral: true, parts: ['postgres'] });
  const sinks = [start('sink'), start('sink', [String(acceptMs)])];
  try {
    const [atOnce, slowly] = await Promise.all(sinks.map(async (sink) => `smtp://127.0.0.1:${(await said(sink)).port}`));
    const databaseUrl = services.postgres.url;
    await migrate(databaseUrl);
    const store = openStore(databaseUrl);
    let count = 0;
    const queued = (people) => queueEdition(store, { id: `bench-${++count}`, people });

    const sample = await queued(1);
    const content = await rendered(store, sample, { databaseUrl, smtpUrl: atOnce });
    const pools = (smtpUrl, n) =>
      timed(
        times(n, () => start('baseline')),
        () => ({ smtpUrl, mails: mails / n, warm, ...content }),
      );
    const workers = async (smtpUrl, n) => {
      const { id: edition, at } = await queued(mails);
      const warmers = [];
      for (let i = 0; i < n; i++) warmers.push(await queued(warm));
      return timed(
        times(n, () => start('sender')),
        (i) => ({ databaseUrl, smtpUrl, edition, at, warm: warmers[i].id }),
      );
    };
    const measure = async (smtpUrl) => ({
      nodemailer: await pools(smtpUrl, 1),
      oneWorker: await workers(smtpUrl, 1),
      twoWorkers: await workers(smtpUrl, 2),
      twoPools: await pools(smtpUrl, 2),
    });
    const measured = { atOnce: [], slowly: [] };
    for (let round = 1; round <= rounds; round++)
      for (const [name, smtpUrl] of Object.entries({ atOnce, slowly })) {
        const now = await measure(smtpUrl);
        for (const { sent } of Object.values(now)) if (sent !== mails) throw new Error(`${sent} of ${mails} mails were sent`);
        measured[name].push(now);
        const rates = Object.values(now).map(({ perSecond }) => Math.round(perSecond));
        process.stderr.write(
          `round ${round}, ${name === 'atOnce' ? 'accepts at once' : `accepts in ${acceptMs} ms`}: ${rates.join(', ')} mails/s\n`,
        );
      }
    await store.close();
    const document = {
      bench: 'mail',
      mails,
      rounds,
      ...summary(measured.atOnce, mails),
      slowServer: { acceptMs, ...summary(measured.slowly, mails) },
    };
    const { slowServer } = document;
    return {
      document,
      lines: [
        `${mails} mails, ${rounds} rounds, medians`,
        ...linesOf('a server that accepts at once', document),
        ...linesOf(`a server that takes ${acceptMs} ms for a message`, slowServer),
      ],
    };
  } finally {
    for (const sink of sinks) sink.kill();
    await services.stop();
  }
}

/** Rates, and ratios within each round. */
function summary(measured, mails) {
  const rate = (of) => Math.round(median(measured.map((round) => round[of].perSecond)));
  const ratio = (of, to) => round2(median(measured.map((round) => round[of].perSecond / round[to].perSecond)));
  const cpu = (of) => round2(median(measured.map((round) => round[of].cpuMs)) / mails);
  return {
    mailsPerSecond: {
      nodemailer: rate('nodemailer'),
      oneWorker: rate('oneWorker'),
      twoWorkers: rate('twoWorkers'),
      twoPools: rate('twoPools'),
    },
    ratioToNodemailer: ratio('oneWorker', 'nodemailer'),
    twoWorkersToOne: ratio('twoWorkers', 'oneWorker'),
    // what this machine can give a second process at most: nodemailer's pool beside itself
    twoPoolsToOne: ratio('twoPools', 'nodemailer'),
    cpuMsPerMail: { nodemailer: cpu('nodemailer'), oneWorker: cpu('oneWorker'), twoWorkers: cpu('twoWorkers') },
  };
}

const linesOf = (server, { mailsPerSecond, ratioToNodemailer, twoWorkersToOne, twoPoolsToOne }) => [
  `on ${server}:`,
  `  nodemailer's pool alone      ${mailsPerSecond.nodemailer} mails/s`,
  `  one worker, whole path       ${mailsPerSecond.oneWorker} mails/s, ratio ${ratioToNodemailer} (at least 0.8)`,
  `  two workers                  ${mailsPerSecond.twoWorkers} mails/s, ${twoWorkersToOne} times one (at least 1.5)`,
  `  two pools of nodemailer      ${mailsPerSecond.twoPools} mails/s, ${twoPoolsToOne} times one: what this machine has to give`,
];

const times = (n, make) => Array.from({ length: n }, make);
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
