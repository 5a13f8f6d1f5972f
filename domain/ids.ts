/**
 * Ids of one family in the order of their numbers: `a-99`, then `a-100`. Two digits are written at least, so that the shorter one is the lower.
 * SQL says it as `order by length(id), id`.
 */
export const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The nth id of a family: `a-01`, `a-100`. */
export const numbered = (family: string, n: number): string => `${family}-${String(n).padStart(2, '0')}`;
