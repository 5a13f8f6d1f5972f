/** People of an edition as coordinators see them: who they are, whether mail reaches them, what is asked of them and what they did. */
import type { AskKind } from '../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf } from '../domain/calendar.js';
import type { StepId } from '../domain/steps.js';
import { failingAddresses } from './board.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';

/** Somebody, on a line. `address`: since when mail to them comes back; left out: it arrives, as far as is known. */
export interface PersonLine {
  id: string;
  name: string;
  role: string;
  email: string;
  left?: CivilDate;
  successor?: string;
  substitute?: string;
  failing?: { since: CivilDate; unreachable: boolean };
  asked: AskedOf[];
  last?: Did;
}

/** What is asked of somebody and open. */
export interface AskedOf {
  ask: string;
  kind: AskKind;
  step: StepId;
  project?: string;
  due: CivilDate;
  /** Working days after it was due; 0: it is not late. */
  late: number;
}

/** What somebody answered; `open`: the ask has no outcome yet; `reopened`: they may correct it. */
export interface Did extends Omit<AskedOf, 'due' | 'late'> {
  on: CivilDate;
  open: boolean;
  reopened: boolean;
}

/** A page of people, how many there are of each role that was looked for, and where the next page begins. */
export interface PeoplePage {
  people: PersonLine[];
  roles: { role: string; n: number }[];
  next?: number;
}

/** Somebody, with all that is open and the last of what they did. */
export interface PersonFound {
  person: PersonLine;
  did: Did[];
}

interface Row {
  id: string;
  name: string;
  role: string;
  email: string;
  left_at: Date | null;
  successor: string | null;
  substitute: string | null;
}

const order = ['coordinator', 'executive', 'directorate', 'field', 'evaluator', 'expert', 'official', 'relay', 'applicant', 'delegate'];
const plain = (text: string) => `regexp_replace(normalize(lower(${text}), NFD), '[\u0300-\u036f]', '', 'g')`;
const columns = `p.id, p.name, p.role, p.email, p.left_at, (select s.name from person s where s.edition = p.edition and s.id = p.successor) as successor,
  (select s.name from person s where s.edition = p.edition and s.id = p.substitute) as substitute`;
const wanted = `p.edition = $1 and ($2 = '' or strpos(${plain('p.name')}, ${plain('$2::text')}) > 0)`;

/** A page of an edition's people, by role. */
export async function peoplePage(
  db: Db,
  edition: EditionRow,
  { from, search, role, limit, at }: { from: number; search: string; role: string; limit: number; at: number },
): Promise<PeoplePage> {
  const { rows } = await db.query<Row>(
    `select ${columns} from person p where ${wanted} and ($3 = '' or p.role = $3)
     order by p.left_at is not null, array_position($4::text[], p.role), p.place, p.name, p.id offset $5 limit $6`,
    [edition.id, search, role, order, from, limit + 1],
  );
  const { rows: counts } = await db.query<{ role: string; n: number }>(
    `select p.role, count(*)::int as n from person p where ${wanted} group by p.role order by array_position($3::text[], p.role)`,
    [edition.id, search, order],
  );
  const people = await linesOf(db, edition, { rows: rows.slice(0, limit), at, most: 3 });
  return { people, roles: counts, ...(rows.length > limit ? { next: from + limit } : {}) };
}

/** Somebody of an edition; undefined where there is nobody. */
export async function findPersonIn(
  db: Db,
  edition: EditionRow,
  { person, limit, at }: { person: string; limit: number; at: number },
): Promise<PersonFound | undefined> {
  const { rows } = await db.query<Row>(`select ${columns} from person p where p.edition = $1 and p.id = $2`, [edition.id, person]);
  const [found] = await linesOf(db, edition, { rows, at, most: limit });
  if (found === undefined) return undefined;
  const calendar = calendarOf(edition.file.territory);
  return { person: found, did: (await didBy(db, edition.id, [person], limit)).map((did) => didOf(did, calendar)) };
}

/** Who may be chosen for what somebody has: those of the edition who take part, relays where it is a relay's, and whoever joined by a name. */
export async function choicesFor(
  db: Db,
  edition: string,
  of: { id: string; role: string } | undefined,
): Promise<{ id: string; name: string; role: string }[]> {
  const { rows } = await db.query<{ id: string; name: string; role: string }>(
    `select id, name, role from person where edition = $1 and left_at is null and id <> $2 and role <> all($3) order by name, id limit 300`,
    [edition, of?.id ?? '', ['applicant', ...(of?.role === 'relay' ? [] : ['relay'])]],
  );
  return rows;
}

