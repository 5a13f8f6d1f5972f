/** When something stands still, and since when: pure rules over what was read. All instants that leave here are real time. */

import { sendingHours } from './asks/sending.js';
import type { Calendar } from './calendar.js';
import { diskLowAt } from './disks.js';

/** What can stand still. `installation` kinds have no edition. */
export const ALERT_KINDS = [
  'mail-still',
  'mail-lost',
  'stuck',
  'part-stuck',
  'wake-owed',
  'run-missing',
  'run-astray',
  'task-failing',
  'links-refused',
  'journal-broken',
  'sweep-late',
  'disk-low',
  'disk-full',
] as const;
/** One sort of standstill. */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** The kinds that only the engine can tell: when it could not be asked, they stay as they were. */
export const ENGINE_KINDS = ['run-missing', 'run-astray', 'task-failing'] as const satisfies readonly AlertKind[];

/** The kinds that only a measure of the disks can tell. */
export const DISK_KINDS = ['disk-low', 'disk-full'] as const satisfies readonly AlertKind[];

/** What the engine says of one edition's run. `attempts`: how often its present task was tried; `taskSince`: real instant at which that task was first due. */
export interface RunFacts {
  running: boolean;
  attempts: number;
  taskSince: number | null;
}

/** What is true of one edition. Instants are business instants, epoch ms, but for `owedSince` and the run's. */
export interface EditionFacts {
  edition: string;
  calendar: Calendar;
  /** Now, on the edition's clock; `offsetMs` before it is real time. */
  at: number;
  offsetMs: number;
  status: 'running' | 'paused' | 'closed' | 'cancelled';
  closedAt: number | null;
  mail: {
    /** Mails that are due and have not left, and the instant at which the oldest of them was due. */
    due: number;
    dueSince: number | null;
    /** When the last one left. */
    leftAt: number | null;
    /** People who had a mail due in the last seven days, and those of them who will not have one without a coordinator: refused for good, or uncertain. */
    recent: number;
    lost: number;
    lostSince: number | null;
  };
  incidents: readonly { scope: string; since: number }[];
  /** Real instant since which a wake has been owed. */
  owedSince: number | null;
  /** How many links were asked for on its public page in the last hour and not sent, being over a limit; and the real instant of the first. */
  refused?: { links: number; since: number } | undefined;
  /** Undefined: the engine knows no run of it. */
  run?: RunFacts;
}

/** What a look has read. */
export interface WatchFacts {
  /** Real time, epoch ms. */
  realNow: number;
  /** Real instant of the sweep's last complete round; null: none yet. */
  sweptAt: number | null;
  editions: readonly EditionFacts[];
  /** Editions (or what is left of them) whose workflow runs on our task queue; undefined: the engine could not be asked. */
  runs: readonly string[] | undefined;
  /** The journals that do not verify, and the real instant of the first check that said so. */
  broken?: readonly { scope: string; since: number }[];
  /** How much the fullest disk has free, 0 to 1; undefined: none could be measured. */
  diskFree?: number | undefined;
}

/** Something stands still: in which edition ('' for the installation), since when (real time), and how many things. */
export interface Standstill {
  kind: AlertKind;
  scope: string;
  since: number;
  count: number;
}

const minuteMs = 60_000;
/** An hour of working time (issue 5): mail that was due, or a whole review that fails. */
export const stillAfterMs = 60 * minuteMs;
/** A working day of eleven hours. */
export const workingDayMs = (sendingHours.to - sendingHours.from) * 60 * minuteMs;
/** The sweep looks every twenty seconds; a round that delivers may take five minutes. */
export const sweepLateAfterMs = 10 * minuteMs;
/** The sweep wakes what is owed within half a minute. */
export const wakeLateAfterMs = 15 * minuteMs;
/**
 * A workflow task that was tried so often, at two looks one after the other, fails for a reason that stays. One more would be seen at half of the looks
 * only: each signal begins a new task, and a wake that is owed is signalled every twenty seconds. A worker that died in a task costs one try, at one look.
 */
export const taskTries = 2;
/** So many people whose mail is lost, and such a part of all – or everybody, and more than one: below, it is somebody's wrong address. */
export const lostFrom = { people: 5, share: 0.05, everybody: 2 };
/** Links that were asked for and not sent, in an hour: below, somebody was impatient. */
export const floodFrom = 20;
/** Failures of the whole edition, not of one part of it. */
const wholeScopes = ['start', 'review', 'delivery', 'edition'];

