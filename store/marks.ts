import type { Db } from './db.js';

/**
 * A mark of each of some editions: another one when something was done, decided or sent in it, or its clock was moved. One statement, whatever their
 * number, and a look at the end of two indexes for each.
 */
export async function marksOf(db: Db, editions: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; mark: string }>(
    `select e.id, concat_ws('.', e.status, e.clock_offset_ms, (select max(id) from audit where edition = e.id),
       (select extract(epoch from max(sent_at)) from outbox where edition = e.id and sent_at is not null)) as mark
     from edition e where e.id = any($1)`,
    [editions],
  );
  return new Map(rows.map(({ id, mark }) => [id, mark]));
}
