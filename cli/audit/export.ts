import type { Audited } from '../../client/verbs/audit.js';
import { type CsvDialect, csvText } from '../../domain/csv.js';
import type { Entry } from '../../store/audit.js';
import { jsonbText } from '../../store/chain.js';

/** The journal as it is kept elsewhere: what is hashed, as it is hashed, in the order of the chain. */
export function exported(edition: string, { head, chained, unchained }: Audited, faults: string[] | undefined) {
  const entry = ({ n, at, actor, verb, subject, detail, prev, hash }: Exported) => {
    return { n, at: new Date(at).toISOString(), actor, verb, subject, detail, prev, hash };
  };
  const verified = faults === undefined ? {} : { verified: { ok: faults.length === 0, faults } };
  return { edition, head, ...verified, entries: [...chained, ...unchained.map(outside)].map(entry) };
}

type Exported = Entry & { n: number | null; prev: string | null; hash: string | null };
const outside = (entry: Entry): Exported => ({ ...entry, n: null, prev: null, hash: null });

/** The same as CSV: one line an entry, its detail as it is hashed. */
export function csvOf({ chained, unchained }: Audited, dialect: CsvDialect): string {
  const head = ['n', 'edition', 'at', 'actor', 'verb', 'subject', 'detail', 'prev', 'hash'];
  const rows = [...chained, ...unchained.map(outside)].map(({ n, edition, at, actor, verb, subject, detail, prev, hash }) => [
    n,
    edition,
    new Date(at).toISOString(),
    actor,
    verb,
    subject,
    jsonbText(detail),
    prev,
    hash,
  ]);
  return csvText([head, ...rows], dialect);
}
