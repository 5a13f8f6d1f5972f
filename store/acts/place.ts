/** A person's place in an ask, and why an act from it is refused. */
import type { FieldProblem } from '../../domain/asks/forms.js';
import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import { type AskRow, findAsks, lockAskOf } from '../asks.js';
import type { Db, Tx } from '../db.js';
import { type EditionRow, findEdition } from '../editions.js';
import { peopleOf } from '../people.js';
import type { When } from './change.js';

/** Why an act from a place is refused. `newer`: a draft was kept from another tab since. */
export interface Refusal {
  ok: false;
  reason: 'closed' | 'late' | 'already-answered' | 'newer' | 'unknown' | 'invalid' | 'address';
  problems?: FieldProblem[];
  by?: string | undefined;
}

/** Whether an act was recorded, or why not; `wake`: the edition's workflow is owed a wake. */
export type Act = { ok: true; edition: string; wake: boolean } | Refusal;

/** One person's place in an ask. */
export interface Place {
  row: EditionRow;
  ask: AskRow;
  request: string;
  person: string;
  /** Whom they stand in for. */
  onBehalfOf: string | null;
  joined: 'asked' | 'substitute' | 'delegate';
  seat: string;
  linkN: number;
  delegatedTo: string | null;
  /** Business instant of the act, epoch ms. */
  at: number;
  closed: string | null;
}

interface PlaceColumns {
  ask: string;
  person: string;
  on_behalf_of: string | null;
  joined: Place['joined'];
  seat: string;
  link_n: number;
  delegated_to: string | null;
  closed: string | null;
}

const columns = 'ask, person, on_behalf_of, joined, seat, link_n, delegated_to, closed';

/** Locks a place's ask for an act, against everybody else until the transaction ends; undefined when there is none. */
export async function lockPlace(tx: Tx, request: string, when: When): Promise<Place | undefined> {
  const ask = await lockAskOf(tx, request);
  if (ask === undefined) return undefined;
  const { rows } = await tx.query<PlaceColumns>(`select ${columns} from ask_person where request = $1`, [request]);
  return placeOf(tx, request, rows[0], ask, when);
}

/** Holds a place for what concerns nobody else, a draft: its ask goes on, and its own answer waits. */
export async function holdPlace(tx: Tx, request: string, when: When): Promise<Place | undefined> {
  const { rows } = await tx.query<PlaceColumns>(`select ${columns} from ask_person where request = $1 for share`, [request]);
  const [ask] = rows[0] === undefined ? [] : await findAsks(tx, [rows[0].ask]);
  return placeOf(tx, request, rows[0], ask, when);
}

async function placeOf(
  tx: Tx,
  request: string,
  place: PlaceColumns | undefined,
  ask: AskRow | undefined,
  { realNow }: When,
): Promise<Place | undefined> {
  const row = ask === undefined ? undefined : await findEdition(tx, ask.edition);
  if (place === undefined || ask === undefined || row === undefined) return undefined;
  const { person, on_behalf_of: onBehalfOf, joined, seat, link_n: linkN, delegated_to: delegatedTo, closed } = place;
  return { row, ask, request, person, onBehalfOf, joined, seat, linkN, delegatedTo, at: realNow + row.clock_offset_ms, closed };
}

/** Why an act from a place is refused, if it is: the ask is over, its hard end has passed, or its seat is filled. */
export async function refusalOf(db: Db, { row, ask, seat, at, closed }: Place): Promise<Refusal | undefined> {
  if (row.status !== 'running' || ask.outcome !== null || ask.closing !== null) return { ok: false, reason: 'closed' };
  if (closed !== null) return { ok: false, reason: 'already-answered' };
  if (ask.opened_at === null) return { ok: false, reason: 'closed' };
  if (isPastHardEnd({ kind: ask.kind, endsAt: ask.ends_at?.getTime() ?? null, dueAt: ask.due_at.getTime() }, at))
    return { ok: false, reason: 'late' };
  const { rows } = await db.query<{ person: string }>(
    `select person from ask_person where ask = $1 and seat = $2 and closed in ('answered', 'declined') limit 1`,
    [ask.id, seat],
  );
  const [filler] = rows;
  if (filler === undefined) return undefined;
  return { ok: false, reason: 'already-answered', by: (await peopleOf(db, row.id, [filler.person])).get(filler.person)?.name };
}

/** Whether a place has answered. */
export const hasAnswered = ({ closed }: Place): boolean => closed === 'answered' || closed === 'declined';
