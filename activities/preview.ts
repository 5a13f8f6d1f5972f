/** What an act would change: it is done in a transaction, its edition is planned anew and read, and all of it is undone (console.md, "What would it change"). */
import { createHash } from 'node:crypto';
import type { ActSpec } from '../domain/acts.js';
import { filledSeats } from '../domain/asks/seats.js';
import { calendarOf } from '../domain/calendar.js';
import { kinds } from '../domain/kinds/index.js';
import type { RungRef } from '../domain/mailrefs.js';
import { type ComingMail, differences, type EditionState, type Preview, type Told } from '../domain/preview.js';
import { type ActOn, planAct } from '../store/acts/acts.js';
import { apply } from '../store/acts/change.js';
import type { NotDone } from '../store/acts/on-ask.js';
import { claimRequest, releaseRequest } from '../store/acts/once.js';
import type { AskRow, HolderRow } from '../store/asks.js';
import { aroundOf, comingRungs, laddersNear } from '../store/coming.js';
import { flush, inTransaction, isTimeout, type Store, type Tx, waitNoLonger } from '../store/db.js';
import { type EditionRow, findEdition, takesAnswers } from '../store/editions.js';
import { queuedAsks } from '../store/outbox.js';
import { planFrom } from '../store/plans.js';
import { type QueuedMail, queuedIn } from '../store/queue.js';
import { type Locked, lockForReview, readSnapshot, type Snapshot } from '../store/snapshot.js';
import { tellCalendars } from './review/calendar.js';
import { reviewContext } from './review/context.js';
import { followDates } from './review/open.js';

/** What became of an act: done; or why not – refused, or the edition has moved since its preview, which is then another. */
export type Acted = { ok: true; edition: string; wake: boolean } | { ok: false; refused: NotDone } | { ok: false; moved: Preview };

/** The locks of an act or a preview could not be had, or were held for too long: nothing was done, and trying again is right. */
export class Busy extends Error {
  override name = 'Busy';
}

/** For so long an act or a preview waits for a lock, or for one statement, in milliseconds. */
const patienceMs = 2_000;

/** What an act would change; nothing of it stays. `unknown`: there is no such edition, or ask in it. */
export const previewAct = (store: Store, act: ActOn): Promise<Preview | 'unknown'> => patiently(store, (tx) => previewed(tx, act));

/**
 * Does an act: all of it, or nothing. `basis`: of the preview that whoever acts has seen; where the edition has moved since, nothing is done, and what the
 * act would now change is answered. `request`: an id of the asker's own, under which it is done once however often it is asked for.
 */
export async function doAct(store: Store, { basis, request, ...act }: ActOn & { basis?: string; request?: string }): Promise<Acted> {
  const work = async (tx: Tx): Promise<Acted> => {
    const now = basis === undefined ? undefined : await previewed(tx, act);
    if (now !== undefined && now !== 'unknown' && now.refused === undefined && now.basis !== basis) return { ok: false, moved: now };
    const planned = await planAct(tx, act);
    if (!planned.ok) return { ok: false, refused: planned };
    await apply(tx, planned.change, { actor: planned.actor, realNow: act.realNow });
    return { ok: true, edition: act.edition, wake: planned.change.wake ?? false };
  };
  const once = request === undefined ? work : (tx: Tx) => doOnce(tx, { act, request }, work);
  return basis === undefined ? inTransaction(store.pool, once) : patiently(store, once);
}

async function doOnce(tx: Tx, { act, request }: { act: ActOn; request: string }, work: (tx: Tx) => Promise<Acted>): Promise<Acted> {
  if ((await findEdition(tx, act.edition)) === undefined) return { ok: false, refused: { ok: false, reason: 'unknown' } };
  const claimed = await claimRequest(tx, act, request);
  if (claimed === 'done') return { ok: true, edition: act.edition, wake: false };
  if (claimed === 'other') return { ok: false, refused: { ok: false, reason: 'request' } };
  const acted = await work(tx);
  if (!acted.ok) await releaseRequest(tx, act.edition, request);
  return acted;
}

/** A transaction that waits for nobody for long. */
async function patiently<T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(store.pool, async (tx) => {
      await waitNoLonger(tx, patienceMs);
      return work(tx);
    });
  } catch (cause) {
    throw isTimeout(cause) ? new Busy('an act found its edition busy', { cause }) : cause;
  }
}

/** The preview of an act, in a transaction in which nothing of it stays. */
async function previewed(tx: Tx, act: ActOn): Promise<Preview | 'unknown'> {
  const locked = await lockForReview(tx, act.edition);
  if (locked === undefined) return 'unknown';
  const at = act.realNow + locked.row.clock_offset_ms;
  const calendar = calendarOf(locked.row.file.territory);
  const touched = touchedBy(act.spec);
  const before = await stateOf(tx, locked, { at, touched });
  const planned = await planAct(tx, act);
  const name = act.spec.act;
  if (!planned.ok) {
    if (planned.reason === 'unknown') return 'unknown';
    const refused = { code: planned.reason, ...(planned.until === undefined ? {} : { from: planned.until }) };
    return withBasis({ act: name, refused, ...differences(before, before, calendar), told: [] }, at);
  }
  await tx.query('savepoint preview');
  await apply(tx, planned.change, { actor: planned.actor, realNow: act.realNow });
  await flush(tx);
  const after = await replanned(tx, { edition: act.edition, at, touched, told: queuedIn(tx) });
  const told = queuedIn(tx).map(({ person, template, dueAt }): Told => ({ person, template, at: dueAt }));
  await tx.query('rollback to savepoint preview');
  return withBasis({ act: name, ...differences(before, after, calendar), told }, at);
}

