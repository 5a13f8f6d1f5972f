/** A demonstration's clock, moved forward: who asks, how far, and what came of it. The command line and the console both do it. */
import type { Installation } from '../client/installation.js';
import { type CivilDate, calendarOf, isCivilDate } from '../domain/calendar.js';
import { readEdition } from '../domain/edition.js';
import { isStepId, PHASE_IDS, type PhaseId, type StepId } from '../domain/steps.js';
import { type AdvanceWanted, beginAdvance, noteAdvance } from '../store/advances.js';
import { audit } from '../store/audit.js';
import { phaseOf, type Waiting, waitingOn } from '../store/board.js';
import { hasBegun, holdClock, isDemonstration, peopleAmong } from '../store/clock.js';
import { inTransaction } from '../store/db.js';
import { type EditionRow, findEdition, sourceOf } from '../store/editions.js';
import { type Coming, type Stand, walk } from './clock.js';
import { actsToCome } from './people.js';
import { isPersonaSet, personaSet } from './personas/read.js';
import { personaScript } from './personas/script.js';

/** An advance: of which edition, how far, who plays the others, who is played by nobody, and who asks for it. */
export interface Advance extends AdvanceWanted {
  edition: string;
  actor: string;
  progress?(progress: AdvanceProgress): unknown;
  /** Stops it at the next instant. */
  signal?: AbortSignal;
}

/** How far an advance is. */
export interface AdvanceProgress {
  /** Business instant, epoch ms. */
  at: number;
  phase: PhaseId | null;
  /** How many mails have left since it began. */
  mails: number;
}

/** Why a clock stands: it is where it was wanted; the edition is over; nothing more is due; something does not come to its end; it was stopped. */
export type AdvanceEnd = NonNullable<Stand['left']>;

/** What an advance came to. */
export interface Advanced extends AdvanceProgress {
  ok: true;
  /** Business instant at which it began, epoch ms. */
  from: number;
  end: AdvanceEnd;
  /** Who is waited for now. */
  waitingOn: Waiting[];
}

/** Why nothing was moved. `people`: those who are not in the edition. */
export type AdvanceRefusal =
  | { ok: false; reason: 'unknown' | 'no-demonstration' | 'real-mail' | 'advancing' | 'goal' | 'others' | 'past' | 'begun' }
  | { ok: false; reason: 'people'; people: string[] };

type Goal = 'next' | { date: CivilDate } | { step: StepId };

/** A day that is advanced to begins here: what leaves at nine has left. */
const landsAt = '09:05';
/** Nobody plays the others. */
export const nobody = 'nobody';

const goalOf = (text: string): Goal | undefined =>
  text === 'next' ? text : isCivilDate(text) ? { date: text } : isStepId(text) ? { step: text } : undefined;

