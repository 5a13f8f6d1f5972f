import { createHash } from 'node:crypto';
import type { Answer } from '../domain/asks/forms.js';
import type { OpenAsk, Place } from '../domain/asks/place.js';
import type { Timing } from '../domain/asks/timing.js';
import { type AnswerState, type AskKind, type AskSpec, askId, type Choice, type Outcome, type Settled } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import type { StepId } from '../domain/steps.js';
import { audit } from './audit.js';
import type { Db, Tx } from './db.js';
import type { EditionRow } from './editions.js';

/** An ask's row. */
export interface AskRow {
  id: string;
  edition: string;
  step: StepId;
  kind: AskKind;
  project: string | null;
  version: number;
  part: string | null;
  generation: number;
  about: string | null;
  choices: Choice[] | null;
  day1: CivilDate;
  opens_at: Date;
  opened_at: Date | null;
  due: CivilDate;
  due_at: Date;
  ends_at: Date | null;
  closing: Date | null;
  moved: boolean;
  outcome: Outcome | null;
  closed_at: Date | null;
  closed_on: CivilDate | null;
  result: string | null;
  items: string[] | null;
}

/** One person's place in an ask. */
export interface HolderRow {
  ask: string;
  person: string;
  seat: string;
  joined: 'asked' | 'substitute' | 'delegate';
  joined_at: Date;
  on_behalf_of: string | null;
  closed: AnswerState | null;
  closed_at: Date | null;
  decision: string | null;
}

/** Who is put into an ask, on which seat; `onBehalfOf`: the principal a substitute answers for. */
export interface Seated {
  person: string;
  seat: string;
  onBehalfOf?: string;
  /** `asked` by the ask's own rule; `substitute`: the ladder turned to them; `delegate`: the principal named them. */
  joined?: 'asked' | 'substitute' | 'delegate';
}

/** The columns of an ask's row. */
export const columns = `id, edition, step, kind, project, version, part, generation, about, choices, day1, opens_at, opened_at, due, due_at, ends_at, closing, moved,
  outcome, closed_at, closed_on, result, items`;

/**
 * The opaque id of one person's place in an ask: what links carry instead of names and keys.
 * @param salt the edition's `request_salt`, without which nobody can compute it
 */
export function requestId(ask: string, person: string, salt = ''): string {
  return createHash('sha256').update(`${salt}${ask}\n${person}`).digest('base64url').slice(0, 16);
}

/** The key of an ask, out of its row. */
export function specOf(row: AskRow): AskSpec {
  return {
    step: row.step,
    kind: row.kind,
    project: row.project ?? undefined,
    version: row.version,
    part: row.part ?? undefined,
    generation: row.generation,
    about: row.about ?? undefined,
    choices: row.choices ?? undefined,
  };
}

/** What the mails of an ask depend on. */
export const timesOf = (row: Pick<AskRow, 'kind' | 'opened_at' | 'opens_at' | 'due' | 'ends_at'>): OpenAsk => ({
  kind: row.kind,
  openedAt: (row.opened_at ?? row.opens_at).getTime(),
  due: row.due,
  endsAt: row.ends_at?.getTime(),
});

/** A place, out of its row. */
export const placeOf = ({
  person,
  seat,
  joined,
  joined_at,
  on_behalf_of,
  closed,
}: Omit<HolderRow, 'ask' | 'closed_at' | 'decision'>): Place => ({
  person,
  seat,
  joined,
  joinedAt: joined_at.getTime(),
  onBehalfOf: on_behalf_of ?? undefined,
  closed,
});