/** An edition after an act, planned anew as its next review will: the dates of its asks, and what calendars are told. */
async function replanned(
  tx: Tx,
  { edition, at, touched, told }: { edition: string; at: number; touched: Touched; told: readonly QueuedMail[] },
): Promise<EditionState> {
  const locked = await lockForReview(tx, edition);
  if (locked === undefined) throw new Error(`${edition} was there`);
  const context = reviewContext({ tx, ...locked, at, awaited: [], reviewing: false });
  const running = locked.row.status === 'running';
  if (running) await followDates(context);
  await tellCalendars(context, { over: !running });
  await flush(tx);
  const state = await stateOf(tx, { row: locked.row, open: [...context.open.values()] }, { at, touched });
  const isTold = ({ person, ask, rung }: ComingMail) =>
    told.some((mail) => mail.person === person && mail.asks.some((one) => one.ask === ask && one.rung === rung));
  return { ...state, mails: state.mails.filter((mail) => !isTold(mail)) };
}

/** Whose mails of asks an act can change: everybody's, nobody's, or those of one ask to one person. */
type Touched = 'all' | 'none' | RungRef;
function touchedBy(spec: ActSpec): Touched {
  switch (spec.act) {
    case 'message':
    case 'resend':
      return 'none';
    case 'hold':
    case 'release':
      return 'row' in spec.mail ? 'none' : spec.mail;
    default:
      return 'all';
  }
}

/** Who has a place in an ask and is waited for. */
function awaitedOf(places: readonly HolderRow[]): ReadonlySet<string> {
  const filled = filledSeats(places);
  return new Set(places.filter(({ closed, seat }) => closed === null && !filled.has(seat)).map(({ person }) => person));
}

/** What a preview tells of an edition. */
async function stateOf(tx: Tx, { row, open }: Locked, { at, touched }: { at: number; touched: Touched }): Promise<EditionState> {
  const trusting = touched !== 'all'; // asks in which nothing is due are left unread
  const wanted = { row, open: open.map(({ id }) => id), awaited: [], at, movedSince: at, first: false, trusting, reviewing: false };
  const snapshot = await readSnapshot(tx, wanted);
  const { inputs } = snapshot;
  const calendar = calendarOf(row.file.territory);
  const closing = open.filter((ask) => ask.closing !== null).map(({ kind }) => kind);
  const isOver = ({ kind, closing: closed }: AskRow) =>
    closed !== null || (kinds[kind].endsWith !== undefined && closing.some((other) => other === kinds[kind].endsWith));
  const left = takesAnswers(row) ? open.filter((ask) => !isOver(ask)) : [];
  const mails = touched === 'none' ? [] : await mailsOf(tx, row, { left, at, touched, snapshot });
  return {
    plan: planFrom(row, inputs, { at }),
    projects: inputs.projects
      .filter(({ status }) => status === 'running')
      .map(({ id }) => ({ id, plan: planFrom(row, inputs, { at, project: id }) })),
    asks: left.map((ask) => ({
      ask: ask.id,
      kind: ask.kind,
      step: ask.step,
      ...(ask.project === null ? {} : { project: ask.project }),
      due: ask.due,
      end: ask.ends_at === null ? null : calendar.dateOf(ask.ends_at.getTime() - 1),
    })),
    mails,
  };
}

/** The mails of asks that leave by themselves, and those that are queued. */
async function mailsOf(
  tx: Tx,
  row: EditionRow,
  { left, at, touched, snapshot }: { left: readonly AskRow[]; at: number; touched: 'all' | RungRef; snapshot: Snapshot },
): Promise<ComingMail[]> {
  const one = touched === 'all' ? undefined : touched;
  const asks = left.filter(({ id }) => one === undefined || id === one.ask);
  const { people, holders, claimed, around } =
    one === undefined
      ? { ...snapshot, around: aroundOf(snapshot.people, calendarOf(row.file.territory)) }
      : await laddersNear(tx, row, { asks: asks.map(({ id }) => id), people: [one.person, one.about ?? one.person] });
  const only = one === undefined ? {} : { only: one.person };
  const coming = asks
    .filter((ask) => ask.opened_at !== null && row.status === 'running')
    .flatMap((ask) =>
      comingRungs(ask, { places: holders.get(ask.id) ?? [], people, around, claimed: claimed.get(ask.id), at, ...only }).map(
        ({ substitutes: _, ...rung }): ComingMail => ({ ...rung, template: 'asks' }),
      ),
    );
  const awaited = new Map(asks.map(({ id }) => [id, awaitedOf(holders.get(id) ?? [])]));
  const isAwaited = (ask: string, person: string) => awaited.get(ask)?.has(person) === true;
  const queued = (await queuedAsks(tx, row.id))
    .flatMap(({ person, asks, at }): ComingMail[] => asks.map((item) => ({ person, ...item, template: 'asks', at: at.getTime() })))
    .filter(({ ask, person, about }) => (one === undefined || person === one.person) && isAwaited(ask, about ?? person));
  return [...queued, ...coming];
}

/** A preview with its fingerprint: of all that does not change with the minute in which it is made. */
function withBasis(preview: Omit<Preview, 'basis'>, at: number): Preview {
  const { mails: _, told, ...lasting } = preview;
  const later = told.map(({ at: due, ...mail }) => (due <= at ? mail : { ...mail, at: due }));
  const basis = createHash('sha256')
    .update(JSON.stringify([lasting, later]))
    .digest('base64url')
    .slice(0, 22);
  const { act, ...rest } = preview;
  return { act, basis, ...rest };
}