/** Moves the clock of a demonstration forward; one advance of it at a time, and no act meanwhile. */
export async function advance(installation: Installation, wanted: Advance): Promise<Advanced | AdvanceRefusal> {
  const { pool } = installation.store;
  const row = await findEdition(pool, wanted.edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (!isDemonstration(row)) return { ok: false, reason: 'no-demonstration' };
  if (installation.mailbox === undefined) return { ok: false, reason: 'real-mail' };
  const goal = goalOf(wanted.goal);
  if (goal === undefined) return { ok: false, reason: 'goal' };
  return inTransaction(pool, async (guard) => {
    if (!(await holdClock(guard, wanted.edition))) return { ok: false, reason: 'advancing' };
    return (await refusalOf(installation, row, { ...wanted, goal })) ?? moved(installation, row, { ...wanted, goal });
  });
}

/** Begins an advance, and answers once it has begun, or is refused; its row says how far it is. `failed` hears of what breaks it. */
export function beginMoving(
  installation: Installation,
  wanted: Advance,
  failed: (error: unknown) => void,
): Promise<{ ok: true; over: Promise<unknown> } | AdvanceRefusal> {
  return new Promise((tell, fail) => {
    let began = false;
    const over: Promise<unknown> = advance(installation, {
      ...wanted,
      progress: () => {
        began = true;
        tell({ ok: true, over });
      },
    }).then(
      (done) => tell(done.ok ? { ok: true, over } : done),
      (error) => (began ? failed(error) : fail(error)),
    );
  });
}

type Read = Omit<Advance, 'goal'> & { goal: Goal };

async function refusalOf(
  { store: { pool }, realNow }: Installation,
  row: EditionRow,
  { goal, acting, others }: Read,
): Promise<AdvanceRefusal | undefined> {
  if (others !== nobody && !isPersonaSet(others)) return { ok: false, reason: 'others' };
  const known = await peopleAmong(pool, row.id, acting);
  const people = acting.filter((one) => !known.includes(one));
  if (people.length > 0) return { ok: false, reason: 'people', people };
  if (goal === 'next') return undefined;
  if ('step' in goal) return (await hasBegun(pool, row.id, goal.step)) ? { ok: false, reason: 'begun' } : undefined;
  const lands = calendarOf(row.file.territory).instantAt(goal.date, landsAt);
  return lands <= realNow() + row.clock_offset_ms ? { ok: false, reason: 'past' } : undefined;
}

async function moved(installation: Installation, row: EditionRow, wanted: Read): Promise<Advanced> {
  const { pool } = installation.store;
  const { edition, goal, actor, progress, signal } = wanted;
  const calendar = calendarOf(row.file.territory);
  const from = installation.realNow() + row.clock_offset_ms;
  const goalText = goal === 'next' ? goal : 'date' in goal ? goal.date : goal.step;
  await beginAdvance(pool, { ...wanted, goal: goalText, at: from });
  const farOf = ({ row: { phase }, at, mails }: Pick<Stand, 'row' | 'at' | 'mails'>): AdvanceProgress => ({
    at,
    phase: phaseOf({ ...row, phase }, PHASE_IDS) ?? null,
    mails,
  });
  let day = '';
  const stood = await walk(installation, {
    edition,
    limit: typeof goal === 'object' && 'date' in goal ? calendar.instantAt(goal.date, landsAt) : Number.POSITIVE_INFINITY,
    coming: await othersOf(installation, row, wanted),
    there: ({ mails }) => (goal === 'next' ? mails > 0 : 'step' in goal && hasBegun(pool, edition, goal.step)),
    heard: async (stand) => {
      await progress?.(farOf(stand));
      if (calendar.dateOf(stand.at) === day) return false;
      day = calendar.dateOf(stand.at);
      return noteAdvance(pool, { edition, at: stand.at, mails: stand.mails });
    },
    signal,
  });
  const { at, mails, left } = stood;
  await inTransaction(pool, async (tx) => {
    await noteAdvance(tx, { edition, at, mails, ended: left });
    await audit(tx, [{ edition, at, actor, verb: 'edition.advanced', subject: edition, detail: { until: calendar.dateOf(at) } }]);
  });
  await progress?.(farOf(stood));
  const now = (await findEdition(pool, edition)) ?? row;
  return { ok: true, from, ...farOf(stood), end: left, waitingOn: now.status === 'running' ? await waitingOn(pool, now, at) : [] };
}

/** What others do, if somebody plays them: by the same draws as in a rehearsal of that seed. */
async function othersOf({ store }: Installation, row: EditionRow, { others, acting, seed }: Read): Promise<Coming> {
  if (!isPersonaSet(others)) return undefined;
  const reading = readEdition((await sourceOf(store.pool, row.id)) ?? '');
  if (!reading.ok) throw new Error(`the file of ${row.id} does not read any more`);
  const edition = { ...reading.edition, territory: row.file.territory };
  const script = personaScript(personaSet(others), { edition, seed });
  return actsToCome({ store, edition: row.id, script, strict: false, plays: (person) => !acting.includes(person) });
}
