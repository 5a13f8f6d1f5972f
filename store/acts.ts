import { isDeepStrictEqual } from 'node:util';
import { isAddress } from '../domain/address.js';
import { type AskKind, askRules, isDelegable, isEnough } from '../domain/asks.js';
import { calendarOf } from '../domain/calendar.js';
import { LAST_DATE } from '../domain/edition.js';
import { type Answer, decisionOf, type FieldProblem, type Raw, readAnswer } from '../domain/forms.js';
import { problemOfText, tidy } from '../domain/text.js';
import type { AskView } from '../domain/view.js';
import { type AskRow, holdersOf, lockAskOf, seatPeople } from './asks.js';
import { audit } from './audit.js';
import { type Db, inTransaction, type Store, type Tx } from './db.js';
import { type EditionRow, findEdition } from './editions.js';
import { isSessionDay } from './facts.js';
import { queueMails } from './outbox.js';
import { peopleOf, personAt } from './people.js';
import { findForm, findView } from './views/index.js';
import { oweWake } from './wakes.js';

export type { Raw };

/** When an act happens: the real instant, from which an edition's business clock may be shifted (epoch ms). */
export interface When {
  realNow: number;
}

/** Whether an act was recorded, or why not; `wake`: the edition's workflow is owed a wake. `newer`: a draft was kept from another tab since. */
export type Act =
  | { ok: true; edition: string; wake: boolean }
  | {
      ok: false;
      reason: 'closed' | 'late' | 'already-answered' | 'newer' | 'unknown' | 'invalid' | 'address';
      problems?: FieldProblem[];
      by?: string;
    };

/** One person's place in an ask, its ask locked against everybody else until the transaction ends. */
export interface Place {
  row: EditionRow;
  ask: AskRow;
  person: string;
  /** Whom they stand in for. */
  onBehalfOf: string | null;
  seat: string;
  linkN: number;
  /** Business instant of the act, epoch ms. */
  at: number;
  closed: string | null;
}

