// What a review costs: of a lived edition, of one with nothing due in an ask of thousands; and how many answers a second such an ask takes.
import { listening, median, of, ownCpu, problemOf, quantile, round, say, table } from './support/measure.mjs';
import { editionFrom, lived, onDurableStack, onStack, withRelays } from './support/stage.mjs';

const usual = { '--people': 10_000, '--answers': 500, '--connections': 8, '--rounds': 3, '--edition': 'bench/life.yaml' };

/**
 * Runs the bench: an edition is lived, its reviews' statements counted; then `--people` are asked by one ask, and a review with nothing due reads; then
 * `--answers` of them answer over so many connections, `--rounds` times, in turn with one connection that commits a row after the other. The last two
 * on a Postgres that writes as in production (fsync on).
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const [people, answers, connections, rounds] = ['--people', '--answers', '--connections', '--rounds'].map((name) =>
    of(args, name, usual[name]),
  );
  const path = args.includes('--edition') ? args[args.indexOf('--edition') + 1] : usual['--edition'];
  if (answers * rounds > people)
    return { problem: `--answers ${answers} in ${rounds} rounds are more than --people ${people}: each answers once` };
  const life = await ofALife(path);
  say(life);
  const large = await onDurableStack(['postgres'], ({ postgres }) => ofALargeAsk(postgres.url, { people, answers, connections, rounds }));
  const document = { bench: 'review', life, ...large };
  return { document, lines: linesOf(document) };
}

/** Statements of each transaction, `begin` and `commit` with them. */
async function ofALife(path) {
  const { openStage } = await import('../dist/rehearsal/stage.js');
  const counted = { reviews: [], deliveries: [] };
  let statements = 0;
  const ended = (asked) => {
    if (asked.some((text) => text.includes('for no key update'))) counted.reviews.push(asked.length);
    else if (asked.some((text) => text.includes("set state = 'sending'"))) counted.deliveries.push(asked.length);
  };
  await onStack(['postgres', 'temporal'], async (services) => {
    const stage = await openStage(services);
    const meddle = (deps) => ({ ...deps, store: listening(deps.store, () => statements++, ended) });
    await lived(stage, { ...(await editionFrom(path)), meddle }, () => undefined);
    await stage.strike();
  });
  const spread = (all) => ({ count: all.length, median: median(all), p95: quantile(all, 0.95), most: Math.max(...all) });
  return { statements, reviews: spread(counted.reviews), deliveries: spread(counted.deliveries) };
}

async function ofALargeAsk(url, { people, answers, connections, rounds }) {
  const { openStore } = await import('../dist/store/db.js');
  const { migrate } = await import('../dist/store/migrate.js');
  const { insertEdition } = await import('../dist/store/editions.js');
  const { review } = await import('../dist/activities/review/index.js');
  const { calendarOf } = await import('../dist/domain/calendar.js');
  const { edition, source } = await editionFrom('bench/life.yaml', withRelays(people));
  const calendar = calendarOf(edition.territory);
  const at = calendar.instantAt(calendar.onOrAfter(edition.start), '09:00');
  await migrate(url);
  const one = openStore(url, { maxConnections: 1 });
  try {
    await insertEdition(one.pool, { edition, source, at, clockOffsetMs: 0 });
    const asks = [{ step: 'call-open', kind: 'relay', version: 1, generation: 1, after: edition.start }];
    const look = (later) => review(one, { edition: edition.id, epoch: 1, at: later, facts: [], incidents: [], asks });
    const opened = calendar.instantAt(calendar.add(calendar.dateOf(at), 1), '09:00');
    const opening = await costOf(one, () => look(opened));
    // their mails have left, a minute after they were due
    await one.pool.query(`update outbox set state = 'accepted', sent_at = due_at + interval '1 minute'`);
    await one.pool.query('vacuum analyze');
    await look(opened + 120_000);
    const idle = await costOf(one, () => look(opened + 240_000));
    say({ opening, idle });
    const rates = await ratesOf(url, { edition: edition.id, at: opened + 300_000, answers, connections, rounds });
    return { people, opening, nothingDue: idle, answers: { count: answers, connections, rounds, ...rates } };
  } finally {
    await one.close();
  }
}

