import type { Db } from '../../store/db.js';

/** A step of what Postgres did, as `explain (format json)` says it. */
interface Step {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Step[];
}

/** How many rows of tables, and blocks, were looked at for all that `ask` asks. */
export async function readBy(db: Db, ask: (db: Db) => Promise<unknown>): Promise<{ rows: number; blocks: number }> {
  const read = { rows: 0, blocks: 0 };
  await ask({
    query: async (text, values) => {
      const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: Step }] }>(`explain (analyze, buffers, format json) ${text}`, values);
      const plan = rows[0]?.['QUERY PLAN'][0].Plan;
      if (plan === undefined) throw new Error(`not explained: ${text}`);
      read.rows += rowsOf(plan);
      read.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      return db.query(text, values);
    },
  });
  return read;
}

function rowsOf(step: Step): number {
  const { 'Relation Name': table, 'Actual Loops': loops, 'Actual Rows': kept } = step;
  const removed = (step['Rows Removed by Filter'] ?? 0) + (step['Rows Removed by Index Recheck'] ?? 0);
  const below = (step.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);
  return below + (table === undefined ? 0 : loops * (kept + removed));
}