/** Writes a new ask, and who is asked; `openedAt` null: announced, and opened later. */
export async function insertAsk(
  tx: Tx,
  {
    row,
    spec,
    timing,
    openedAt,
    people = [],
    at,
  }: {
    row: Pick<EditionRow, 'id' | 'request_salt'>;
    spec: AskSpec;
    timing: Timing;
    openedAt: number | null;
    people?: readonly Seated[];
    at: number;
  },
): Promise<AskRow> {
  const id = askId(row.id, spec);
  const { rows } = await tx.query<AskRow>(
    `with made as (
       insert into ask (id, edition, step, kind, project, version, part, generation, about, choices, day1, opens_at, opened_at, due, due_at, ends_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning ${columns}),
     seated as (${seat({ ask: '$1', edition: '$2', at: '$17', people: ['$18', '$19', '$20', '$21', '$22'] })})
     select * from made`,
    [
      id,
      row.id,
      spec.step,
      spec.kind,
      spec.project ?? null,
      spec.version,
      spec.part ?? null,
      spec.generation,
      spec.about ?? null,
      spec.choices ?? null,
      timing.day1,
      new Date(timing.opensAt),
      openedAt === null ? null : new Date(openedAt),
      timing.due,
      new Date(timing.dueAt),
      timing.endsAt === null ? null : new Date(timing.endsAt),
      new Date(at),
      ...seatedColumns(row, id, people),
    ],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('what was inserted is returned');
  return made;
}

/** In SQL: puts people into an ask; whoever holds a seat in it already keeps that one. */
const seat = ({ ask, edition, at, people }: { ask: string; edition: string; at: string; people: readonly string[] }): string =>
  `insert into ask_person (ask, person, edition, seat, on_behalf_of, request, joined, joined_at)
   select ${ask}, p.person, ${edition}, p.seat, nullif(p.behalf, ''), p.request, p.joined, ${at}
   from unnest(${people.map((column) => `${column}::text[]`).join(', ')}) as p(person, seat, behalf, request, joined)
   on conflict do nothing`;

const seatedColumns = ({ request_salt }: Pick<EditionRow, 'request_salt'>, ask: string, people: readonly Seated[]): string[][] => [
  people.map((p) => p.person),
  people.map((p) => p.seat),
  people.map((p) => p.onBehalfOf ?? ''),
  people.map((p) => requestId(ask, p.person, request_salt)),
  people.map((p) => p.joined ?? 'asked'),
];

/** Puts people into an ask; whoever holds a seat in it already keeps that one. */
export async function seatPeople(
  db: Db,
  { row, ask, people, at }: { row: Pick<EditionRow, 'id' | 'request_salt'>; ask: string; people: readonly Seated[]; at: number },
): Promise<void> {
  if (people.length === 0) return;
  await db.query(seat({ ask: '$1', edition: '$2', at: '$3', people: ['$4', '$5', '$6', '$7', '$8'] }), [
    ask,
    row.id,
    new Date(at),
    ...seatedColumns(row, ask, people),
  ]);
}

/** Opens an announced ask. */
export async function openAsk(db: Db, id: string, openedAt: number): Promise<void> {
  await db.query('update ask set opened_at = $2 where id = $1 and opened_at is null', [id, new Date(openedAt)]);
}

/** The ask of one person's place, locked against everybody else until the transaction ends. */
export async function lockAskOf(tx: Tx, request: string): Promise<AskRow | undefined> {
  const { rows } = await tx.query<AskRow>(
    `select ${columns} from ask where id = (select ask from ask_person where request = $1) for update`,
    [request],
  );
  return rows[0];
}

/** Those of them that are instants. */
export const askInstants = ['opens_at', 'opened_at', 'due_at', 'ends_at', 'closing', 'closed_at'] as const;

/** Who holds which seat in some asks ($n: their ids), by ask and person. */
export const everyHolder = (asks: string): string =>
  `select ask, person, seat, joined, joined_at, on_behalf_of, closed, closed_at, decision from ask_person where ask = any(${asks}) order by ask, person`;

/** Some asks ($n: their ids) by id. */
export const everyAsk = (ids: string): string => `select ${columns} from ask where id = any(${ids}) order by id`;

/** Asks by id. */
export async function findAsks(db: Db, ids: string[]): Promise<AskRow[]> {
  if (ids.length === 0) return [];
  return (await db.query<AskRow>(everyAsk('$1'), [ids])).rows;
}

/** Every ask of an edition, in the order of opening. */
export async function listAsks(db: Db, edition: string): Promise<AskRow[]> {
  return (await db.query<AskRow>(`select ${columns} from ask where edition = $1 order by coalesce(opened_at, opens_at), id`, [edition]))
    .rows;
}

/** Who holds which seat in these asks. */
export async function holdersOf(db: Db, asks: string[]): Promise<Map<string, HolderRow[]>> {
  const rows = asks.length === 0 ? [] : (await db.query<HolderRow>(everyHolder('$1'), [asks])).rows;
  return holdersByAsk(asks, rows);
}

/** Holders by ask: an ask that has none is there too. */
export function holdersByAsk(asks: readonly string[], rows: readonly HolderRow[]): Map<string, HolderRow[]> {
  const byAsk = new Map<string, HolderRow[]>(asks.map((id) => [id, []]));
  for (const row of rows) byAsk.get(row.ask)?.push(row);
  return byAsk;
}

/** Replanning moved the end of an open ask. */
export async function setEnd(db: Db, id: string, endsAt: number | null): Promise<void> {
  await db.query('update ask set ends_at = $2 where id = $1', [id, endsAt === null ? null : new Date(endsAt)]);
}

/** A date that an unopened ask waits for has moved. */
export async function setTiming(db: Db, id: string, timing: Timing): Promise<void> {
  await db.query('update ask set opens_at = $2, due = $3, due_at = $4, ends_at = $5 where id = $1 and not moved', [
    id,
    new Date(timing.opensAt),
    timing.due,
    new Date(timing.dueAt),
    timing.endsAt === null ? null : new Date(timing.endsAt),
  ]);
}

/** Settles an ask, for ever, with its journal entry – answers it as it then is, unless it was settled –, and closes the places nobody answered from: missed where an answer was lacking, otherwise not needed. */
export async function settleAsk(
  tx: Tx,
  {
    id,
    outcome,
    closedAt,
    on,
    result,
    items,
    left = outcome === 'partial' || outcome === 'none' ? 'missed' : 'not-needed',
  }: { id: string; outcome: Outcome; closedAt: number; on: CivilDate; result?: string; items?: string[]; left?: AnswerState | undefined },
): Promise<AskRow | undefined> {
  const { rows } = await tx.query<AskRow>(
    `with settled as (
       update ask set outcome = $2, closed_at = $3, closed_on = $4, result = $5, items = $6, opened_at = coalesce(opened_at, opens_at)
       where id = $1 and outcome is null returning ${columns}),
     places as (
       update ask_person p set closed_at = $3, closed = case
         when exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined')) then 'not-needed'
         else $7 end
       where ask = $1 and closed is null and exists (select 1 from settled))
     select * from settled`,
    [id, outcome, new Date(closedAt), on, result ?? null, items ?? null, left],
  );
  const detail = { outcome, result: result ?? null, items: items ?? [], on };
  await audit(
    tx,
    rows.map(({ edition }) => ({ edition, at: closedAt, actor: 'programme', verb: 'ask.settled', subject: id, detail })),
  );
  return rows[0];
}

/** A settled row as a story sees it. */
export function settledOf(row: AskRow): Settled | undefined {
  if (row.outcome === null || row.closed_on === null) return undefined;
  return {
    id: row.id,
    outcome: row.outcome,
    on: row.closed_on,
    ...(row.result === null ? {} : { result: row.result }),
    ...(row.items === null ? {} : { items: row.items }),
  };
}

/** An answer: from which seat, and who gave it. */
export interface AnswerRow {
  ask: string;
  person: string;
  seat: string;
  closed_at: Date;
  decision: string | null;
  answer: Answer;
}

/** Every answer given to these asks, the first of each first. */
export async function answersOf(db: Db, asks: string[]): Promise<AnswerRow[]> {
  if (asks.length === 0) return [];
  const { rows } = await db.query<AnswerRow>(
    `select ask, person, seat, closed_at, decision, answer from ask_person
     where ask = any($1) and closed in ('answered', 'declined') and answer is not null order by ask, closed_at, person`,
    [asks],
  );
  return rows;
}

/** The asks of one kind in a step, whatever their generation, of one project or of the edition. */
export async function asksOfKind(
  db: Db,
  edition: string,
  { step, kind, project }: { step: StepId; kind: AskKind; project?: string },
): Promise<AskRow[]> {
  const { rows } = await db.query<AskRow>(
    `select ${columns} from ask where edition = $1 and step = $2 and kind = $3 and project is not distinct from $4 order by version, generation, part`,
    [edition, step, kind, project ?? null],
  );
  return rows;
}

/** Cancels every open ask of an edition, or of one of its projects; answers them as they then are. */
export async function cancelAsks(
  tx: Tx,
  edition: string,
  { project, at, on }: { project?: string; at: number; on: CivilDate },
): Promise<AskRow[]> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from ask where edition = $1 and outcome is null and ($2::text is null or project = $2) order by id for update',
    [edition, project ?? null],
  );
  const cancelled: AskRow[] = [];
  for (const { id } of rows) {
    const ask = await settleAsk(tx, { id, outcome: 'cancelled', closedAt: at, on });
    if (ask !== undefined) cancelled.push(ask);
  }
  return cancelled;
}

