// What it costs to ask people something and to remind them three times: our one workflow, a child workflow for each, DBOS Transact, graphile-worker.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cpuOf, of, ownCpu, problemOf, round, say, table } from './support/measure.mjs';
import { editionFrom, onDurableStack, withRelays } from './support/stage.mjs';

const usual = { '--people': 10_000, '--children': 500, '--others': 2000, '--alone': false };
const folder = new URL('./outreach/', import.meta.url);
const mails = 4;
/** A workflow may have so many children that have not ended, and two thousand are refused. */
const childrenOfOne = 500;

/**
 * Runs the bench: `--people` relays are asked, and none of them answers, in virtual time: once with mails that are written, once
 * without, as the others do it. Beside it `--children` people with a child workflow each, and `--others` on DBOS Transact and as jobs of graphile-worker,
 * on the same server and the same Postgres, which writes as in production. `--alone`: neither of the last two.
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const alone = args.includes('--alone');
  if (!alone && !existsSync(new URL('node_modules/.package-lock.json', folder)))
    return {
      problem: `DBOS Transact and graphile-worker are not installed. Either: npm ci --prefix ${fileURLToPath(folder)}\nor measure without them: npm run bench -- outreach --alone`,
    };
  const [people, children, others] = ['--people', '--children', '--others'].map((name) => of(args, name, usual[name]));
  return onDurableStack(['postgres', 'temporal'], async (services) => {
    const measured = {};
    const told = (name, one) => {
      measured[name] = one;
      say({ [name]: one });
    };
    told('ours', await ours(services, { people, written: true }));
    told('oursWithoutWords', await ours(services, { people, written: false }));
    told('childEach', await childEach(services, children));
    if (!alone) {
      told('dbos', await other(services, 'dbos', others));
      told('graphile', await other(services, 'graphile', others));
    }
    const ratio = (name, what, to = 'oursWithoutWords') =>
      measured[name]?.[what] === undefined ? undefined : round(measured[name][what] / measured[to][what], 1);
    const document = {
      bench: 'outreach',
      ...measured,
      ratios: {
        childEachEvents: ratio('childEach', 'events', 'ours'),
        childEachTemporalCpu: ratio('childEach', 'temporalCpuMs'),
        dbosSeconds: ratio('dbos', 'ms'),
        dbosCpu: ratio('dbos', 'allCpuMs'),
        graphileCpu: ratio('graphile', 'allCpuMs'),
      },
    };
    return { document, lines: linesOf(document) };
  });
}

/** What was used until now: of this process, of Temporal, of Postgres, in seconds. */
const usedBy = ({ pids }) => ({ at: performance.now(), own: ownCpu(), temporal: cpuOf(pids.temporal), postgres: cpuOf(pids.postgres) });

/** For each person: milliseconds, and CPU milliseconds of who does the work, of Temporal, of Postgres, of all three. */
function forEach(people, before, after, own = (after.own - before.own) * 1000) {
  const each = (ms) => round(ms / people, 3);
  const cost = { people, ms: each(after.at - before.at), cpuMs: each(own) };
  if (after.temporal === undefined) return cost;
  const [temporal, postgres] = ['temporal', 'postgres'].map((name) => (after[name] - before[name]) * 1000);
  return { ...cost, temporalCpuMs: each(temporal), postgresCpuMs: each(postgres), allCpuMs: each(own + temporal + postgres) };
}

/** An edition is lived until its relays are asked; from then on nobody does anything, until the call closes. */
async function ours(services, { people, written }) {
  const { openStage } = await import('../dist/rehearsal/stage.js');
  const { live } = await import('../dist/rehearsal/live.js');
  const { personaScript } = await import('../dist/rehearsal/personas/script.js');
  const { personaSet } = await import('../dist/rehearsal/personas/read.js');
  const { calendarOf } = await import('../dist/domain/calendar.js');
  const { edition, source } = await editionFrom('bench/life.yaml', (file) => {
    withRelays(people)(file);
    file.plan = { ...file.plan, 'call-open': '4w' };
  });
  const stage = await openStage(services);
  const seen = {};
  let over = () => {};
  const closed = new Promise((resolve) => {
    over = resolve;
  });
  const life = await live(stage, {
    edition,
    source,
    startsAt: calendarOf(edition.territory).instantAt(edition.start, '08:30'),
    script: { ...personaScript(personaSet('punctual'), { edition, seed: 1 }), applicants: [] },
    meddle: (deps) => ({
      ...deps,
      ...(written ? {} : { write: async ({ template }) => ({ subject: template, bytes: Buffer.from(template) }) }),
      people: watching(deps.people, async () => {
        const {
          rows: [ask],
        } = await deps.store.pool.query(`select outcome from ask where kind = 'relay' and opened_at is not null`);
        if (ask !== undefined) seen.opened ??= { ...usedBy(services), events: await eventsOf(life) };
        if (ask?.outcome) {
          seen.closed ??= { ...usedBy(services), events: await eventsOf(life) };
          over();
        }
        return ask !== undefined;
      }),
    }),
  });
  try {
    await Promise.race([closed, life.finished()]);
    if (seen.closed === undefined) throw new Error('the call never closed');
    const {
      rows: [{ sent }],
    } = await life.store.pool.query(
      `select count(*) as sent from rung r join ask a on a.id = r.ask join outbox o on o.id = r.outbox where a.kind = 'relay' and o.state = 'accepted'`,
    );
    if (sent !== mails * people) throw new Error(`${sent} mails were sent to ${people} people, not ${mails} to each`);
    return {
      ...forEach(people, seen.opened, seen.closed),
      events: round((seen.closed.events - seen.opened.events) / people, 4),
      mails: sent,
    };
  } finally {
    await life.client.workflow
      .getHandle(life.workflowId)
      .terminate('measured')
      .catch(() => undefined);
    await life.close();
    await stage.strike();
  }
}

