/** What coordinators write to people of their own accord. */
import { type Audience, isAudience } from '../domain/audience.js';
import type { Db, Tx } from './db.js';

/** A message as it was written. */
export interface MessageRow {
  n: number;
  actor: string;
  at: Date;
  /** To whom, as it was asked for: groups and asks, between commas. */
  whom: string;
  people: number;
  subject: string;
  body: string;
}

/** Messages of an edition by their numbers. */
export async function messagesOf(db: Db, edition: string, numbers: readonly number[]): Promise<Map<number, MessageRow>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await db.query<MessageRow>(
    'select n, actor, at, whom, people, subject, body from message where edition = $1 and n = any($2)',
    [edition, numbers],
  );
  return new Map(rows.map((row) => [row.n, row]));
}

/** How many messages an edition has had, in the hour and the day before an instant, and whether one of them was this very one. */
export async function messagesSince(
  tx: Tx,
  { edition, at, whom, subject, body }: { edition: string; at: number } & Pick<MessageRow, 'whom' | 'subject' | 'body'>,
): Promise<{ ever: number; hour: number; day: number; same: boolean }> {
  const { rows } = await tx.query<{ ever: number; hour: number; day: number; same: boolean }>(
    `select coalesce(max(n), 0)::int as ever, count(*) filter (where at > $2)::int as hour, count(*) filter (where at > $3)::int as day,
       coalesce(bool_or(at > $3 and whom = $4 and subject = $5 and body = $6), false) as same from message where edition = $1`,
    [edition, new Date(at - 3_600_000), new Date(at - 86_400_000), whom, subject, body],
  );
  return rows[0] ?? { ever: 0, hour: 0, day: 0, same: false };
}

/** Those of an edition whom some groups and asks name, in its order; undefined where an ask is none of the edition's. */
export async function audienceIn(
  db: Db,
  edition: string,
  to: readonly string[],
): Promise<{ id: string; name: string; unreachable: boolean }[] | undefined> {
  const groups = to.filter(isAudience);
  const asks = to.filter((word) => !isAudience(word));
  const { rows: known } = await db.query<{ n: number }>('select count(*)::int as n from ask where edition = $1 and id = any($2)', [
    edition,
    asks,
  ]);
  if (known[0]?.n !== asks.length) return undefined;
  const { rows } = await db.query<{ id: string; name: string; unreachable: boolean }>(
    `select p.id, p.name, p.unreachable_at is not null as unreachable from person p
     where p.edition = $1 and (
       ('everybody' = any($2) or p.role = any($2)) and (p.role <> 'applicant'
         or exists (select from application a where a.edition = p.edition and a.person = p.id and a.state = 'submitted'))
       or p.id in (select person from ask_person where ask = any($3) and closed is distinct from 'delegated' and closed is distinct from 'not-needed'))
     order by p.place, p.id`,
    [edition, groups, asks],
  );
  return rows;
}

/** How many people each group of an edition has, and the asks that are open in it. */
export async function audiencesOf(db: Db, edition: string): Promise<{ groups: Partial<Record<Audience, number>>; asks: string[] }> {
  const { rows } = await db.query<{ groups: Partial<Record<Audience, number>> | null; asks: string[] }>(
    `select (select json_object_agg(role, n) from (select role, count(*) as n from person p where edition = $1 and (role <> 'applicant'
         or exists (select from application a where a.edition = p.edition and a.person = p.id and a.state = 'submitted')) group by role) r) as groups,
       array(select id from ask where edition = $1 and outcome is null and closing is null and opened_at is not null order by opened_at, id limit 50) as asks`,
    [edition],
  );
  const { groups, asks = [] } = rows[0] ?? {};
  const counted = Object.values(groups ?? {}).reduce((sum, n) => sum + n, 0);
  return { groups: { ...groups, everybody: counted }, asks };
}
