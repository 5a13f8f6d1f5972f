/** Rows that come as JSON, so that one statement answers several lists. Instants come as text then. */

/** In SQL: the rows of a statement as one value, a list. */
export const listOf = (statement: string): string => `(select coalesce(json_agg(x), '[]') from (${statement}) x)`;

/** In SQL: the one row of a statement as one value. */
export const rowOf = (statement: string): string => `(select to_json(x) from (${statement}) x)`;

/** In SQL: a statement about one edition ($1) as part of one that goes through editions `e`. */
export const inEach = (statement: string): string => statement.replaceAll('$1', 'e.id');

/** A row as JSON has it: these of its columns are instants. */
export type InJson<Row, Instants extends keyof Row> = Omit<Row, Instants> & { [I in Instants]: string | Extract<Row[I], null> };

/** A row with its instants again. */
export function withInstants<Row, Instants extends keyof Row>(row: InJson<Row, Instants>, instants: readonly Instants[]): Row {
  const read: Record<PropertyKey, unknown> = { ...row };
  for (const instant of instants) {
    const text = read[instant];
    if (typeof text === 'string') read[instant] = new Date(text);
  }
  return read as Row;
}
