import { type AskKind, askRules, isEnough } from '../domain/asks.js';
import { calendarOf } from '../domain/calendar.js';
import { type Answer, decisionOf, type FieldProblem, readAnswer } from '../domain/forms.js';
import type { AskView } from '../domain/view.js';
import { type AskRow, findAsks, holdersOf, seatPeople } from './asks.js';
import { audit } from './audit.js';
import { type Db, inTransaction, type Store, type Tx } from './db.js';
import { type EditionRow, findEdition, oweWake } from './editions.js';
import { queueMails } from './outbox.js';
import { findView } from './views/index.js';
import { peopleOf } from './work.js';

/** What a form posted: field name to one or several strings. */
export type Raw = Record<string, string | string[]>;

/** When an act happens: the real instant, from which an edition's business clock may be shifted (epoch ms). */
export interface When {
  realNow: number;
}

/** Whether an act was recorded, or why not; `wake`: the edition's workflow is owed a wake. */
export type Act =
  | { ok: true; edition: string; wake: boolean }
  | {
      ok: false;
      reason: 'closed' | 'late' | 'already-answered' | 'unknown' | 'invalid' | 'address';
      problems?: FieldProblem[];
      by?: string;
    };

/** One person's place in an ask, its ask locked against everybody else until the transaction ends. */
export interface Place {
  row: EditionRow;
  ask: AskRow;
  person: string;
  seat: string;
  linkN: number;
  /** Business instant of the act, epoch ms. */
  at: number;
  closed: string | null;
}

/** Locks a place for an act; undefined when there is none. */
export async function lockPlace(tx: Tx, request: string, { realNow }: When): Promise<Place | undefined> {
  const { rows } = await tx.query<{ ask: string; person: string; seat: string; link_n: number; edition: string }>(
    'select p.ask, p.person, p.seat, p.link_n, p.edition from ask_person p where p.request = $1',
    [request],
  );
  const [place] = rows;
  if (place === undefined) return undefined;
  await tx.query('select 1 from ask where id = $1 for update', [place.ask]);
  const { rows: now } = await tx.query<{ closed: string | null }>('select closed from ask_person where request = $1', [request]);
  const [ask] = await findAsks(tx, [place.ask]);
  const row = await findEdition(tx, place.edition);
  if (ask === undefined || row === undefined) return undefined;
  const { person, seat, link_n: linkN } = place;
  return { row, ask, person, seat, linkN, at: realNow + row.clock_offset_ms, closed: now[0]?.closed ?? null };
}

/** Why an act on a place is refused, if it is: the ask is over, its hard end has passed, or its seat is filled. */
export async function refusalOf(db: Db, { row, ask, seat, at, closed }: Place): Promise<Extract<Act, { ok: false }> | undefined> {
  if (row.status !== 'running' || ask.outcome !== null || ask.closing !== null) return { ok: false, reason: 'closed' };
  if (closed !== null) return { ok: false, reason: 'already-answered' };
  if (ask.opened_at === null) return { ok: false, reason: 'closed' };
  if (askRules[ask.kind].hard && ask.ends_at !== null && ask.ends_at.getTime() <= at) return { ok: false, reason: 'late' };
  const holders = (await holdersOf(db, [ask.id])).get(ask.id) ?? [];
  const filler = holders.find((h) => h.seat === seat && (h.closed === 'answered' || h.closed === 'declined'));
  if (filler === undefined) return undefined;
  return { ok: false, reason: 'already-answered', by: (await peopleOf(db, row.id, [filler.person])).get(filler.person)?.name };
}

/** Records an answer: one transaction with its journal entry, its receipt, and the wake it owes if the ask can now settle. */
export async function answer(store: Store, { request, raw, ...when }: { request: string; raw: Raw } & When): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const { row, ask, person, at } = place;
    const refusal = await refusalOf(tx, place);
    if (refusal !== undefined) return refusal;
    if (ask.kind === 'apply') return { ok: false, reason: 'invalid', problems: [] };
    const view = await findView(tx, request, () => at);
    const read = view === undefined ? undefined : readAnswer(view.form, raw);
    if (view === undefined || read === undefined) return { ok: false, reason: 'unknown' };
    if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
    const problems = dateProblems(row, at, read.answer);
    if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

    const decision = decisionOf(ask.kind, read.answer);
    await closePlace(tx, { request, at, decision, answer: read.answer, declined: isDeclined(ask.kind, decision) });
    await audit(tx, [
      {
        edition: row.id,
        at,
        actor: person,
        verb: 'ask.answered',
        subject: ask.id,
        detail: { decision: decision ?? null, seat: place.seat },
      },
    ]);
    await queueReceipt(tx, { edition: row.id, request, person, at });
    return { ok: true, edition: row.id, wake: await wakeIfEnough(tx, place, when) };
  });
}

/** Answers that say no to being asked, rather than something about the question. */
const isDeclined = (kind: AskKind, decision: string | undefined): boolean => decision === 'no' && (kind === 'seat' || kind === 'prepare');

/** A date that an answer names (a moved session) must be a working day to come. */
function dateProblems(row: EditionRow, at: number, given: Answer): FieldProblem[] {
  const { date } = given;
  if (typeof date !== 'string') return [];
  const calendar = calendarOf(row.file.territory);
  return calendar.isWorkingDay(date) && date > calendar.dateOf(at) ? [] : [{ field: 'date', problem: 'not-a-date' }];
}

