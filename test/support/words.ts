import type { Store } from '../../store/db.js';

/** All that people are called or have written in an edition: names, addresses, answers, drafts, documents, reasons. Codes, ids and dates among it are left out. */
export async function wordsOf({ pool }: Store, edition: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: unknown }>(
    `select to_jsonb(array[name, email]) as said from person where edition = $1
     union all select answer from ask_person where edition = $1 and answer is not null
     union all select body from draft d join ask_person p using (request) where p.edition = $1
     union all select other from draft d join ask_person p using (request) where p.edition = $1 and other is not null
     union all select to_jsonb(array[title, summary, reason]) from application where edition = $1
     union all select to_jsonb(array[title, body]) from document where edition = $1
     union all select to_jsonb(nature) from interest where edition = $1
     union all select to_jsonb(purpose) from pair where edition = $1
     union all select to_jsonb(text) from audit_reason where edition = $1`,
    [edition],
  );
  return [...new Set(rows.flatMap(({ said }) => textsIn(said)))].filter((text) => /[^a-z0-9.:-]/.test(text));
}

/** Every string in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Those of the words that are somewhere in a value. */
export const wordsIn = (value: unknown, words: readonly string[]): string[] => {
  const texts = textsIn(value).map((text) => text.toLowerCase());
  return words.filter((word) => texts.some((text) => text.includes(word.toLowerCase())));
};
