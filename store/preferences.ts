import type { EditionView } from '../domain/view.js';
import { audit } from './audit.js';
import { type Db, inTransaction, type Store } from './db.js';
import { type EditionRow, findEdition } from './editions.js';
import { isPreferencesSeal } from './links.js';
import { editionView } from './views/index.js';

/** What a person wants to be written in one edition. */
export interface Preferences {
  /** The weekly digest. */
  digest: boolean;
  locale: 'fr' | 'en';
}

/** A person's preferences, and the edition they hold in. */
export interface PreferencesView extends Preferences {
  /** Opaque id of the person, which links carry. */
  ref: string;
  name: string;
  edition: EditionView;
  /** Business instant of the view, epoch ms. */
  at: number;
}

interface Found extends Preferences {
  id: string;
  name: string;
  row: EditionRow;
}

/** The preferences of the person behind an opaque id; undefined when there is nobody. */
export async function findPreferences(
  store: Store,
  { ref, realNow }: { ref: string; realNow: number },
): Promise<PreferencesView | undefined> {
  const found = await find(store.pool, ref);
  if (found === undefined) return undefined;
  const { row, name, digest, locale } = found;
  return { ref, name, digest, locale, edition: editionView(row), at: realNow + row.clock_offset_ms };
}

/** Whether a seal opens the preferences of the person behind an opaque id, in constant time. */
export async function isPreferencesLink(db: Db, { ref, mac, linkKey }: { ref: string; mac: string; linkKey: Buffer }): Promise<boolean> {
  const { rows } = await db.query<{ n: number }>('select preferences_n as n from person where ref = $1', [ref]);
  const [person] = rows;
  return person !== undefined && isPreferencesSeal(linkKey, { ref, n: person.n }, mac);
}

/** Keeps what a person wants, and says in the journal what changed; false when there is nobody. Nothing is sent, and nobody is woken. */
export async function savePreferences(
  store: Store,
  { ref, realNow, ...wanted }: Partial<Preferences> & { ref: string; realNow: number },
): Promise<boolean> {
  return inTransaction(store.pool, async (tx) => {
    await tx.query('select 1 from person where ref = $1 for no key update', [ref]);
    const found = await find(tx, ref);
    if (found === undefined) return false;
    const { id, row, digest, locale } = found;
    const next = { digest: wanted.digest ?? digest, locale: wanted.locale ?? locale };
    if (next.digest === digest && next.locale === locale) return true;
    await tx.query('update person set digest = $2, locale = $3 where ref = $1', [ref, next.digest, next.locale]);
    const said = { edition: row.id, at: realNow + row.clock_offset_ms, actor: id, subject: id };
    await audit(tx, [
      ...(next.digest === digest ? [] : [{ ...said, verb: next.digest ? ('digest.resumed' as const) : ('digest.stopped' as const) }]),
      ...(next.locale === locale ? [] : [{ ...said, verb: 'language.chosen' as const, detail: { locale: next.locale } }]),
    ]);
    return true;
  });
}

async function find(db: Db, ref: string): Promise<Found | undefined> {
  const { rows } = await db.query<{ edition: string; id: string; name: string; digest: boolean; locale: 'fr' | 'en' | null }>(
    'select edition, id, name, digest, locale from person where ref = $1',
    [ref],
  );
  const [person] = rows;
  const row = person === undefined ? undefined : await findEdition(db, person.edition);
  if (person === undefined || row === undefined) return undefined;
  return { ...person, locale: person.locale ?? row.file.territory.locale, row };
}