const eventsOf = async ({ client, workflowId }) => (await client.workflow.getHandle(workflowId).describe()).historyLength;

/** People who do nothing any more once `isQuiet` says so. */
const watching = (people, isQuiet) => ({
  actUntil: async (at, edition) => {
    if (!(await isQuiet())) await people.actUntil(at, edition);
  },
  nextAct: async () => ((await isQuiet()) ? null : people.nextAct()),
});

async function childEach(services, people) {
  const { withBareWorker } = await import('./bare/worker.mjs');
  return withBareWorker(
    services.temporal,
    () => undefined,
    async ({ client, start }) => {
      await (await start('people', 10)).result();
      const before = usedBy(services);
      const handles = [];
      for (let left = people; left > 0; left -= childrenOfOne) handles.push(await start('people', Math.min(left, childrenOfOne)));
      await Promise.all(handles.map((handle) => handle.result()));
      const after = usedBy(services);
      let events = 0;
      for (const handle of handles) {
        const { events: history } = await handle.fetchHistory();
        events += history.length;
        for (const { startChildWorkflowExecutionInitiatedEventAttributes: child } of history)
          if (child) events += (await client.workflow.getHandle(child.workflowId).describe()).historyLength;
      }
      return { ...forEach(people, before, after), events: round(events / people, 1) };
    },
  );
}

/** One of the others, in a process and a database of its own. */
async function other(services, name, people) {
  const { openStore } = await import('../dist/store/db.js');
  const server = openStore(services.postgres.adminUrl, { maxConnections: 1 });
  await server.pool.query(`create database bench_${name}`);
  await server.close();
  const url = new URL(services.postgres.adminUrl);
  url.pathname = `/bench_${name}`;
  const child = fork(fileURLToPath(new URL(`${name}.mjs`, folder)), { stdio: ['ignore', 2, 2, 'ipc'] });
  const said = async () => {
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${name} ended (${code})`)));
    ended.catch(() => undefined);
    return (await Promise.race([once(child, 'message'), ended]))[0];
  };
  const ready = said();
  child.send({ databaseUrl: url.href, people });
  await ready;
  const before = usedBy(services);
  const done = said();
  child.send('go');
  const { cpuMs } = await done;
  return forEach(people, before, usedBy(services), cpuMs);
}

function linesOf({ ratios, bench: _, ...measured }) {
  const words = {
    ours: 'ours, mails written',
    oursWithoutWords: 'ours, mails not written',
    childEach: 'a child workflow each',
    dbos: 'DBOS Transact',
    graphile: 'graphile-worker, four jobs each',
  };
  return [
    ...table(
      ['a person, opening and three reminders', 'people', 'events', 'ms', 'CPU ms', 'Temporal CPU ms', 'Postgres CPU ms', 'all CPU ms'],
      Object.entries(measured).map(([name, one]) => [
        words[name],
        ...['people', 'events', 'ms', 'cpuMs', 'temporalCpuMs', 'postgresCpuMs', 'allCpuMs'].map((what) => one[what]),
      ]),
    ),
    `a child each: ${ratios.childEachEvents} times our events, ${ratios.childEachTemporalCpu} times Temporal's CPU`,
    ...(ratios.dbosSeconds === undefined
      ? []
      : [
          `DBOS Transact: ${ratios.dbosSeconds} times our time, ${ratios.dbosCpu} times our CPU in all, mails not written`,
          `graphile-worker: ${ratios.graphileCpu} times our CPU in all; it keeps no ledger: nothing is known of a job that is done`,
        ]),
  ];
}
