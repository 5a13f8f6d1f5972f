import { randomUUID } from 'node:crypto';
import type { Calendar } from '../../../domain/calendar.js';
import { openStore } from '../../../store/db.js';
import { insertEdition } from '../../../store/editions.js';
import { startLinkOf } from '../../../store/links.js';
import { stillMs } from '../limit.mjs';
import { aftermathOf } from './aftermath.js';
import type { Crew } from './crew.js';
import { type Crowd, gather } from './crowd.js';
import { watchDropped } from './dropped.js';
import { chaosEdition, chaosScript } from './edition.js';
import { openEngine } from './engine.js';
import type { Ground } from './ground.js';
import { openHavoc } from './havoc.js';
import { checkAll, type Violation } from './invariants.js';
import { openPages } from './pages.js';
import { type FaultKind, mailFaultOf, type Plan, planOf } from './plan.js';
import { openSink, type SmtpFault } from './sink.js';
import { openStaff, type Staff } from './staff.js';

/** A fault that was done: when (milliseconds since the run began, and on the edition's clock), and at which moment of the run. */
export interface Injected {
  kind: FaultKind | `smtp ${SmtpFault['moment']} ${SmtpFault['act']}` | `by hand: ${string}`;
  at: string;
  afterMs: number;
  moment: string;
}

/** What one seed lived, and what of it was not as it must be. */
export interface SeedResult {
  seed: number;
  plan: Omit<Plan, 'faults' | 'seed'>;
  injected: Injected[];
  /** It was cut off before its edition ended, while things still happened: only its processes were judged. */
  outOfTime: boolean;
  violations: Violation[];
  /** Where the run stood whenever it had to be woken, because nothing more was heard of it: what the sweep finds once a look is late. */
  late?: string[];
  counts: { reviews: number; mails: number; acts: number; byPage: number; uncertain: number; sweeps: number; incidents: number };
  wallSeconds: number;
}

/** Where seeds are lived, one after the other. */
export interface Scene {
  ground: Ground;
  crew: Crew;
}

/** The key from which the links of these lives are made. */
const linkKey = Buffer.alloc(32, 7);
/** So long a life may take. One that takes longer, while something is still heard, says nothing of the engine: it is out of time. */
export const lifeMs = 5 * stillMs;

/** Lives one seed, and checks what is left of it. What the engine does wrong is a violation; what throws is this harness. */
export async function liveSeed(scene: Scene, seed: number, plan = planOf(seed)): Promise<SeedResult> {
  const leaving: (() => unknown)[] = [];
  try {
    return await lived(scene, plan, (leave) => leaving.push(leave));
  } finally {
    for (const leave of leaving.reverse()) await leave();
  }
}

async function lived({ ground, crew }: Scene, plan: Plan, atTheEnd: (leave: () => unknown) => void): Promise<SeedResult> {
  const began = Date.now();
  const { edition, source, calendar, startsAt } = chaosEdition(plan);
  const clockOffsetMs = startsAt - began;
  const webPorts = ground.ports.webs.slice(0, plan.webs);
  const webs = webPorts.map((port) => `http://127.0.0.1:${port}`);
  const [publicUrl = ''] = webs;
  const taskQueue = `chaos-${plan.seed}-${randomUUID()}`;
  const injected: Injected[] = [];
  let crowd: Crowd | undefined;
  let staff: Staff | undefined;
  const now = () => crowd?.now() ?? startsAt;
  const note = (kind: Injected['kind'], moment: string) => {
    injected.push({ kind, at: local(now(), calendar), afterMs: Date.now() - began, moment });
  };

  const database = await ground.createDatabase();
  atTheEnd(database.drop);
  const store = openStore(database.url);
  atTheEnd(store.close);
  await watchDropped(store.pool);
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const engine = await openEngine(ground, { edition: edition.id, taskQueue });
  atTheEnd(engine.close);
  const havoc = openHavoc({ plan, ground, store, staff: () => staff, note });
  const pages = openPages({ base: publicUrl, webs }, async (email) => {
    const { rows } = await store.pool.query<{ id: string }>(
      'select id from application_start where edition = $1 and email = $2 order by asked_at desc limit 1',
      [edition.id, email],
    );
    return rows[0] && new URL(startLinkOf(publicUrl, linkKey, rows[0].id)).pathname;
  });
  let takenAt = 0;
  const sink = await openSink({
    faultOf: (n) => mailFaultOf(plan, n),
    failed: ({ moment, act }, n) => note(`smtp ${moment} ${act}`, `mail ${n}`),
    now,
    taken: (copy) => {
      takenAt = Date.now();
      pages.arrived(copy);
      void havoc.happened('mail');
    },
  });
  atTheEnd(sink.close);

  const people = gather({
    plan,
    edition: edition.id,
    clockOffsetMs,
    store,
    script: chaosScript(edition, plan.seed),
    pages,
    happened: havoc.happened,
    wake: engine.wake,
    sweep: engine.sweep,
    byHand: (deed) => note(`by hand: ${deed}`, 'coordinators'),
    losses: () => (staff?.isBusy() === false ? injected.filter(({ kind }) => isLoss(kind)).length : undefined),
  });
  crowd = people;
  const at = await openStaff({
    crew,
    environment: {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: ground.temporalAddress,
      TEMPORAL_NAMESPACE: ground.namespace,
      SMTP_URL: sink.url,
      MAIL_FROM: 'Trois Mains <ne-pas-repondre@troismains.example>',
      PUBLIC_URL: publicUrl,
      HOST: '127.0.0.1',
      LINK_KEY: linkKey.toString('hex'),
      RETURN_PATH: 'retours@troismains.example', // each mail is named in its envelope
      TASK_QUEUE: taskQueue,
    },
    clockOffsetMs,
    workers: plan.workers,
    webPorts,
    answering: people.answering,
  });
  staff = at;
  atTheEnd(at.leave);

  await engine.start(clockOffsetMs);
  const heardAt = () => Math.max(people.heardAt(), takenAt);
  const { over, sweeps, late } = await engine.watch({ forMs: lifeMs, isGone: at.isGone, isBusy: at.isBusy, heardAt });
  // what had to be woken is heard again, and is not slow for that
  const outOfTime = !over && late.length === 0 && Date.now() - heardAt() < stillMs;
  await at.settled();
  await people.settled();
  at.leave();

  const after = await aftermathOf({ store, engine, edition, taskQueue, sink, crowd: people, publicUrl, linkKey });
  const { faults: _faults, seed, ...drawn } = plan;
  return {
    seed,
    plan: drawn,
    injected,
    outOfTime,
    violations: [...(outOfTime ? [] : checkAll(after)), ...at.crashes.map((what): Violation => ({ invariant: 'processes', what }))],
    ...(late.length > 0 ? { late } : {}),
    counts: {
      reviews: havoc.count('heard'),
      mails: sink.copies.length,
      acts: people.promised.length,
      byPage: people.promised.filter((one) => one.by === 'page').length,
      uncertain: after.outbox.reduce((sum, row) => sum + row.uncertain, 0),
      sweeps,
      incidents: after.incidents.length,
    },
    wallSeconds: (Date.now() - began) / 1000,
  };
}

/** Whether a fault takes something away that reviews need: all do but those of mails and of posts. */
const isLoss = (kind: Injected['kind']): boolean =>
  !kind.startsWith('smtp ') && !kind.startsWith('by hand') && kind !== 'twenty-posts' && kind !== 'double-post';

/** An instant to the minute on the territory's clock. */
const local = (at: number, calendar: Calendar): string => `${calendar.dateOf(at)} ${calendar.timeOf(at)}`;