/** Rows that Postgres read and wrote, statements, and CPU of this process, of one connection that does something. */
async function costOf(store, work) {
  const rows = async () => {
    await store.pool.query('select pg_stat_force_next_flush()');
    const {
      rows: [found],
    } = await store.pool.query(
      `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint as read, sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint as written
       from pg_stat_user_tables`,
    );
    return found;
  };
  const [before, cpu] = [await rows(), ownCpu()];
  await work();
  const after = await rows();
  return { rowsRead: after.read - before.read, rowsWritten: after.written - before.written, cpuMs: round((ownCpu() - cpu) * 1000, 0) };
}

/** Answers a second, and rows a second of one connection that commits each; in turn. */
async function ratesOf(url, { edition, at, answers, connections, rounds }) {
  const { openStore } = await import('../dist/store/db.js');
  const { answer } = await import('../dist/store/acts/answer.js');
  const store = openStore(url, { maxConnections: connections });
  const runs = [];
  try {
    const { pool } = store;
    await pool.query('create table bench_row (n int primary key, said jsonb not null)');
    const { rows: places } = await pool.query(
      `select request from ask_person where edition = $1 and seat like 'relais-%' order by person`,
      [edition],
    );
    for (let round = 0; round < rounds; round++) {
      const mine = places.slice(round * answers, (round + 1) * answers);
      const perSecond = await rateOf(mine, connections, async ({ request }) => {
        const act = await answer(store, { request, raw: { spread: 'yes' }, realNow: at });
        if (!act.ok) throw new Error(`an answer was not taken: ${JSON.stringify(act)}`);
      });
      const bare = await rateOf(mine, 1, ({ request }, n) =>
        pool.query('insert into bench_row (n, said) values ($1, $2)', [round * answers + n, JSON.stringify({ request })]),
      );
      runs.push({ perSecond, bare, ratio: perSecond / bare });
      say({ answersPerSecond: perSecond, rowsPerSecond: bare });
    }
    const mid = (what, digits) => round(median(runs.map((run) => run[what])), digits);
    return { perSecond: mid('perSecond', 0), bareRowsPerSecond: mid('bare', 0), ratio: mid('ratio', 2) };
  } finally {
    await store.close();
  }
}

async function rateOf(items, connections, act) {
  let next = 0;
  const began = performance.now();
  const one = async () => {
    for (let n = next++; n < items.length; n = next++) await act(items[n], n);
  };
  await Promise.all(Array.from({ length: connections }, one));
  return round(items.length / ((performance.now() - began) / 1000), 1);
}

function linesOf({ life, people, opening, nothingDue, answers }) {
  const spread = ({ count, median, p95, most }) => [count, median, p95, most];
  return [
    `a lived edition: ${life.statements} statements`,
    ...table(
      ['statements', 'count', 'median', '95th', 'most'],
      [
        ['a review', ...spread(life.reviews)],
        ['taking a chunk of mail', ...spread(life.deliveries)],
      ],
    ),
    '',
    ...table(
      [`a review, ask of ${people}`, 'rows read', 'rows written', 'our CPU ms'],
      [
        ['that opens it', opening.rowsRead, opening.rowsWritten, opening.cpuMs],
        ['with nothing due', nothingDue.rowsRead, nothingDue.rowsWritten, nothingDue.cpuMs],
      ],
    ),
    '',
    `${answers.perSecond} answers/s in it over ${answers.connections} connections, ${answers.ratio} times one connection that commits a row after the other (${answers.bareRowsPerSecond}/s); ${answers.rounds} rounds of ${answers.count}, medians, fsync on`,
  ];
}