/** The ids of an edition's asks that have no outcome yet. */
export async function openAskIds(db: Db, edition: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from ask where edition = $1 and outcome is null order by id', [edition]);
  return rows.map(({ id }) => id);
}

const openCall = `select ${columns} from ask where edition = $1 and kind = 'apply' and outcome is null and opened_at is not null`;

/** The open call of an edition, locked until the transaction ends; undefined when none is open. */
export async function lockCall(tx: Tx, edition: string): Promise<AskRow | undefined> {
  const { rows } = await tx.query<AskRow>(`${openCall} for update`, [edition]);
  return rows[0];
}

/** The open call of an edition; undefined when none is open. */
export async function findOpenCall(db: Db, edition: string): Promise<AskRow | undefined> {
  const { rows } = await db.query<AskRow>(openCall, [edition]);
  return rows[0];
}

/** The latest call of an edition, open or not; undefined before the first. */
export async function findCall(db: Db, edition: string): Promise<AskRow | undefined> {
  const { rows } = await db.query<AskRow>(
    `select ${columns} from ask where edition = $1 and kind = 'apply' and opened_at is not null order by generation desc limit 1`,
    [edition],
  );
  return rows[0];
}

/** Holds asks as they are until the end of the transaction: what a mail says of them stays true while it is written. */
export async function holdAsks(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('select 1 from ask where id = any($1) order by id for share', [ids]);
}

/** Which number of links to a place is valid; undefined when there is no such place. */
export async function linkNumberOf(db: Db, request: string): Promise<number | undefined> {
  return (await db.query<{ link_n: number }>('select link_n from ask_person where request = $1', [request])).rows[0]?.link_n;
}
