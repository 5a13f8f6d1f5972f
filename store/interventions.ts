import { owed, targetKey } from '../domain/asks/outlook.js';
import { filledSeats, isEndless } from '../domain/asks.js';
import { type CivilDate, calendarOf } from '../domain/calendar.js';
import { LAST_DATE } from '../domain/edition.js';
import { minGapWorkingDays, nextSendingTime } from '../domain/ladder.js';
import type { When } from './acts.js';
import { type AskRow, cancelAsks, findAsks, holdersOf } from './asks.js';
import { audit } from './audit.js';
import { inTransaction, type Store, type Tx } from './db.js';
import { type EditionRow, endEdition, findEdition, lockEdition } from './editions.js';
import { queueEnded, queueMails, remindedSince } from './outbox.js';
import { peopleOf } from './people.js';
import { claimedRungs, claimRungs } from './rungs.js';
import { oweWake } from './wakes.js';

/** What a coordinator's intervention did, or why it was refused: a code, and what it is about. */
export type Intervention<Done = object> =
  | ({ ok: true; edition: string } & Done)
  | {
      ok: false;
      reason:
        | 'unknown'
        | 'closed'
        | 'nobody'
        | 'too-soon'
        | 'not-a-working-day'
        | 'past'
        | 'too-far'
        | 'already-ended'
        | 'endless'
        | 'unreachable';
      until?: CivilDate;
    };

interface Hands {
  ask: string;
  reason: string;
}

async function openAskOf(
  tx: Tx,
  id: string,
  { realNow }: When,
): Promise<{ ask: AskRow; row: EditionRow; at: number } | { refused: 'unknown' | 'closed' }> {
  await tx.query('select 1 from ask where id = $1 for update', [id]);
  const [ask] = await findAsks(tx, [id]);
  const row = ask === undefined ? undefined : await findEdition(tx, ask.edition);
  if (ask === undefined || row === undefined) return { refused: 'unknown' };
  if (ask.outcome !== null || ask.closing !== null || row.status !== 'running') return { refused: 'closed' };
  return { ask, row, at: realNow + row.clock_offset_ms };
}

/** Reminds by hand those who have not answered. It counts as a rung: whoever had a mail about it less than two working days ago is left in peace. */
export async function nudge(
  store: Store,
  { ask: id, reason, ...when }: Hands & When,
): Promise<Intervention<{ people: string[]; at: number }>> {
  return inTransaction(store.pool, async (tx) => {
    const found = await openAskOf(tx, id, when);
    if ('refused' in found) return { ok: false, reason: found.refused };
    const { ask, row, at } = found;
    const calendar = calendarOf(row.file.territory);
    const dueAt = nextSendingTime(at, calendar);
    const day = calendar.dateOf(dueAt);
    const places = (await holdersOf(tx, [id])).get(id) ?? [];
    const filled = filledSeats(places);
    const asked = places.filter((place) => place.closed === null && !filled.has(place.seat));
    const people = await peopleOf(
      tx,
      row.id,
      asked.map((place) => place.person),
    );
    const silent = asked.filter((place) => people.get(place.person)?.unreachable_at === null);
    if (asked.length > 0 && silent.length === 0) return { ok: false, reason: 'unreachable' };
    const claimed = (await claimedRungs(tx, [id])).get(id);
    const last = (addressee: string) => owed([], claimed?.get(targetKey({ addressee })) ?? []).last;
    const reminded = await remindedSince(tx, row.id, calendar.instantAt(day, '00:00'));
    const ready = silent.filter((place) => {
      const before = reminded.has(place.person) ? day : last(place.person);
      return before === undefined || calendar.count(before, day) >= minGapWorkingDays;
    });
    if (silent.length === 0 || ask.opened_at === null) return { ok: false, reason: 'nobody' };
    if (ready.length === 0) {
      const earliest = silent.map((place) => calendar.add(last(place.person) ?? day, minGapWorkingDays)).sort()[0] ?? day;
      return { ok: false, reason: 'too-soon', until: earliest > day ? earliest : calendar.add(day, 1) };
    }
    const nudges = [...(claimed?.values() ?? [])].flat().filter(({ rung }) => rung.startsWith('nudge-'));
    const n = nudges.reduce((most, { rung }) => Math.max(most, Number(rung.slice(6))), 0) + 1;
    const rung = `nudge-${n}`;
    const mails = ready.map(({ person }) => ({
      key: `nudge.${id}.${person}.${n}`,
      person,
      template: 'asks' as const,
      asks: [{ ask: id, rung }],
      reminder: true,
    }));
    const mailIds = await queueMails(tx, { edition: row.id, at, dueAt, mails });
    const claims = mails.map(({ key, person }) => ({ ask: id, person, rung, mail: key }));
    await claimRungs(tx, { edition: row.id, at, on: day, claims, mailIds });
    await audit(tx, [
      {
        edition: row.id,
        at,
        actor: 'coordinator',
        verb: 'ask.nudged',
        subject: id,
        detail: { people: ready.map((p) => p.person) },
        reason,
      },
    ]);
    await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id, people: ready.map((p) => p.person), at: dueAt };
  });
}

