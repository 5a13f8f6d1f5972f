import type { Db } from './db.js';

/** One line of the journal: ids and words of the code, never what people wrote. */
export interface AuditEntry {
  edition: string;
  /** Business instant, epoch ms. */
  at: number;
  /** A person's id, `coordinator` (by hand), or `programme`. */
  actor: string;
  verb: string;
  /** The id of what it is about. */
  subject: string;
  detail?: Record<string, string | number | boolean | string[] | null>;
}

/** Writes to the journal, in the transaction of what it tells. */
export async function audit(db: Db, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `insert into audit (edition, at, actor, verb, subject, detail)
     select e->>'edition', to_timestamp((e->>'at')::numeric / 1000), e->>'actor', e->>'verb', e->>'subject', coalesce(e->'detail', '{}')
     from jsonb_array_elements($1::jsonb) with ordinality as x(e, n) order by n`,
    [JSON.stringify(entries)],
  );
}

/** The journal of an edition, oldest first. */
export async function journal(db: Db, edition: string): Promise<(Required<AuditEntry> & { id: number })[]> {
  const { rows } = await db.query<{
    id: number;
    at: Date;
    actor: string;
    verb: string;
    subject: string;
    detail: Required<AuditEntry>['detail'];
  }>('select id, at, actor, verb, subject, detail from audit where edition = $1 order by id', [edition]);
  return rows.map((row) => ({ ...row, edition, at: row.at.getTime() }));
}
