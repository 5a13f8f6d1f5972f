import { createHash } from 'node:crypto';
import { installationJournal } from '../domain/journal.js';
import { type Entry, reasonHash, reasonsOf } from './audit.js';
import type { Db } from './db.js';

/** An entry with its place in the chain of its edition: its number (from 1), the hash before it and its own (lower-case hexadecimal). */
export interface ChainedEntry extends Entry {
  n: number;
  prev: string;
  hash: string;
}

/** The last link of a chain: noted elsewhere, it shows later that nothing before it was changed or cut off. */
export interface ChainHead {
  n: number;
  hash: string;
}

/**
 * What does not fit. `changed`: the entry, or the hash before it, is not what was chained. `removed`: the chain has an entry that the journal
 * has not. `gap`: the chain lacks number `n`. `unchained`: the journal has an entry that the chain has not. `reason`: the reason kept beside
 * the entry is not the one that was given. `head`: the head noted earlier is not in the chain.
 */
export type ChainFault =
  | { what: 'changed' | 'removed' | 'reason'; n: number; entry: number }
  | { what: 'gap'; n: number }
  | { what: 'unchained'; entry: number }
  | { what: 'head'; hash: string };

/** What verifying a chain found. `entries`: those of the journal, chained or not; `head`: null when nothing is chained. */
export interface ChainCheck {
  ok: boolean;
  head: ChainHead | null;
  entries: number;
  faults: ChainFault[];
}

/** A journal with its chain, in its order; what is not in the chain; and the reasons that are kept, by the hash that entries name. */
export interface ChainReading extends ChainCheck {
  chained: ChainedEntry[];
  unchained: Entry[];
  reasons: ReadonlyMap<string, string>;
}

/** What stands before the first entry of a chain. */
export const chainStart = '0'.repeat(64);

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON as Postgres writes `jsonb`: a space after each comma and colon, the keys of an object by length, then by bytes. Also what Python's
 * `json.dumps(…, ensure_ascii=False)` writes, once keys are in this order. For whole numbers and strings without lone surrogates.
 */
export function jsonbText(value: Json): string {
  if (isList(value)) return `[${value.map(jsonbText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort(byLengthThenBytes);
  return `{${keys.map((key) => `${JSON.stringify(key)}: ${jsonbText(value[key] ?? null)}`).join(', ')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function byLengthThenBytes(a: string, b: string): number {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length - y.length || Buffer.compare(x, y);
}

/** The hash of an entry at its place: of all that it says and of the hash before it (decision 0015). */
export function entryHash({ prev, edition, n, at, actor, verb, subject, detail }: Omit<ChainedEntry, 'id' | 'hash'>): string {
  const text = jsonbText([prev, edition, n, new Date(at).toISOString(), actor, verb, subject, detail]);
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Verifies the journal of an edition: every entry against its hash, the chain for gaps, the reasons that are kept, and that `head`, a hash
 * noted earlier, is still in it. Each fault is told once: the entries after it are held against the hashes that are there.
 */
export async function verifyChain(db: Db, edition: string, { head }: { head?: string } = {}): Promise<ChainCheck> {
  const { ok, head: last, entries, faults } = await readChain(db, edition, { head });
  return { ok, head: last, entries, faults };
}

/** The journal of an edition in the order of its chain, verified. */
export async function readChain(db: Db, edition: string, { head }: { head?: string | undefined } = {}): Promise<ChainReading> {
  const rows = await linksOf(db, edition);
  const reasons = await reasonsOf(db, edition);
  const faults: ChainFault[] = [];
  const chained: ChainedEntry[] = [];
  const unchained: Entry[] = [];
  let last: ChainHead = { n: 0, hash: chainStart };
  for (const { link, entry } of rows) {
    if (link === undefined) {
      if (entry === undefined) continue;
      faults.push({ what: 'unchained', entry: entry.id });
      unchained.push(entry);
      continue;
    }
    const { n, hash } = link;
    for (let missing = last.n + 1; missing < n; missing++) faults.push({ what: 'gap', n: missing });
    const broken = n !== last.n + 1; // what stood before it is not known any more
    const prev = last.hash;
    last = { n, hash };
    if (entry === undefined) {
      faults.push({ what: 'removed', n, entry: link.entry });
      continue;
    }
    const one = { ...entry, n, prev, hash };
    chained.push(one);
    if (!broken && entryHash(one) !== hash) faults.push({ what: 'changed', n, entry: entry.id });
    const said = typeof entry.detail.reason === 'string' ? reasons.get(entry.detail.reason) : undefined;
    if (said !== undefined && reasonHash(said) !== entry.detail.reason) faults.push({ what: 'reason', n, entry: entry.id });
  }
  if (head !== undefined && !rows.some(({ link }) => link?.hash === head)) faults.push({ what: 'head', hash: head });
  return {
    ok: faults.length === 0,
    head: last.n === 0 ? null : last,
    entries: chained.length + unchained.length,
    faults,
    chained,
    unchained,
    reasons: new Map([...reasons].map(([hash, { text }]) => [hash, text])),
  };
}

interface Link extends ChainHead {
  entry: number;
}

/** Journal and chain of an edition, side by side, read at one moment: in the order of the chain, then what is not in it. */
async function linksOf(db: Db, edition: string): Promise<{ link: Link | undefined; entry: Entry | undefined }[]> {
  const { rows } = await db.query<
    { n: number | null; entry: number | null; hash: string | null } & { [K in keyof Entry]: Entry[K] | null }
  >(
    `select c.n, c.entry, c.hash, a.id, a.edition, floor(extract(epoch from a.at) * 1000)::bigint as at, a.actor, a.verb, a.subject, a.detail
     from (select * from audit where edition = $1) a full join (select * from audit_chain where edition = $1) c on c.entry = a.id
     order by c.n, a.id`,
    [edition],
  );
  return rows.map(({ n, entry, hash, id, edition, at, actor, verb, subject, detail }) => ({
    link: n === null || entry === null || hash === null ? undefined : { n, entry, hash },
    entry:
      id === null || edition === null || at === null || actor === null || verb === null || subject === null || detail === null
        ? undefined
        : { id, edition, at, actor, verb, subject, detail },
  }));
}

/** Verifies the journals whose last check is older than an instant, the oldest first, a few of them; answers which do not verify now, and since when. */
export async function checkJournals(
  db: Db,
  { before, most, realNow }: { before: number; most: number; realNow: number },
): Promise<{ scope: string; since: number }[]> {
  const { rows } = await db.query<{ id: string }>(
    `select j.id from (select id from edition union select $3) as j(id) left join journal_check c on c.edition = j.id
     where c.at is null or c.at < $1 or not c.ok order by c.at nulls first, j.id limit $2`,
    [new Date(before), most, installationJournal],
  );
  for (const { id } of rows) {
    const { ok, entries } = await verifyChain(db, id);
    await db.query(
      `insert into journal_check (edition, at, ok, entries, broken_since) values ($1, $2::timestamptz, $3, $4, case when not $3 then $2::timestamptz end)
       on conflict (edition) do update set at = excluded.at, ok = excluded.ok, entries = excluded.entries,
         broken_since = case when not excluded.ok then coalesce(journal_check.broken_since, excluded.at) end`,
      [id, new Date(realNow), ok, entries],
    );
  }
  const broken = await db.query<{ edition: string; broken_since: Date }>(
    'select edition, broken_since from journal_check where not ok order by edition',
  );
  return broken.rows.map(({ edition, broken_since }) => ({ scope: edition, since: broken_since.getTime() }));
}
