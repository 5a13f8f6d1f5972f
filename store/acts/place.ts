/** A person's place in an ask, and why an act from it is refused. */
import type { FieldProblem } from '../../domain/asks/forms.js';
import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import { type AskRow, findAsks, lockAskOf } from '../asks.js';
import type { Tx } from '../db.js';
import { type EditionRow, columns as editionColumns, editionInstants, endsAsOf, takesAnswers } from '../editions.js';
import { type InJson, rowOf, withInstants } from '../json.js';
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
  /** Its answer may be overwritten: a coordinator has let it be. */
  reopened: boolean;
  /** Who has answered from the same seat. */
  filledBy: { name: string } | null;
  /** Whether an answer is awaited from another seat. */
  othersWait: boolean;
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
  reopened: boolean;
  edition: InJson<EditionRow, (typeof editionInstants)[number]>;
  filled_by: Place['filledBy'];
  others_wait: boolean;
}

const answered = "o.closed in ('answered', 'declined')";
const filler = `select q.name from ask_person o join person q on q.edition = o.edition and q.id = o.person
  where o.ask = p.ask and o.seat = p.seat and ${answered} order by o.closed_at limit 1`;
const statement = `select p.ask, p.person, p.on_behalf_of, p.joined, p.seat, p.link_n, p.delegated_to, p.closed, p.reopened_at is not null as reopened,
    ${rowOf(`select ${editionColumns} from edition where id = p.edition`)} as edition, ${rowOf(filler)} as filled_by,
    exists (select 1 from ask_person w where w.edition = p.edition and w.ask = p.ask and w.closed is null and w.seat <> p.seat and not exists (
      select 1 from ask_person o where o.ask = w.ask and o.seat = w.seat and ${answered})) as others_wait
  from ask_person p where p.request = $1`;

/** Locks a place's ask for an act, against everybody else until the transaction ends; undefined when there is none. */
export async function lockPlace(tx: Tx, request: string, when: When): Promise<Place | undefined> {
  const ask = await lockAskOf(tx, request);
  return ask === undefined ? undefined : readPlace(tx, request, ask, when);
}

/** Holds a place for what concerns nobody else, a draft: its ask goes on, and its own answer waits. */
export async function holdPlace(tx: Tx, request: string, when: When): Promise<Place | undefined> {
  const { rows } = await tx.query<{ ask: string }>('select ask from ask_person where request = $1 for share', [request]);
  const [ask] = rows[0] === undefined ? [] : await findAsks(tx, [rows[0].ask]);
  return ask === undefined ? undefined : readPlace(tx, request, ask, when);
}

async function readPlace(tx: Tx, request: string, ask: AskRow, { realNow }: When): Promise<Place | undefined> {
  const { rows } = await tx.query<PlaceColumns>(statement, [request]);
  const [place] = rows;
  if (place === undefined) return undefined;
  const row = withInstants<EditionRow, (typeof editionInstants)[number]>(place.edition, editionInstants);
  const { person, on_behalf_of: onBehalfOf, joined, seat, link_n: linkN, delegated_to: delegatedTo, closed, reopened } = place;
  const { filled_by: filledBy, others_wait: othersWait } = place;
  const at = realNow + row.clock_offset_ms;
  return { row, ask, request, person, onBehalfOf, joined, seat, linkN, delegatedTo, at, closed, reopened, filledBy, othersWait };
}

/** Why an act from a place is refused, if it is: the ask is over, its hard end has passed, or its seat is filled. */
export function refusalOf({ row, ask, at, closed, reopened, filledBy }: Place): Refusal | undefined {
  if (!takesAnswers(row) || ask.outcome !== null || ask.closing !== null) return { ok: false, reason: 'closed' };
  if (closed !== null && !reopened) return { ok: false, reason: 'already-answered' };
  if (ask.opened_at === null) return { ok: false, reason: 'closed' };
  if (isPastHardEnd({ kind: ask.kind, endsAt: ask.ends_at?.getTime() ?? null, dueAt: ask.due_at.getTime() }, endsAsOf(row, at)))
    return { ok: false, reason: 'late' };
  return filledBy === null || reopened ? undefined : { ok: false, reason: 'already-answered', by: filledBy.name };
}

/** Whether a place has answered. */
export const hasAnswered = ({ closed }: Place): boolean => closed === 'answered' || closed === 'declined';
