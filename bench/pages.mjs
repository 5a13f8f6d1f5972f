// What pages, measures, the watch and list commands cost in a large installation: statements, bytes, milliseconds, CPU of the database.

import { grow } from './pages/grow.mjs';
import { openedOn } from './support/installation.mjs';
import { cpuOf, listening, of, problemOf, quantile, round, say, table } from './support/measure.mjs';
import { editionFrom, lived, onStack, withRelays } from './support/stage.mjs';

const usual = { '--editions': 500, '--people': 100_000, '--mails': 1_000_000, '--accounts': 1000, '--rounds': 20 };
/** Something that is slow is not asked for longer than this. */
const enoughMs = 20_000;
/** What issue 15 asks for. */
const lines = { ms: 100, statements: 15, bytes: 80_000 };
const ownLines = { '/metrics': { ms: 20 }, 'watch: its query': { ms: 400, bytes: Number.POSITIVE_INFINITY } };
/** What a list shows unless more is asked for. */
const part = { from: 0, limit: 50 };

/**
 * Runs the bench: one edition is lived half its days, with its part of `--people`, then copied in SQL. The sizes are of the whole installation;
 * each thing is asked `--rounds` times, after one that does not count.
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const [editions, people, mails, accounts, rounds] = Object.entries(usual).map(([name, number]) => of(args, name, number));
  return onStack(['postgres', 'temporal'], async (services) => {
    const { openStage } = await import('../dist/rehearsal/stage.js');
    const stage = await openStage(services);
    try {
      const { edition, source } = await editionFrom('bench/life.yaml', withRelays(Math.max(2, Math.round(people / editions) - 40)));
      const now = await lived(stage, { edition, source, share: 0.5 }, (_, { at }) => at);
      const installation = await openedOn(stage);
      const { store } = installation;
      try {
        const growth = { edition: edition.id, editions, mails: Math.round(mails / editions), accounts, now: now - Date.now() };
        await grow(store.pool, growth);
        const sizes = await sizesOf(store);
        say(sizes);
        const measured = await measure(installation, { edition: edition.id, rounds, postgres: services.pids.postgres });
        const document = { bench: 'pages', ...sizes, rounds, lines, measured };
        return { document, lines: linesOf(document) };
      } finally {
        await installation.close();
      }
    } finally {
      await stage.strike();
    }
  });
}

async function sizesOf({ pool }) {
  const { rows } = await pool.query(
    `select (select count(*) from edition) as editions, (select count(*) from person) as people, (select count(*) from outbox) as mails,
       (select count(*) from audit) as "journalEntries", (select count(*) from account) as accounts`,
  );
  return rows[0];
}

/** Everything that is asked, one after the other, as people and programs ask for it. */
async function measure(real, { edition, rounds, postgres }) {
  const { createApp } = await import('../dist/web/app.js');
  const { liveBackend } = await import('../dist/web/live.js');
  const { webMeasures } = await import('../dist/web/measures.js');
  let statements = 0;
  let later = 0;
  const installation = { ...real, store: listening(real.store, () => statements++), realNow: () => Date.now() + later };
  const token = 'bench';
  const app = createApp(liveBackend(installation), {
    secure: true,
    baseUrl: real.publicUrl,
    metrics: { ...webMeasures(installation), token },
    onError: (error) => process.stderr.write(`${error.stack}\n`),
  });
  const session = await sessionOf(real);
  const page =
    (path, headers = { cookie: `__Host-session=${session}` }) =>
    async (posted) => {
      const form =
        posted === undefined ? {} : { method: 'POST', body: new URLSearchParams(posted), headers: { ...headers, origin: real.publicUrl } };
      const answer = await app.request(`${real.publicUrl}${path}`, { headers, ...form });
      const body = await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return body.byteLength;
    };
  const list = (read) => async () => JSON.stringify(await read()).length;
  const { pool } = installation.store;
  const {
    rows: [mail],
  } = await real.store.pool.query('select min(id) as id from outbox where edition = $1', [edition]);
  const {
    rows: [someone],
  } = await real.store.pool.query('select person as id from ask_person where edition = $1 group by person order by count(*) desc limit 1', [
    edition,
  ]);
  const { listAllAsks, listWaiting } = await import('../dist/client/verbs/asks.js');
  const { listCohortsIn } = await import('../dist/client/verbs/cohorts.js');
  const { listAllMails } = await import('../dist/client/verbs/mails.js');
  const { backlog } = await import('../dist/store/figures.js');
  const { editionFacts } = await import('../dist/store/watch.js');
  const asked = {
    'baseline: one row by its key': list(async () => (await pool.query('select id, title from edition where id = $1', [edition])).rows),
    'baseline: /robots.txt': page('/robots.txt'),
    board: page('/'),
    'board, last page': page('/?from=450'),
    edition: page(`/editions/${edition}`),
    mails: page(`/editions/${edition}/mails`),
    'mails, further on': page(`/editions/${edition}/mails?from=1000`),
    'a mail': page(`/editions/${edition}/mails/${mail.id}`),
    people: page(`/editions/${edition}/people`),
    'people, further on': page(`/editions/${edition}/people?from=100`),
    somebody: page(`/editions/${edition}/people/${someone.id}`),
    'mails to come': page(`/editions/${edition}/mails?view=coming`),
    documents: page(`/editions/${edition}/documents`),
    interviews: page(`/editions/${edition}/documents/interviews`),
    applications: page(`/editions/${edition}/applications`),
    'the edition in figures': page(`/editions/${edition}/documents/figures`),
    'applications, taken away': page(`/editions/${edition}/applications.csv`),
    search: () => page('/search')({ q: 'lieu' }),
    'search of a name': () => page('/search')({ q: someone.id }),
    'plan of an edition': page(`/editions/${edition}/plan`),
    projects: page(`/editions/${edition}/projects`),
    'engine of an edition': page(`/editions/${edition}/engine`),
    journal: page(`/editions/${edition}/journal`),
    accounts: page('/accounts'),
    'an account': page('/accounts/compte-1'),
    'my account': page('/account'),
    '/api/editions/…': page(`/api/editions/${edition}`),
    '/metrics': async () => {
      later += 20_000; // what was counted a moment ago is answered again
      return page('/metrics', { authorization: `Bearer ${token}` })();
    },
    'engine: mail by state': list(() => backlog(pool)),
    'watch: its query': list(() => editionFacts(pool, installation.realNow())),
    'cohort list': list(() => listCohortsIn(installation, part)),
    'ask list': list(() => listAllAsks(installation, part)),
    'ask list --waiting': list(() => listWaiting(installation, part)),
    'ask list --edition': list(() => listAllAsks(installation, { edition, ...part })),
    'mail list': list(() => listAllMails(installation, part)),
    'mail list --edition': list(() => listAllMails(installation, { edition, ...part })),
  };
  const measured = [];
  for (const [name, ask] of Object.entries(asked)) {
    await ask();
    const [times, before] = [[], cpuOf(postgres)];
    let [bytes, cost] = [0, 0];
    for (let spent = 0; times.length < rounds && spent < enoughMs; spent += times.at(-1)) {
      statements = 0;
      const began = performance.now();
      bytes = await ask();
      times.push(performance.now() - began);
      cost = Math.max(cost, statements);
    }
    const cpu = before === undefined ? undefined : ((cpuOf(postgres) - before) * 1000) / times.length;
    const ms = (share) => round(quantile(times, share), 1);
    measured.push({ name, statements: cost, bytes, medianMs: ms(0.5), p95Ms: ms(0.95), databaseCpuMs: round(cpu, 1) });
    say(measured.at(-1));
  }
  return measured;
}

/** A session of somebody who keeps the installation in order, and coordinates whatever there is. */
async function sessionOf(installation) {
  const { trialLink } = await import('../dist/client/verbs/console.js');
  const { enterByKey } = await import('../dist/store/sessions.js');
  const link = await trialLink(installation);
  const entered = await enterByKey(installation.store.pool, { key: link.split('/').at(-1), device: 'bench', realNow: Date.now() });
  return entered.session;
}

function over({ name, p95Ms: ms, ...counts }) {
  const line = { ...lines, ...ownLines[name] };
  return Object.entries({ ...counts, ms }).flatMap(([what, much]) => (much > (line[what] ?? Number.POSITIVE_INFINITY) ? [what] : []));
}

function linesOf({ editions, people, mails, journalEntries, accounts, measured }) {
  return [
    `${editions} editions, ${people} people, ${mails} mails, ${journalEntries} journal entries, ${accounts} accounts`,
    ...table(
      ['', 'statements', 'bytes', 'median ms', '95th ms', 'database CPU ms', 'over the line'],
      measured.map((one) => [one.name, one.statements, one.bytes, one.medianMs, one.p95Ms, one.databaseCpuMs, over(one).join(', ')]),
    ),
  ];
}
