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

/**
 * What failed is over with what it was part of: a project, with what was asked and told of it, or a whole edition. The mail that is left still has to
 * leave: its incidents stay.
 */
export async function endIncidents(db: Db, edition: string, { project, at }: { project?: string; at: number }): Promise<void> {
  // an ask's or a fact's id: edition.step.kind.project…
  await db.query(
    `update incident set resolved_at = $2 where edition = $1 and resolved_at is null and scope <> 'delivery' and scope not like 'mail:%'
       and ($3::text is null or scope = 'project:' || $3 or starts_with(scope, $1 || '.') and split_part(scope, '.', 4) = $3)`,
    [edition, new Date(at), project ?? null],
  );
}

/** What fails now. */
export async function openIncidents(db: Db, edition: string): Promise<IncidentRow[]> {
  const { rows } = await db.query<IncidentRow>(
    'select scope, message, first_at, last_at, times from incident where edition = $1 and resolved_at is null order by first_at',
    [edition],
  );
  return rows;
}

/** In which editions something fails now: how many things. Those with the most first. */
export async function editionsFailing(db: Db, limit: number): Promise<{ edition: string; count: number }[]> {
  const { rows } = await db.query<{ edition: string; count: number }>(
    `select edition, count(*)::int as count from incident where resolved_at is null group by 1 order by 2 desc, 1 limit $1`,
    [limit],
  );
  return rows;
}