/** Milliseconds of working time – 8 to 19 h of working days – between two instants; 0 when the second is not after the first. */
export function workingMsBetween(from: number, to: number, calendar: Calendar): number {
  let sum = 0;
  const last = calendar.dateOf(to);
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  for (let date = calendar.onOrAfter(calendar.dateOf(from)); date <= last && from < to; date = calendar.add(date, 1)) {
    const opens = Math.max(from, calendar.instantAt(date, clock(sendingHours.from)));
    const closes = Math.min(to, calendar.instantAt(date, clock(sendingHours.to)));
    sum += Math.max(0, closes - opens);
  }
  return sum;
}

/** Everything that stands still now. */
export function standstills({ realNow, sweptAt, editions, runs, broken = [], diskFree }: WatchFacts): Standstill[] {
  const found = editions.flatMap((facts) => [
    ...mailStandstills(facts),
    ...stuck(facts),
    ...owed(facts, realNow),
    ...flooded(facts),
    ...engineOf(facts, runs),
  ]);
  const known = new Map(editions.map((facts) => [facts.edition, facts]));
  for (const scope of runs ?? []) {
    const facts = known.get(scope);
    // an edition that has ended sends its last mails first, which may take until the next morning
    const since = facts === undefined ? realNow : facts.closedAt === null ? undefined : facts.closedAt - facts.offsetMs;
    if (since === undefined) continue;
    if (facts === undefined || workingMsBetween(facts.closedAt ?? facts.at, facts.at, facts.calendar) > workingDayMs)
      found.push({ kind: 'run-astray', scope, since, count: 1 });
  }
  for (const { scope, since } of broken) found.push({ kind: 'journal-broken', scope, since, count: 1 });
  if (sweptAt !== null && realNow - sweptAt > sweepLateAfterMs) found.push({ kind: 'sweep-late', scope: '', since: sweptAt, count: 1 });
  // since when nobody knows: from the look that finds it; its count is the percentage that is left
  if (diskFree !== undefined)
    for (const kind of DISK_KINDS)
      if (diskFree <= diskLowAt[kind === 'disk-full' ? 'full' : 'low'])
        found.push({ kind, scope: '', since: realNow, count: Math.floor(diskFree * 100) });
  return found;
}

function mailStandstills({ edition: scope, calendar, at, offsetMs, mail }: EditionFacts): Standstill[] {
  const found: Standstill[] = [];
  if (mail.dueSince !== null) {
    const since = Math.max(mail.dueSince, mail.leftAt ?? mail.dueSince);
    if (workingMsBetween(since, at, calendar) >= stillAfterMs)
      found.push({ kind: 'mail-still', scope, since: since - offsetMs, count: mail.due });
  }
  const { lost, recent } = mail;
  const many = lost >= lostFrom.people && lost >= recent * lostFrom.share;
  if (mail.lostSince !== null && (many || (lost === recent && lost >= lostFrom.everybody)))
    found.push({ kind: 'mail-lost', scope, since: mail.lostSince - offsetMs, count: mail.lost });
  return found;
}

function stuck({ edition: scope, calendar, at, offsetMs, status, incidents }: EditionFacts): Standstill[] {
  // of an edition that is over only mail is left, and what was still tried when it ended is nobody's any more
  const goesOn = status === 'running' || status === 'paused';
  const lasting = (whole: boolean, ms: number) =>
    incidents
      .filter((one) => goesOn || one.scope === 'delivery')
      .filter((one) => wholeScopes.includes(one.scope) === whole && workingMsBetween(one.since, at, calendar) >= ms)
      .map((one) => one.since - offsetMs);
  const [all, parts] = [lasting(true, stillAfterMs), lasting(false, workingDayMs)];
  return [
    ...(all.length === 0 ? [] : [{ kind: 'stuck', scope, since: Math.min(...all), count: 1 } as const]),
    ...(parts.length === 0 ? [] : [{ kind: 'part-stuck', scope, since: Math.min(...parts), count: parts.length } as const]),
  ];
}

function owed({ edition: scope, owedSince, status }: EditionFacts, realNow: number): Standstill[] {
  if (owedSince === null || status !== 'running' || realNow - owedSince <= wakeLateAfterMs) return [];
  return [{ kind: 'wake-owed', scope, since: owedSince, count: 1 }];
}

function flooded({ edition: scope, refused }: EditionFacts): Standstill[] {
  return refused !== undefined && refused.links >= floodFrom
    ? [{ kind: 'links-refused', scope, since: refused.since, count: refused.links }]
    : [];
}

function engineOf({ edition: scope, status, offsetMs, run, at }: EditionFacts, runs: WatchFacts['runs']): Standstill[] {
  if (runs === undefined) return [];
  // when it was lost nobody knows: it is missed from the look that misses it
  if (status === 'running' && run?.running !== true) return [{ kind: 'run-missing', scope, since: at - offsetMs, count: 1 }];
  if (run !== undefined && run.attempts >= taskTries)
    return [{ kind: 'task-failing', scope, since: run.taskSince ?? at - offsetMs, count: run.attempts }];
  return [];
}
