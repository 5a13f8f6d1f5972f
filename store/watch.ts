/** What the watch reads and remembers: how each edition's mail and wakes stand, heartbeats, alerts. Real time, except what it reads of editions. */
import { calendarOf } from '../domain/calendar.js';
import type { EditionRules } from '../domain/edition.js';
import type { AlertKind, EditionFacts, Standstill } from '../domain/watch.js';
import type { Db } from './db.js';
import { refusedKind } from './limits.js';

/** Who says that it is well. */
export type Heart = 'worker' | 'sweep' | 'watch';

/** Says that something is well, at a real instant. */
export async function beat(db: Db, name: Heart, realNow: number): Promise<void> {
  await db.query(
    'insert into heartbeat (name, at) values ($1, $2) on conflict (name) do update set at = greatest(heartbeat.at, excluded.at)',
    [name, new Date(realNow)],
  );
}

/** When each was last well, in real time; those that never were are absent. */
export async function heartbeats(db: Db): Promise<Partial<Record<Heart, number>>> {
  const { rows } = await db.query<{ name: Heart; at: Date }>('select name, at from heartbeat');
  return Object.fromEntries(rows.map(({ name, at }) => [name, at.getTime()]));
}

const recentMs = 7 * 86_400_000;
const anHourMs = 60 * 60_000;

/** What is true of every edition that runs, or whose mail has not all left, at a real instant; what the engine knows is not in it. */
export async function editionFacts(db: Db, realNow: number): Promise<(EditionFacts & { title: string })[]> {
  const { rows } = await db.query<{
    id: string;
    title: string;
    territory: EditionRules['territory'];
    status: EditionFacts['status'];
    offset_ms: number;
    closed_at: Date | null;
    due: number;
    due_since: Date | null;
    left_at: Date | null;
    lost: number;
    recent: number;
    lost_since: Date | null;
    incidents: { scope: string; since: number }[];
    owed_since: Date | null;
    refused: number;
    refused_since: Date | null;
  }>(
    `select e.id, e.title, e.file->'territory' as territory, e.status, e.clock_offset_ms as offset_ms, e.closed_at, waiting.*, leaving.*, lately.*, w.since as owed_since, r.*,
       (select coalesce(json_agg(json_build_object('scope', i.scope, 'since', extract(epoch from i.first_at) * 1000)), '[]')
          from incident i where i.edition = e.id and i.resolved_at is null) as incidents
     from edition e
     cross join lateral (select to_timestamp(($1::bigint + e.clock_offset_ms) / 1000.0) as at) clock
     cross join lateral (
       select count(*)::int as due, min(due_at) as due_since from outbox o
       where o.edition = e.id and o.state in ('queued', 'sending', 'uncertain') and o.due_at <= clock.at
         and (o.state <> 'uncertain' or o.next_try_at is not null)
     ) waiting
     cross join lateral (select max(sent_at) as left_at from outbox o where o.edition = e.id and o.sent_at is not null) leaving
     cross join lateral (
       select count(distinct person) filter (where lost)::int as lost, count(distinct person)::int as recent, min(due_at) filter (where lost) as lost_since
       from (select person, due_at, template <> 'begin' and (state = 'failed' or state = 'uncertain' and next_try_at is null) as lost
             from outbox where edition = e.id and due_at <= clock.at and due_at > clock.at - make_interval(secs => $2::bigint / 1000.0)) o
     ) lately
     cross join lateral (
       select count(*)::int as refused, min(at) as refused_since from attempt where kind = '${refusedKind}' and who = e.id and at > to_timestamp($3::bigint / 1000.0)
     ) r
     left join pending_wake w on w.edition = e.id
     order by e.id`,
    [Math.round(realNow), recentMs, Math.round(realNow - anHourMs)],
  );
  const ms = (at: Date | null) => at?.getTime() ?? null;
  return rows.map((row) => ({
    edition: row.id,
    title: row.title,
    calendar: calendarOf(row.territory),
    at: realNow + row.offset_ms,
    offsetMs: row.offset_ms,
    status: row.status,
    closedAt: ms(row.closed_at),
    mail: {
      due: row.due,
      dueSince: ms(row.due_since),
      leftAt: ms(row.left_at),
      lost: row.lost,
      recent: row.recent,
      lostSince: ms(row.lost_since),
    },
    incidents: row.incidents,
    owedSince: ms(row.owed_since),
    ...(row.refused_since === null ? {} : { refused: { links: row.refused, since: row.refused_since.getTime() } }),
  }));
}

