import { createHash, randomBytes } from 'node:crypto';
import { oneLine } from '../domain/clean.js';
import { keptActor, type Verb } from '../domain/journal.js';
import { type Db, type Writing, write } from './db.js';

/** One line of the journal: ids and words of the code, never what people wrote. */
export interface AuditEntry {
  edition: string;
  /** Business instant, epoch ms. */
  at: number;
  /** A person's id, `account:ID`, or who is no person (`ACTOR_WORDS`). */
  actor: string;
  verb: Verb;
  /** The id of what it is about. */
  subject: string;
  /** Ids and codes; numbers are whole. `reason` is not given here: see `Written`. */
  detail?: Record<string, string | number | boolean | string[] | null> & { reason?: never };
}

/** An entry to write; `reason`: what a coordinator gave as one. It is kept beside the journal, whose detail keeps only its salted hash. */
export type Written = AuditEntry & { reason?: string };

/** An entry as it stands in the journal; its detail's `reason` is the hash of one. */
export interface Entry extends Omit<AuditEntry, 'detail' | 'verb'> {
  id: number;
  /** A verb, mostly of this build. */
  verb: string;
  detail: Record<string, string | number | boolean | string[] | null>;
}

/** The hash that stands for a reason in the journal (lower-case hexadecimal). */
export const reasonHash = ({ salt, text }: { salt: string; text: string }): string =>
  createHash('sha256').update(`${salt}\n${text}`).digest('hex');

/** Writes to the journal, in the transaction of what it tells, all of its entries at its end, with the reasons that they name; each is chained when that commits (decision 0015). */
export async function audit(db: Db, entries: readonly Written[]): Promise<void> {
  await write(db, entriesWritten, entries);
}

const entriesWritten: Writing<Written> = (entries) => {
  const reasons: { hash: string; edition: string; salt: string; text: string }[] = [];
  const rows = entries.map(({ reason, detail: given = {}, actor: by, ...rest }) => {
    const { actor, detail: more } = keptActor(by);
    const [entry, detail] = [
      { ...rest, actor },
      { ...given, ...more },
    ];
    if (reason === undefined) return { ...entry, detail };
    const text = oneLine(reason); // a line of its own is not to be had in a journal
    const salt = randomBytes(16).toString('hex');
    const hash = reasonHash({ salt, text });
    reasons.push({ hash, edition: entry.edition, salt, text });
    return { ...entry, detail: { ...detail, reason: hash } };
  });
  const entry = {
    name: 'entries',
    text: `insert into audit (edition, at, actor, verb, subject, detail)
     select e->>'edition', to_timestamp((e->>'at')::numeric / 1000), e->>'actor', e->>'verb', e->>'subject', e->'detail'
     from jsonb_array_elements($1::jsonb) with ordinality as x(e, n) order by n`,
    values: [JSON.stringify(rows)],
  };
  if (reasons.length === 0) return [entry];
  const kept = {
    name: 'reasons',
    text: `insert into audit_reason (hash, edition, salt, text)
       select r->>'hash', r->>'edition', r->>'salt', r->>'text' from jsonb_array_elements($1::jsonb) r`,
    values: [JSON.stringify(reasons)],
  };
  return [kept, entry];
};

/** The journal of an edition, oldest first. */
export async function journal(db: Db, edition: string): Promise<Entry[]> {
  const { rows } = await db.query<Omit<Entry, 'at'> & { at: Date }>(
    'select id, edition, at, actor, verb, subject, detail from audit where edition = $1 order by id',
    [edition],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** The reasons given in an edition that were not erased, by their hash. */
export async function reasonsOf(db: Db, edition: string): Promise<Map<string, { salt: string; text: string }>> {
  const { rows } = await db.query<{ hash: string; salt: string; text: string }>(
    'select hash, salt, text from audit_reason where edition = $1',
    [edition],
  );
  return new Map(rows.map(({ hash, ...said }) => [hash, said]));
}

/** A journal was held against its chain. Real time. */
export interface JournalCheck {
  at: number;
  ok: boolean;
  entries: number;
}

/** What sorts of things a journal tells, by the first word of their verbs. */
export const JOURNAL_KINDS = ['edition', 'ask', 'application', 'mail', 'person', 'project'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];
const verbsOf: Readonly<Record<JournalKind, readonly string[]>> = {
  edition: ['edition', 'fact', 'risk', 'act', 'calendar'],
  ask: ['ask', 'link'],
  application: ['application'],
  mail: ['mail', 'message', 'digest'],
  person: ['person', 'language'],
  project: ['project'],
};

/** What a journal may be narrowed to. `who`: an id, or part of a name, of who did it or whom it is about; instants are business instants, `until` exclusive. */
export interface JournalFilter {
  who?: string | undefined;
  kind?: JournalKind | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

/**
 * A page of a journal, the newest first, with the reason that was given where one was (`said`), and when the journal was verified last; `from`: how many
 * come before.
 */
export async function journalPage(
  db: Db,
  edition: string,
  { from, limit, who, kind, since, until }: { from: number; limit: number } & JournalFilter,
): Promise<{ entries: (Entry & { said?: string })[]; more: boolean; checked?: JournalCheck }> {
  const { rows } = await db.query<Omit<Entry, 'at'> & { at: Date; said: string | null; checked: JournalCheck | null }>(
    `select id, edition, at, actor, verb, subject, detail, (select text from audit_reason where hash = detail->>'reason') as said,
       (select json_build_object('at', extract(epoch from c.at) * 1000, 'ok', c.ok, 'entries', c.entries) from journal_check c where c.edition = $1) as checked
     from audit where edition = $1 and ($4::text[] is null or split_part(verb, '.', 1) = any($4))
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       and ($7::text is null or array[actor, subject, detail->>'person'] && (select array_agg(id) from (
         select id from person where edition = $1 and (id = $7 or position(lower($7) in lower(name)) > 0)
         union all select 'account:' || id from account where position(lower($7) in lower(name)) > 0) p))
     order by id desc offset $2 limit $3`,
    [edition, from, limit + 1, kind === undefined ? null : verbsOf[kind], since ?? null, until ?? null, who ?? null],
  );
  const entries = rows
    .slice(0, limit)
    .map(({ said, at, checked: _, ...entry }) => ({ ...entry, at: at.getTime(), ...(said === null ? {} : { said }) }));
  const checked = rows[0]?.checked ?? undefined;
  return { entries, more: rows.length > limit, ...(checked === undefined ? {} : { checked }) };
}
