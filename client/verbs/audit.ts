import { isStepId } from '../../domain/steps.js';
import { type Locale, STEP_WORDS } from '../../domain/words.js';
import { accountNames } from '../../store/accounts.js';
import { findAsks } from '../../store/asks.js';
import type { Entry } from '../../store/audit.js';
import { type ChainReading, readChain } from '../../store/chain.js';
import type { Db } from '../../store/db.js';
import { type EditionRow, findEdition } from '../../store/editions.js';
import { type PersonRow, peopleOf } from '../../store/people.js';
import { type Untold, untoldOf } from '../../store/untold.js';
import type { Installation } from '../installation.js';

/** The journal of an edition, verified, held against what is true, and what it takes to put it into words. */
export interface Audited extends ChainReading {
  /** Undefined when the edition was deleted: its journal stays. */
  row: EditionRow | undefined;
  untold: Untold[];
  people: ReadonlyMap<string, PersonRow>;
  /** The names of accounts, by the actor that the journal writes. */
  accounts: ReadonlyMap<string, string>;
  /** What an entry is about, in words. */
  about(entry: Entry): string;
}

/** Reads and verifies a journal; `head`: a hash noted earlier, which must still be in it. Undefined when there is no such edition and no entry of one. */
export async function readAudit(
  { store: { pool } }: Installation,
  { id, head, locale }: { id: string; head?: string | undefined; locale: Locale },
): Promise<Audited | undefined> {
  const row = await findEdition(pool, id);
  const reading = await readChain(pool, id, { head });
  if (row === undefined && reading.entries === 0 && reading.head === null) return undefined;
  const entries = [...reading.chained, ...reading.unchained];
  const accounts = await accountNames(
    pool,
    entries.flatMap(({ actor, subject }) => [actor, subject]),
  );
  const name = (subject: string) => (subject === id ? (row?.title ?? id) : (accounts.get(subject) ?? subject));
  const about = await subjectsOf(pool, entries, { locale, name });
  return { ...reading, row, untold: await untoldOf(pool, id), people: await peopleOf(pool, id), accounts, about };
}

/** What entries are about, in words: the step of an ask or a fact, with its project; otherwise whoever or whatever the id names. */
export async function subjectsOf(
  db: Db,
  entries: readonly Entry[],
  { locale, name = (id) => id }: { locale: Locale; name?: (id: string) => string },
): Promise<(entry: Entry) => string> {
  const asks = new Map((await findAsks(db, [...new Set(entries.map((entry) => entry.subject))])).map((ask) => [ask.id, ask]));
  return ({ subject }) => {
    const ask = asks.get(subject);
    const [, step = '', , project = '-'] = ask === undefined ? subject.split('.') : ['', ask.step, '', ask.project ?? '-'];
    const mail = /^mail:(\d+)$/.exec(subject)?.[1];
    if (mail !== undefined) return locale === 'fr' ? `message n° ${mail}` : `mail no ${mail}`;
    if (!isStepId(step)) return name(subject);
    return project === '-' ? STEP_WORDS[step][locale] : `${STEP_WORDS[step][locale]} (${project})`;
  };
}