/** Lines of people, in their order: four statements, however many they are. `most`: so many open asks of each. */
async function linesOf(
  db: Db,
  { id: edition, file }: EditionRow,
  { rows, at, most }: { rows: readonly Row[]; at: number; most: number },
): Promise<PersonLine[]> {
  const calendar = calendarOf(file.territory);
  const today = calendar.dateOf(at);
  const ids = rows.map(({ id }) => id);
  const failing = new Map((await failingAddresses(db, edition)).map((one) => [one.id, one]));
  const { rows: asked } = await db.query<AskColumns & { person: string; due: CivilDate }>(
    `select p.person, ${askColumns}, a.due from ask_person p join ask a on a.id = p.ask left join project j on j.edition = a.edition and j.id = a.project
     where p.edition = $1 and p.person = any($2) and p.closed is null and a.outcome is null and a.closing is null and a.opened_at is not null
       and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
     order by a.due_at, a.id`,
    [edition, ids],
  );
  const last = await didBy(db, edition, ids, 1);
  return rows.map(({ id, name, role, email, left_at, successor, substitute }) => {
    const fails = failing.get(id);
    const did = last.find((one) => one.person === id);
    const theirs = asked.filter(({ person }) => person === id).slice(0, most);
    return {
      ...{ id, name, role, email },
      ...(left_at === null ? {} : { left: calendar.dateOf(left_at.getTime()) }),
      ...(successor === null ? {} : { successor }),
      ...(substitute === null ? {} : { substitute }),
      ...(fails === undefined ? {} : { failing: { since: calendar.dateOf(fails.since.getTime()), unreachable: fails.unreachable } }),
      asked: theirs.map((one) => ({ ...askIn(one), due: one.due, late: Math.max(0, calendar.count(one.due, today)) })),
      ...(did === undefined ? {} : { last: didOf(did, calendar) }),
    };
  });
}

interface AskColumns {
  ask: string;
  kind: AskKind;
  step: StepId;
  project: string | null;
}
const askColumns = 'a.id as ask, a.kind, a.step, coalesce(j.title, a.project) as project';
const askIn = ({ ask, kind, step, project }: AskColumns) => ({ ask, kind, step, ...(project === null ? {} : { project }) });

type DidRow = AskColumns & { person: string; closed_at: Date; open: boolean; reopened: boolean };
const didOf = (row: DidRow, calendar: Calendar): Did => ({
  ...askIn(row),
  on: calendar.dateOf(row.closed_at.getTime()),
  open: row.open,
  reopened: row.reopened,
});

/** The last answers of people, the latest first. */
async function didBy(db: Db, edition: string, people: readonly string[], limit: number): Promise<DidRow[]> {
  const { rows } = await db.query<DidRow>(
    `select w.id as person, d.* from unnest($2::text[]) as w(id) cross join lateral (
       select ${askColumns}, p.closed_at, a.outcome is null and a.closing is null as open, p.reopened_at is not null as reopened
       from ask_person p join ask a on a.id = p.ask left join project j on j.edition = a.edition and j.id = a.project
       where p.edition = $1 and p.person = w.id and p.closed in ('answered', 'declined') order by p.closed_at desc, a.id limit $3) d`,
    [edition, people, limit],
  );
  return rows;
}

/** Who has answered what is still open in an edition, the last first: 50 at most. */
export async function answeredIn(
  db: Db,
  edition: string,
): Promise<{ ask: string; kind: AskKind; person: { id: string; name: string }; reopened: boolean }[]> {
  const { rows } = await db.query<{ ask: string; kind: AskKind; id: string; name: string; reopened: boolean }>(
    `select a.id as ask, a.kind, q.id, q.name, p.reopened_at is not null as reopened
     from ask a join ask_person p on p.ask = a.id join person q on q.edition = p.edition and q.id = p.person
     where a.edition = $1 and a.outcome is null and a.closing is null and p.closed in ('answered', 'declined')
     order by p.closed_at desc, q.id limit 50`,
    [edition],
  );
  return rows.map(({ ask, kind, id, name, reopened }) => ({ ask, kind, person: { id, name }, reopened }));
}
