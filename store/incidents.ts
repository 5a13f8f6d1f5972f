import type { Db } from './db.js';

/** Something that failed and is tried again, where an admin sees it. */
export interface IncidentRow {
  scope: string;
  message: string;
  first_at: Date;
  last_at: Date;
  times: number;
}

/** Records a failure; the same scope failing again is one incident. */
export async function recordIncident(
  db: Db,
  edition: string,
  { scope, message, at }: { scope: string; message: string; at: number },
): Promise<void> {
  await db.query(
    `insert into incident (edition, scope, message, first_at, last_at) values ($1, $2, left($3, 1000), $4, $4)
     on conflict (edition, scope) where resolved_at is null do update set message = excluded.message, last_at = excluded.last_at, times = incident.times + 1`,
    [edition, scope, message, new Date(at)],
  );
}

/** What failed has worked. */
export async function resolveIncident(db: Db, edition: string, { scope, at }: { scope: string; at: number }): Promise<void> {
  await db.query('update incident set resolved_at = $3 where edition = $1 and scope = $2 and resolved_at is null', [
    edition,
    scope,
    new Date(at),
  ]);
}

/** Of several things, those that failed have worked. */
export async function resolveIncidents(db: Db, edition: string, { scopes, at }: { scopes: readonly string[]; at: number }): Promise<void> {
  await db.query('update incident set resolved_at = $3 where edition = $1 and scope = any($2) and resolved_at is null', [
    edition,
    scopes,
    new Date(at),
  ]);
}

/** What fails now. */
export async function openIncidents(db: Db, edition: string): Promise<IncidentRow[]> {
  const { rows } = await db.query<IncidentRow>(
    'select scope, message, first_at, last_at, times from incident where edition = $1 and resolved_at is null order by first_at',
    [edition],
  );
  return rows;
}
