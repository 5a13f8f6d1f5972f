import type { Edition, EditionRules } from '../domain/edition.js';
import { audit } from './audit.js';
import { type Db, type Tx, type Writing, write } from './db.js';
import { endIncidents } from './incidents.js';

/** An edition's row: where it stands, and the fence of its runs. */
export interface EditionRow {
  id: string;
  title: string;
  territory: string;
  /** The edition's file but its people, who are in `person`: what is read with every act does not grow with them. */
  file: EditionRules;
  status: 'running' | 'paused' | 'closed' | 'cancelled';
  outcome: string | null;
  phase: string | null;
  epoch: number;
  /** How often somebody went back to a step. */
  back: number;
  clock_offset_ms: number;
  /** The slack in working days that was last seen, by project; under an empty name, the edition's own. */
  slack: Record<string, number>;
  /** What the ids of places are made with (`requestId`). */
  request_salt: string;
  /** What the entries of calendars were last made from. */
  calendar_seen: string | null;
  last_at: Date;
  started_at: Date;
  /** Up to when digests have told; null: none was due yet. */
  digest_at: Date | null;
  /** When it was paused, as long as it is. */
  paused_at: Date | null;
  closed_at: Date | null;
  /** The scopes of what failed, and has not worked since. */
  failing: string[];
  /** Whom people may write to: the first coordinator, or the first of the file where there is none. */
  contact: { name: string; email: string } | null;
}

/** A new edition, the file it was read from, and the business instant at which it begins, epoch ms. */
interface NewEdition {
  edition: Edition;
  source: string;
  at: number;
  clockOffsetMs: number;
  /** Of the ids of its places; a rehearsal, which nobody is asked by, needs none. */
  requestSalt?: string;
}

/** Writes a new edition and its people, and begins its journal; an id that exists already is refused by the database. */
export async function insertEdition(db: Db, { actor = 'coordinator', ...given }: NewEdition & { actor?: string }): Promise<void> {
  await insertRows(db, given);
  const { edition, at } = given;
  const { id, start } = edition;
  await audit(db, [{ edition: id, at, actor, verb: 'edition.started', subject: id, detail: { start } }]);
}

/** The file that an edition was started from, as it was written. */
export async function sourceOf(db: Db, id: string): Promise<string | undefined> {
  return (await db.query<{ source: string }>('select source from edition where id = $1', [id])).rows[0]?.source;
}

/** Who is in an edition's file: how many, and whether anybody evaluates or relays. */
export async function companyOf(db: Db, id: string): Promise<{ people: number; hasEvaluator: boolean; hasRelays: boolean }> {
  const { rows } = await db.query<{ people: number; hasEvaluator: boolean; hasRelays: boolean }>(
    `select count(*)::int as people, count(*) filter (where role = 'evaluator') > 0 as "hasEvaluator", count(*) filter (where role = 'relay') > 0 as "hasRelays"
     from person where edition = $1 and place is not null`,
    [id],
  );
  return rows[0] ?? { people: 0, hasEvaluator: false, hasRelays: false };
}

