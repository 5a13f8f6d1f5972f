import { createHash } from 'node:crypto';
import type { Answer } from '../domain/asks/forms.js';
import type { OpenAsk, Place } from '../domain/asks/place.js';
import type { Timing } from '../domain/asks/timing.js';
import { type AnswerState, type AskKind, type AskSpec, askId, type Choice, type Outcome, type Settled } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import type { StepId } from '../domain/steps.js';
import { audit } from './audit.js';
import { type Db, type Part, type Tx, type Writing, write, writeNow } from './db.js';
import type { EditionRow } from './editions.js';
import { isCurrent } from './generations.js';

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
  /** Of an ask to thousands: until when nothing is due to anybody in it, unless something stirs it (decision 0028). */
  quiet_until: Date | null;
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
export const columns = `id, edition, step, kind, project, version, part, generation, about, choices, day1, opens_at, opened_at, due, due_at, ends_at, closing, moved, quiet_until,
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

/** A new ask, who is asked, and since when. */
export interface NewAsk {
  ask: AskRow;
  people: readonly Seated[];
  salt: string;
  at: number;
}

/** A new ask, not yet written; `openedAt` null: announced, and opened later. */
export function newAsk({
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
}): NewAsk {
  const { step, kind, project = null, version, part = null, generation, about = null, choices = null } = spec;
  const ask: AskRow = {
    ...{ id: askId(row.id, spec), edition: row.id, step, kind, project, version, part, generation, about, choices },
    day1: timing.day1,
    opens_at: new Date(timing.opensAt),
    opened_at: openedAt === null ? null : new Date(openedAt),
    due: timing.due,
    due_at: new Date(timing.dueAt),
    ends_at: timing.endsAt === null ? null : new Date(timing.endsAt),
    ...{ closing: null, moved: false, quiet_until: null, outcome: null, closed_at: null, closed_on: null, result: null, items: null },
  };
  return { ask, people, salt: row.request_salt, at };
}

/** Writes new asks, and who is asked. */
export const asksWritten: Writing<NewAsk> = (made) => [
  {
    name: 'asked',
    text: `insert into ask (${columns}) select ${columns} from jsonb_populate_recordset(null::ask, $1::jsonb)`,
    values: [JSON.stringify(made.map(({ ask }) => ask))],
  },
  seatsWritten(
    made.flatMap(({ ask, people, salt, at }) => people.map((person) => ({ ...person, ask: ask.id, edition: ask.edition, salt, at }))),
  ),
];

/** Writes a new ask now, and who is asked. */
export async function insertAsk(tx: Tx, given: Parameters<typeof newAsk>[0]): Promise<AskRow> {
  const made = newAsk(given);
  await write(tx, asksWritten, [made]);
  await writeNow(tx, asksWritten);
  return made.ask;
}

/** Puts people into asks; whoever holds a seat in one already keeps that one. */
const seatsWritten = (people: readonly (Seated & { ask: string; edition: string; salt: string; at: number })[]): Part => ({
  name: 'seated',
  text: `insert into ask_person (ask, person, edition, seat, on_behalf_of, request, joined, joined_at)
   select p.ask, p.person, p.edition, p.seat, nullif(p.behalf, ''), p.request, p.joined, p.joined_at
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
     as p(ask, person, edition, seat, behalf, request, joined, joined_at)
   on conflict do nothing`,
  values: [
    people.map((p) => p.ask),
    people.map((p) => p.person),
    people.map((p) => p.edition),
    people.map((p) => p.seat),
    people.map((p) => p.onBehalfOf ?? ''),
    people.map((p) => requestId(p.ask, p.person, p.salt)),
    people.map((p) => p.joined ?? 'asked'),
    people.map((p) => new Date(p.at)),
  ],
});

/** Puts people into an ask; whoever holds a seat in it already keeps that one. */
export async function seatPeople(
  db: Db,
  { row, ask, people, at }: { row: Pick<EditionRow, 'id' | 'request_salt'>; ask: string; people: readonly Seated[]; at: number },
): Promise<void> {
  if (people.length === 0) return;
  const { text, values } = seatsWritten(people.map((person) => ({ ...person, ask, edition: row.id, salt: row.request_salt, at })));
  await db.query(text, [...values]);
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
export const askInstants = ['opens_at', 'opened_at', 'due_at', 'ends_at', 'closing', 'quiet_until', 'closed_at'] as const;

/** The asks of an edition ($1) that have no outcome, locked: nobody changes them, or answers, meanwhile. */
export const lockedOpenAsks = `select ${columns} from ask where edition = $1 and outcome is null order by id for update`;

/** Writes down until when asks are quiet: nothing is due to anybody in them before. By a review alone, which holds them. */
export async function quieten(tx: Tx, asks: ReadonlyMap<string, number>): Promise<void> {
  if (asks.size === 0) return;
  await tx.query(
    'update ask a set quiet_until = q.until from unnest($1::text[], $2::timestamptz[]) as q(id, until) where a.id = q.id and a.quiet_until is distinct from q.until',
    [[...asks.keys()], [...asks.values()].map((until) => new Date(until))],
  );
}

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

/** A part of the asks of every edition, or of one, the last opened first, each with its edition's territory. */
export async function lastAsks(
  db: Db,
  { edition, from, limit }: { edition?: string | undefined; from: number; limit: number },
): Promise<(AskRow & { territory: EditionRow['file']['territory'] })[]> {
  const { rows } = await db.query<AskRow & { territory: EditionRow['file']['territory'] }>(
    `select a.*, e.file->'territory' as territory
     from (select ${columns} from ask where $1::text is null or edition = $1
       order by coalesce(opened_at, opens_at) desc, id desc offset $2 limit $3) a
     join edition e on e.id = a.edition order by coalesce(a.opened_at, a.opens_at) desc, a.id desc`,
    [edition ?? null, from, limit],
  );
  return rows;
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

/** How an ask ends: `left` is what becomes of the places nobody answered from. */
export interface Ending {
  outcome: Outcome;
  closedAt: number;
  on: CivilDate;
  result?: string | undefined;
  items?: string[] | undefined;
  left?: AnswerState | undefined;
}

/** Writes how asks ended, unless they had, and closes the places nobody answered from: missed where an answer was lacking, otherwise not needed. */
export const endingsWritten: Writing<{ ask: AskRow; left: AnswerState }> = (endings) => [
  {
    name: 'settled',
    text: `update ask a set outcome = s.outcome, closed_at = s.closed_at, closed_on = s.closed_on, result = s.result, items = s.items,
       opened_at = coalesce(a.opened_at, a.opens_at)
     from jsonb_populate_recordset(null::ask, $1::jsonb) s where a.id = s.id and a.outcome is null`,
    values: [JSON.stringify(endings.map(({ ask }) => ask))],
  },
  {
    name: 'places',
    text: `update ask_person p set closed_at = s.closed_at, closed = case
         when exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined')) then 'not-needed'
         else s.left_as end
     from unnest($1::text[], $2::timestamptz[], $3::text[]) as s(ask, closed_at, left_as)
     where p.ask = s.ask and p.closed is null and exists (select 1 from ask a where a.id = s.ask and a.outcome is null)`,
    values: [endings.map(({ ask }) => ask.id), endings.map(({ ask }) => ask.closed_at), endings.map(({ left }) => left)],
  },
];

/** Settles a locked ask that has no outcome, for ever, with its journal entry, before the transaction commits; answers it as it then is. */
export async function settleAsk(tx: Tx, ask: AskRow, { outcome, closedAt, on, result, items, left }: Ending): Promise<AskRow> {
  const settled: AskRow = {
    ...ask,
    ...{ outcome, closed_at: new Date(closedAt), closed_on: on, result: result ?? null, items: items ?? null },
    opened_at: ask.opened_at ?? ask.opens_at,
  };
  await write(tx, endingsWritten, [
    { ask: settled, left: left ?? (outcome === 'partial' || outcome === 'none' ? 'missed' : 'not-needed') },
  ]);
  const detail = { outcome, result: result ?? null, items: items ?? [], on };
  await audit(tx, [{ edition: ask.edition, at: closedAt, actor: 'programme', verb: 'ask.settled', subject: ask.id, detail }]);
  return settled;
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

/** The asks of one kind in a step that count, of one project or of the edition. */
export async function asksOfKind(
  db: Db,
  edition: string,
  { step, kind, project }: { step: StepId; kind: AskKind; project?: string },
): Promise<AskRow[]> {
  const { rows } = await db.query<AskRow>(
    `select ${columns} from ask where edition = $1 and step = $2 and kind = $3 and project is not distinct from $4 and ${isCurrent('ask')}
     order by version, generation, part`,
    [edition, step, kind, project ?? null],
  );
  return rows;
}

/** Cancels every open ask of an edition, of one of its projects, or some; answers them as they then are. */
export async function cancelAsks(
  tx: Tx,
  edition: string,
  { project, ids, at, on }: { project?: string; ids?: readonly string[]; at: number; on: CivilDate },
): Promise<AskRow[]> {
  const { rows } = await tx.query<AskRow>(
    `select ${columns} from ask where edition = $1 and outcome is null and ($2::text is null or project = $2) and ($3::text[] is null or id = any($3))
     order by id for update`,
    [edition, project ?? null, ids ?? null],
  );
  const cancelled: AskRow[] = [];
  for (const ask of rows) cancelled.push(await settleAsk(tx, ask, { outcome: 'cancelled', closedAt: at, on }));
  await writeNow(tx, endingsWritten);
  return cancelled;
}

/** Moves the dates of asks that are open. `endsAt`: null where it never ends by itself. */
export async function moveAsks(
  tx: Tx,
  moved: readonly { id: string; due: CivilDate; dueAt: number; endsAt: number | null }[],
): Promise<void> {
  if (moved.length === 0) return;
  await tx.query(
    `update ask a set due = m.due, due_at = m.due_at, ends_at = m.ends_at
     from unnest($1::text[], $2::date[], $3::timestamptz[], $4::timestamptz[]) as m(id, due, due_at, ends_at) where a.id = m.id`,
    [
      moved.map(({ id }) => id),
      moved.map(({ due }) => due),
      moved.map(({ dueAt }) => new Date(dueAt)),
      moved.map(({ endsAt }) => (endsAt === null ? null : new Date(endsAt))),
    ],
  );
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

/** Which number of links to a place is valid; undefined when there is no such place. */
export async function linkNumberOf(db: Db, request: string): Promise<number | undefined> {
  return (await db.query<{ link_n: number }>('select link_n from ask_person where request = $1', [request])).rows[0]?.link_n;
}