/** Gives an ask until another day. The rungs it has sent stay sent; replanning leaves its dates alone from now on. */
export async function extend(
  store: Store,
  { ask: id, date, reason, ...when }: Hands & { date: CivilDate } & When,
): Promise<Intervention<{ from: CivilDate }>> {
  return inTransaction(store.pool, async (tx) => {
    const found = await openAskOf(tx, id, when);
    if ('refused' in found) return { ok: false, reason: found.refused };
    const { ask, row, at } = found;
    if (ask.opened_at === null) return { ok: false, reason: 'nobody' }; // a session that is only announced keeps its day
    const calendar = calendarOf(row.file.territory);
    if (date > LAST_DATE) return { ok: false, reason: 'too-far', until: LAST_DATE };
    if (date < calendar.dateOf(at)) return { ok: false, reason: 'past' };
    if (!calendar.isWorkingDay(date)) return { ok: false, reason: 'not-a-working-day', until: calendar.onOrAfter(date) };
    const dueAt = ask.kind === 'score' ? calendar.instantAt(date, '19:00') : calendar.endOfDay(date);
    await tx.query(
      `update ask set due = $2, due_at = $3, moved = true, ends_at = case when ends_at is null then null when kind in ('apply', 'relay', 'score') then $3
         else greatest(ends_at, $3) end where id = $1`,
      [id, date, new Date(dueAt)],
    );
    await audit(tx, [
      { edition: row.id, at, actor: 'coordinator', verb: 'ask.extended', subject: id, detail: { from: ask.due, to: date }, reason },
    ]);
    await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id, from: ask.due };
  });
}

/** Closes an ask with what there is: the next review settles it as `closed`. */
export async function close(store: Store, { ask: id, reason, ...when }: Hands & When): Promise<Intervention> {
  return inTransaction(store.pool, async (tx) => {
    const found = await openAskOf(tx, id, when);
    if ('refused' in found) return { ok: false, reason: found.refused };
    const { ask, row, at } = found;
    if (isEndless(ask)) return { ok: false, reason: 'endless' }; // what follows needs its answer
    await tx.query('update ask set closing = $2 where id = $1', [id, new Date(at)]);
    await audit(tx, [{ edition: row.id, at, actor: 'coordinator', verb: 'ask.closed', subject: id, reason }]);
    await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id };
  });
}

/** Ends an edition by hand: open asks are cancelled, queued mail about them falls out, nothing opens any more. */
export async function cancelEdition(
  store: Store,
  { edition, reason, realNow }: { edition: string; reason: string } & When,
): Promise<Intervention<{ asks: string[] }>> {
  return inTransaction(store.pool, async (tx) => {
    const row = await lockEdition(tx, edition);
    if (row === undefined) return { ok: false, reason: 'unknown' };
    if (row.status === 'closed' || row.status === 'cancelled') return { ok: false, reason: 'already-ended' };
    const at = realNow + row.clock_offset_ms;
    const calendar = calendarOf(row.file.territory);
    const on = calendar.dateOf(at);
    await audit(tx, [{ edition, at, actor: 'coordinator', verb: 'edition.cancelled', subject: edition, reason }]);
    const asks = await cancelAsks(tx, edition, { at, on });
    await endEdition(tx, edition, { at, status: 'cancelled' });
    await queueEnded({ tx, edition: { id: edition }, at, sendingTime: () => nextSendingTime(at, calendar) });
    await oweWake(tx, edition, realNow);
    return { ok: true, edition, asks };
  });
}