/** The rows of a new edition and its people alone: a journal that lacks its beginning does not verify. */
export async function insertRows(db: Db, { edition, source, at, clockOffsetMs, requestSalt = '' }: NewEdition): Promise<void> {
  const { people, ...rules } = edition;
  await db.query(
    `insert into edition (id, title, territory, file, source, clock_offset_ms, last_at, started_at, request_salt)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [
      edition.id,
      edition.title,
      edition.territory.id,
      JSON.stringify(rules satisfies EditionRules),
      source,
      clockOffsetMs,
      new Date(at),
      requestSalt,
    ],
  );
  await db.query(
    `insert into person (edition, id, role, name, email, substitute, place)
     select $1, p->>'id', p->>'role', p->>'name', p->>'email', p->>'substitute', n
     from jsonb_array_elements($2::jsonb) with ordinality as x(p, n)`,
    [edition.id, JSON.stringify(people)],
  );
}

/** Whether answers are taken: a pause stops what the programme does, not what people say. */
export const takesAnswers = ({ status }: Pick<EditionRow, 'status'>): boolean => status === 'running' || status === 'paused';

/** The instant by which ends are held against: none comes during a pause. */
export const endsAsOf = ({ paused_at: since }: Pick<EditionRow, 'paused_at'>, at: number): number => since?.getTime() ?? at;

/** The columns of an edition's row. */
export const columns = `id, title, territory, file, status, outcome, phase, epoch, back, clock_offset_ms, slack, request_salt, calendar_seen, last_at, started_at, digest_at, paused_at, closed_at,
  array(select scope from incident where incident.edition = edition.id and resolved_at is null) as failing,
  (select jsonb_build_object('name', p.name, 'email', p.email) from person p where p.edition = edition.id and p.place is not null
   order by p.role <> 'coordinator', p.place limit 1) as contact`;

/** Those of them that are instants. */
export const editionInstants = ['last_at', 'started_at', 'digest_at', 'paused_at', 'closed_at'] as const;

/** One edition, or undefined. */
export async function findEdition(db: Db, id: string): Promise<EditionRow | undefined> {
  return (await db.query<EditionRow>(`select ${columns} from edition where id = $1`, [id])).rows[0];
}

/** The edition of a place, by the place's opaque id. */
export async function editionOfPlace(db: Db, request: string): Promise<EditionRow | undefined> {
  const statement = `select ${columns} from edition where id = (select edition from ask_person where request = $1)`;
  return (await db.query<EditionRow>(statement, [request])).rows[0];
}

/**
 * In SQL: one edition ($1), locked until the transaction ends: one review at a time. Not against rows that refer to it: an act that holds its ask
 * and writes its receipt would wait for the review that waits for its ask.
 */
export const lockedEdition = (more = ''): string => `select ${columns}${more} from edition where id = $1 for no key update`;

/** One edition, locked so. */
export async function lockEdition(db: Db, id: string): Promise<EditionRow | undefined> {
  return (await db.query<EditionRow>(lockedEdition(), [id])).rows[0];
}

/** Every edition, or those of some ids, the latest started first. */
export async function listEditions(db: Db, ids?: readonly string[]): Promise<EditionRow[]> {
  return (
    await db.query<EditionRow>(`select ${columns} from edition where $1::text[] is null or id = any($1) order by started_at desc, id`, [
      ids ?? null,
    ])
  ).rows;
}

/** Where an edition is, and nothing else of it: who may see it is asked before anything is read. */
export async function placeOfEdition(db: Db, id: string): Promise<{ edition: string; territory: string } | undefined> {
  const { rows } = await db.query<{ edition: string; territory: string }>('select id as edition, territory from edition where id = $1', [
    id,
  ]);
  return rows[0];
}

/** What says of an edition for whom it exists, and how it is called. */
export type EditionHead = Pick<EditionRow, 'id' | 'title' | 'territory' | 'status'> & { territoryName: string };

/** Every edition, as far as it is to be known before anybody is shown it; the latest started first. */
export async function editionHeads(db: Db): Promise<EditionHead[]> {
  const { rows } = await db.query<EditionHead>(
    `select id, title, territory, status, file->'territory'->>'name' as "territoryName" from edition order by started_at desc, id`,
  );
  return rows;
}

/** The ids of a part of the editions, the latest started first, from the one after `from` of them. */
export async function editionIds(db: Db, { from, limit }: { from: number; limit: number }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from edition order by started_at desc, id offset $1 limit $2', [from, limit]);
  return rows.map(({ id }) => id);
}

/** The time zone of every edition, by id. */
export async function timezones(db: Db): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; zone: string }>("select id, file->'territory'->>'timezone' as zone from edition");
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}

/** The ids of the editions that go on, whatever else the schema knows of them. */
export async function goingEditions(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`select id from edition where status in ('running', 'paused') order by id`);
  return rows.map(({ id }) => id);
}

/** What a review remembers of an edition. */
export interface Remembered {
  /** The last business instant it saw, the phase it found, and when to look again. */
  look?: { at: number; phase: string; next: number | null };
  /** The slack that coordinators were last told of, by project; '' is the edition's own. */
  slack?: Record<string, number>;
  /** What the entries of calendars were last made from: while it is the same, they are not looked at. */
  calendarSeen?: string;
  /** Digests were made up to a business instant, epoch ms. */
  digestAt?: number;
}

/** Remembers it, before the transaction commits. */
export const remember = (db: Db, id: string, remembered: Remembered): Promise<void> => write(db, rememberedOf, [{ id, ...remembered }]);

const rememberedOf: Writing<Remembered & { id: string }> = (all) => {
  const { id, look, slack, calendarSeen, digestAt }: (typeof all)[number] = Object.assign({}, ...all);
  const instant = (at: number | null | undefined) => (at === undefined || at === null ? null : new Date(at));
  return [
    {
      name: 'remembered',
      text: `update edition set slack = coalesce($2, slack), calendar_seen = coalesce($3, calendar_seen), digest_at = coalesce($4, digest_at),
        last_at = greatest(last_at, coalesce($5, last_at)), phase = coalesce($6, phase), look_at = case when $7 then $8 else look_at end where id = $1`,
      values: [
        id,
        slack === undefined ? null : JSON.stringify(slack),
        calendarSeen ?? null,
        instant(digestAt),
        instant(look?.at),
        look?.phase ?? null,
        look !== undefined,
        instant(look?.next),
      ],
    },
  ];
};

/** Ends an edition: nothing opens and nothing is mailed any more, and what failed, but for mail that is left, is tried no more. */
export async function endEdition(db: Db, id: string, { at, status }: { at: number; status: 'closed' | 'cancelled' }): Promise<void> {
  await db.query(`update edition set status = $2, closed_at = $3, paused_at = null where id = $1 and status in ('running', 'paused')`, [
    id,
    status,
    new Date(at),
  ]);
  await endIncidents(db, id, { at });
}

/**
 * Raises the epoch, so that every older run does nothing from now on; answers the new one. A shifted clock goes on from the last instant at which anything was seen or done.
 * @param above an epoch that a run is known to carry: a database restored to an earlier state would give it away a second time
 */
export async function raiseEpoch(
  db: Db,
  id: string,
  { realNow, above = 0 }: { realNow: number; above?: number },
): Promise<{ epoch: number; clockOffsetMs: number } | undefined> {
  const { rows } = await db.query<{ epoch: number; clock_offset_ms: number }>(
    `update edition set epoch = greatest(epoch, $3) + 1,
       clock_offset_ms = case when clock_offset_ms = 0 then 0 else (extract(epoch from greatest(last_at, (select max(at) from audit where edition = $1))) * 1000)::bigint - $2::bigint end
     where id = $1 returning epoch, clock_offset_ms`,
    [id, Math.round(realNow), above],
  );
  const [row] = rows;
  return row === undefined ? undefined : { epoch: row.epoch, clockOffsetMs: row.clock_offset_ms };
}

/**
 * Holds, until the transaction ends, the one lock under which an edition's run is started: from raising its epoch to the engine's having the run,
 * nobody else may start one. `wait`: false to be told when somebody else holds it, rather than to wait; answers whether it is held.
 */
export async function holdStart(tx: Tx, id: string, { wait }: { wait: boolean }): Promise<boolean> {
  const key = [`start ${id}`];
  if (!wait)
    return (await tx.query<{ held: boolean }>('select pg_try_advisory_xact_lock(hashtext($1)) as held', key)).rows[0]?.held === true;
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', key);
  return true;
}