/** Locks a place for an act; undefined when there is none. */
export async function lockPlace(tx: Tx, request: string, { realNow }: When): Promise<Place | undefined> {
  const ask = await lockAskOf(tx, request);
  if (ask === undefined) return undefined;
  const { rows } = await tx.query<{ person: string; on_behalf_of: string | null; seat: string; link_n: number; closed: string | null }>(
    'select person, on_behalf_of, seat, link_n, closed from ask_person where request = $1',
    [request],
  );
  const [place] = rows;
  const row = await findEdition(tx, ask.edition);
  if (place === undefined || row === undefined) return undefined;
  const { person, on_behalf_of: onBehalfOf, seat, link_n: linkN, closed } = place;
  return { row, ask, person, onBehalfOf, seat, linkN, at: realNow + row.clock_offset_ms, closed };
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
    if (refusal !== undefined && !hasAnswered(place)) return refusal;
    if (ask.kind === 'apply') return refusal ?? { ok: false, reason: 'invalid', problems: [] };
    const read = readAnswer(await findForm(tx, place), raw);
    if (refusal !== undefined)
      return read.ok && (await isSaidAlready(tx, place, { request, answer: read.answer }))
        ? { ok: true, edition: row.id, wake: false }
        : refusal;
    if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
    const problems = await dateProblems(tx, place, read.answer);
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

/** Whether this very answer was recorded from this place before: a second click is not a second answer, nor one that was refused. */
export async function isSaidAlready(
  db: Db,
  place: Place,
  { request, answer: given }: { request: string; answer: Answer },
): Promise<boolean> {
  if (!hasAnswered(place)) return false;
  const { rows } = await db.query<{ answer: Answer | null }>('select answer from ask_person where request = $1', [request]);
  return isDeepStrictEqual(given, rows[0]?.answer);
}

const hasAnswered = ({ closed }: Place): boolean => closed === 'answered' || closed === 'declined';

/** Answers that say no to being asked, rather than something about the question. */
const isDeclined = (kind: AskKind, decision: string | undefined): boolean => decision === 'no' && (kind === 'seat' || kind === 'prepare');

/** A date that an answer names (a moved session) must be a working day to come, on which its project has no session. */
async function dateProblems(tx: Tx, { row, ask, at }: Place, { date }: Answer): Promise<FieldProblem[]> {
  if (typeof date !== 'string') return [];
  const calendar = calendarOf(row.file.territory);
  if (date > LAST_DATE || !calendar.isWorkingDay(date) || date <= calendar.dateOf(at)) return [{ field: 'date', problem: 'not-a-date' }];
  const taken = ask.project !== null && (await isSessionDay(tx, row.id, { project: ask.project, date }));
  return taken ? [{ field: 'date', problem: 'same-day' }] : [];
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
    const problem = problemOfText(name, 'text');
    if (problem !== undefined) return { ok: false, reason: 'invalid', problems: [{ field: 'name', problem }] };
    if (!isDelegable(ask.kind)) return { ok: false, reason: 'closed' };
    if (!isAddress(email.trim())) return { ok: false, reason: 'address' };
    const to = await personByAddress(tx, { edition: row.id, name: tidy(name), email: tidy(email), like: person });
    const holders = (await holdersOf(tx, [ask.id])).get(ask.id) ?? [];
    if (holders.some((h) => h.person === to)) return { ok: false, reason: 'address' };
    if (isAboutApplications(ask) && (await hasSubmitted(tx, row.id, to))) return { ok: false, reason: 'address' };
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
  await lockNames(tx, edition);
  const known = await personAt(tx, edition, email);
  if (known !== undefined) return known;
  const id = await freeId(tx, { edition, stem: like });
  await tx.query(
    `insert into person (edition, id, role, name, email, locale)
     select $1, $3, p.role, $4, $5, p.locale from person p where p.edition = $1 and p.id = $2`,
    [edition, like, id, name, email],
  );
  return id;
}

/** Two who name somebody at one moment do it in turn. Not the edition's own lock: a review holds that one while it waits for asks. */
export const lockNames = async (tx: Tx, edition: string): Promise<void> =>
  void (await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`${edition}/people`]));

/** The first of `stem-1`, `stem-2` … that nobody of the edition carries; with `digits: 2`, `stem-01`. */
export async function freeId(
  tx: Tx,
  { edition, stem, from = 1, digits = 1 }: { edition: string; stem: string; from?: number; digits?: number },
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>('select id from person where edition = $1 and starts_with(id, $2)', [edition, stem]);
  const taken = new Set(rows.map((row) => row.id));
  for (let n = from; ; n++) {
    const id = `${stem}-${String(n).padStart(digits, '0')}`;
    if (!taken.has(id)) return id;
  }
}

/** Whether an ask judges applications: no applicant may be put on a seat in it. */
const isAboutApplications = ({ kind, step }: AskRow): boolean =>
  ['eligibility', 'shortlist', 'seat', 'interests', 'score', 'deliberation'].includes(kind) || step === 'selection-approval';

async function hasSubmitted(tx: Tx, edition: string, person: string): Promise<boolean> {
  const { rowCount } = await tx.query(`select 1 from application where edition = $1 and person = $2 and state = 'submitted'`, [
    edition,
    person,
  ]);
  return (rowCount ?? 0) > 0;
}

/** A link goes to the same address once in this time, whoever asks for it. */
export const freshLinkEveryMs = 5 * 60_000;

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
    const lives = row.status === 'running' || row.status === 'paused'; // of an edition that is over, nothing is left to wake: the sweep delivers
    if (lives) await oweWake(tx, row.id, when.realNow);
    return { ok: true, edition: row.id, wake: lives };
  });
}

/** What a place shows, on the edition's own clock. */
export const viewNow = (store: Store, request: string, { realNow }: When): Promise<AskView | undefined> =>
  findView(store.pool, request, (offset) => realNow + offset);