/** Closes a place with its answer; what was drafted is gone. */
export async function closePlace(
  tx: Tx,
  {
    request,
    at,
    decision,
    answer: given,
    declined,
  }: { request: string; at: number; decision?: string | undefined; answer: Answer; declined: boolean },
): Promise<void> {
  await tx.query('update ask_person set closed = $2, closed_at = $3, answer = $4, decision = $5 where request = $1', [
    request,
    declined ? 'declined' : 'answered',
    new Date(at),
    JSON.stringify(given),
    decision ?? null,
  ]);
  await tx.query('delete from draft where request = $1', [request]);
}

/** What answers a person's own act leaves at once. */
export async function queueReceipt(
  tx: Tx,
  { edition, request, person, at }: { edition: string; request: string; person: string; at: number },
): Promise<void> {
  await queueMails(tx, {
    edition,
    at,
    dueAt: at,
    mails: [{ key: `receipt.${request}`, person, template: 'receipt', context: { request } }],
  });
}

async function wakeIfEnough(tx: Tx, { row, ask }: Place, { realNow }: When): Promise<boolean> {
  const holders = (await holdersOf(tx, [ask.id])).get(ask.id) ?? [];
  const enough = isEnough(
    ask.kind,
    holders.map((h) => ({ ...h, decision: h.decision ?? undefined })),
  );
  if (enough) await oweWake(tx, row.id, realNow);
  return enough;
}

/** Keeps what was typed, until it is sent. */
export async function saveDraft(store: Store, { request, raw, ...when }: { request: string; raw: Raw } & When): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const refusal = await refusalOf(tx, place);
    if (refusal !== undefined) return refusal;
    await tx.query(
      `insert into draft (request, body, saved_at) values ($1, $2, $3)
       on conflict (request) do update set body = excluded.body, saved_at = excluded.saved_at`,
      [request, JSON.stringify(raw), new Date(place.at)],
    );
    return { ok: true, edition: place.row.id, wake: false };
  });
}

const addressPattern = /^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[^\s@<>",;:\\()[\]]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controls = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** Whether a text can be a mail address: one line, one @, a domain. */
export const isAddress = (text: string): boolean => text.length <= 254 && addressPattern.test(text);
/** Whether a text can be a name: one line of words. */
export const isName = (text: string): boolean => text.trim() !== '' && text.length <= 200 && !controls.test(text);

/** "Not me, or I am away": the place passes to somebody else, and the trail shows both. */
export async function delegate(
  store: Store,
  { request, name, email, ...when }: { request: string; name: string; email: string } & When,
): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const { row, ask, person, seat, at } = place;
    const refusal = await refusalOf(tx, place);
    if (refusal !== undefined) return refusal;
    if (!isAddress(email.trim()) || !isName(name) || ask.kind === 'apply') return { ok: false, reason: 'address' };
    const to = await personByAddress(tx, { edition: row.id, name: name.trim(), email: email.trim(), like: person });
    const holders = (await holdersOf(tx, [ask.id])).get(ask.id) ?? [];
    if (holders.some((h) => h.person === to)) return { ok: false, reason: 'address' };
    await tx.query(`update ask_person set closed = 'delegated', closed_at = $2, delegated_to = $3 where request = $1`, [
      request,
      new Date(at),
      to,
    ]);
    await seatPeople(tx, { edition: row.id, ask: ask.id, people: [{ person: to, seat, onBehalfOf: person, joined: 'delegate' }], at });
    await audit(tx, [{ edition: row.id, at, actor: person, verb: 'ask.delegated', subject: ask.id, detail: { to } }]);
    await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id, wake: true };
  });
}

/** The person of an address, or a new one in the role of whoever named them. */
async function personByAddress(
  tx: Tx,
  { edition, name, email, like }: { edition: string; name: string; email: string; like: string },
): Promise<string> {
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`${edition}/people`]); // two who name somebody at one moment do it in turn
  const { rows } = await tx.query<{ id: string }>('select id from person where edition = $1 and lower(email) = lower($2)', [
    edition,
    email,
  ]);
  if (rows[0] !== undefined) return rows[0].id;
  const { rows: made } = await tx.query<{ id: string }>(
    `insert into person (edition, id, role, name, email, locale)
     select $1, $2 || '-' || n, p.role, $3, $4, p.locale from person p, generate_series(1, 1 + (select count(*) from person where edition = $1)) n
     where p.edition = $1 and p.id = $2 and not exists (select 1 from person o where o.edition = $1 and o.id = $2 || '-' || n)
     order by n limit 1 returning id`,
    [edition, like, name, email],
  );
  return made[0]?.id ?? like;
}

const freshLinkEveryMs = 5 * 60_000;

/** Queues a mail with a link to the same address; once in five minutes is enough, and nobody is told whether the place exists. */
export async function freshLink(store: Store, { request, ...when }: { request: string } & When): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const { row, person, at, ask } = place;
    const slot = Math.floor(at / freshLinkEveryMs);
    const mails = [{ key: `link.${request}.${slot}`, person, template: 'link' as const, context: { request } }];
    const queued = await queueMails(tx, { edition: row.id, at, dueAt: at, mails });
    if (queued.size === 0) return { ok: true, edition: row.id, wake: false };
    await audit(tx, [{ edition: row.id, at, actor: person, verb: 'link.asked', subject: ask.id }]);
    await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id, wake: true };
  });
}

/** What a place shows, on the edition's own clock. */
export const viewNow = (store: Store, request: string, { realNow }: When): Promise<AskView | undefined> =>
  findView(store.pool, request, (offset) => realNow + offset);