/** An alert, open or over. */
export interface AlertRow {
  id: number;
  kind: AlertKind;
  scope: string;
  things: number;
  since: Date;
  seen_at: Date;
  last_at: Date;
  said_at: Date | null;
  over_at: Date | null;
}

const columns = 'id, kind, scope, things, since, seen_at, last_at, said_at, over_at';

/** Remembers what a look found, once however often it is named: what is new opens, what is no longer found is over – but for the kinds that could not be looked at. */
export async function rememberStandstills(
  db: Db,
  { found, unknown, realNow }: { found: readonly Standstill[]; unknown: readonly AlertKind[]; realNow: number },
): Promise<void> {
  const at = new Date(realNow);
  const [kinds, scopes] = [found.map((one) => one.kind), found.map((one) => one.scope)];
  await db.query(
    `insert into alert (kind, scope, things, since, seen_at, last_at)
     select distinct on (f.kind, f.scope) f.kind, f.scope, f.things, f.since, $1, $1
     from unnest($2::text[], $3::text[], $4::int[], $5::timestamptz[]) as f(kind, scope, things, since) order by f.kind, f.scope, f.since
     on conflict (kind, scope) where over_at is null do update set last_at = excluded.last_at, things = excluded.things`,
    [at, kinds, scopes, found.map((one) => one.count), found.map((one) => new Date(one.since))],
  );
  await db.query(
    `update alert set over_at = $1 where over_at is null and kind <> all($4::text[])
       and (kind, scope) not in (select * from unnest($2::text[], $3::text[]))`,
    [at, kinds, scopes, unknown],
  );
}

/** The alerts that are open, the oldest first. */
export async function openAlerts(db: Db): Promise<AlertRow[]> {
  return (await db.query<AlertRow>(`select ${columns} from alert where over_at is null order by since, id`)).rows;
}

/** What the admins have not been told: open alerts that a look before `seenBefore` saw already, and the end of those they were told of. */
export async function untold(db: Db, seenBefore: number): Promise<{ open: AlertRow[]; over: AlertRow[] }> {
  const { rows } = await db.query<AlertRow>(
    `select ${columns} from alert where over_at is null and said_at is null and seen_at <= $1
       or over_at is not null and said_at is not null and over_said_at is null order by since, id`,
    [new Date(seenBefore)],
  );
  return { open: rows.filter((row) => row.over_at === null), over: rows.filter((row) => row.over_at !== null) };
}

/** The admins were told: of open alerts that they are there, of the others that they are over. */
export async function markTold(db: Db, ids: readonly number[], realNow: number): Promise<void> {
  await db.query(
    `update alert set said_at = coalesce(said_at, $2), over_said_at = case when over_at is not null and said_at is not null then $2 end where id = any($1)`,
    [ids, new Date(realNow)],
  );
}

/** Forgets what has been over for a year. */
export async function forgetAlerts(db: Db, overBefore: number): Promise<void> {
  await db.query('delete from alert where over_at < $1', [new Date(overBefore)]);
}

/** How many alerts two looks saw and are open, and of how many of those the admins could not be told. */
export async function standingAlerts(db: Db): Promise<{ open: number; untold: number }> {
  const { rows } = await db.query<{ open: number; untold: number }>(
    `select count(*)::int as open, count(*) filter (where said_at is null)::int as untold from alert where over_at is null and last_at > seen_at`,
  );
  return rows[0] ?? { open: 0, untold: 0 };
}
