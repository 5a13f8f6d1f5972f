/** Search over editions, their people, projects, documents and applications: as far as whoever looks may read them, and no further. */
import { isSameAddress } from '../domain/address.js';
import { type Deed, type Held, type Scope, scopeOf } from '../domain/rights.js';
import { type AskedWord, mostWords, SEARCHED, type Searched } from '../domain/search.js';
import type { StepId } from '../domain/steps.js';
import type { Db } from './db.js';

/** Something that was found. `said`: an address, or the text in which it was found. */
export interface Found {
  kind: Searched;
  edition: string;
  editionTitle: string;
  territory: string;
  /** Of a person, a project, an application. */
  id: string;
  title: string;
  said: string;
  role: string | null;
  /** Of a document. */
  step: StepId | null;
  /** The project that a document belongs to, and what it is called. */
  project: string | null;
  projectTitle: string | null;
}

/** What is looked for: of one kind from one on, or the first of each; in one edition, or in all. */
export interface Wanted {
  text: string;
  kind?: Searched | undefined;
  edition?: string | undefined;
  from: number;
  /** So many of each kind. */
  limit: number;
}

/** What was found, which words it was found by, and of which kinds there is more. */
export interface SearchResult {
  asked: AskedWord[];
  found: Found[];
  more: Searched[];
}

/** What one must be allowed to do where something is found. */
const needs: Record<Searched, readonly Deed[]> = {
  editions: ['edition.see', 'edition.engine'],
  people: ['edition.people'],
  projects: ['edition.see'],
  documents: ['edition.see'],
  applications: ['edition.answers'],
};

/** In SQL: the rows of each kind, in editions `e`; `q`: what they must hold; `but`: applications that are not read. */
const rowsOf: Record<Searched, { columns: string; from: string; where: (q: string, but: string) => string; by: string }> = {
  editions: {
    columns: `'' as id, e.title, '' as said, null as role, null as step, null as project`,
    from: 'edition e',
    where: (q) => `words_of_text(e.title || ' ' || e.territory) @@ ${q}`,
    by: 'e.title',
  },
  people: {
    columns: 'p.id, p.name as title, p.email as said, p.role, null as step, null as project',
    from: 'person p join edition e on e.id = p.edition',
    where: (q) => `words_of_name(p.name || ' ' || p.email) @@ ${q}`,
    by: 'p.name, p.id',
  },
  projects: {
    columns: `j.id, j.title, '' as said, null as role, null as step, null as project`,
    from: 'project j join edition e on e.id = j.edition',
    where: (q) => `words_of_text(j.title) @@ ${q}`,
    by: 'j.title, j.id',
  },
  documents: {
    columns: `'' as id, d.title, d.body as said, null as role, d.step, d.project`,
    from: 'document d join edition e on e.id = d.edition',
    where: (q) => `words_of_text(d.title || ' ' || d.body) @@ ${q} and not exists (select 1 from document o
      where o.edition = d.edition and o.step = d.step and o.project = d.project and (o.generation, o.version) > (d.generation, d.version))`,
    by: 'd.frozen_at desc, d.step, d.project',
  },
  applications: {
    columns: 'a.id, a.title, a.summary as said, null as role, null as step, null as project',
    from: 'application a join edition e on e.id = a.edition',
    where: (q, but) =>
      `a.state = 'submitted' and words_of_text(a.title || ' ' || a.summary) @@ ${q} and a.edition || '/' || a.id <> all(${but})`,
    by: 'a.title, a.id',
  },
};

/** What is found by some words, by kind, in the latest editions first: three statements. `reader`: the address of whoever looks. */
export async function search(db: Db, held: readonly Held[], reader: string, wanted: Wanted): Promise<SearchResult> {
  const { kind, edition, from, limit } = wanted;
  const asked = await wordsIn(db, wanted.text);
  const kinds = SEARCHED.filter((one) => (kind === undefined || one === kind) && isSomewhere(scopeOf(held, needs[one])));
  if (asked.length === 0 || kinds.length === 0) return { asked, found: [], more: [] };
  const values: unknown[] = [];
  const value = (one: unknown, type: string) => `$${values.push(one)}::${type}`;
  const within = (of: Searched) => {
    const { everywhere, territories, editions } = scopeOf(held, needs[of]);
    const some = everywhere ? 'true' : `(e.territory = any(${value(territories, 'text[]')}) or e.id = any(${value(editions, 'text[]')}))`;
    return edition === undefined ? some : `${some} and e.id = ${value(edition, 'text')}`;
  };
  const but = kinds.includes('applications') ? value(await recusedOf(db, scopeOf(held, needs.applications), reader), 'text[]') : '';
  const parts = kinds.map((one, n) => {
    const { columns, from: table, where, by } = rowsOf[one];
    const query = value((one === 'people' ? namesQuery : textsQuery)(asked), 'tsquery');
    return `(select ${n} as n, row_number() over (order by e.started_at desc, e.id, ${by}) as place, '${one}' as kind, e.id as edition, ${columns}
      from ${table} where ${where(query, but)} and ${within(one)} order by place offset ${value(from, 'integer')} limit ${value(limit + 1, 'integer')})`;
  });
  const { rows } = await db.query<Found & { place: number }>(
    `select f.*, e.title as "editionTitle", e.file->'territory'->>'name' as territory, j.title as "projectTitle"
     from (${parts.join(' union all ')}) f join edition e on e.id = f.edition left join project j on j.edition = f.edition and j.id = f.project
     order by f.n, f.place`,
    values,
  );
  const isShown = ({ place }: { place: number }) => place <= from + limit;
  return { asked, found: rows.filter(isShown), more: [...new Set(rows.filter((row) => !isShown(row)).map((row) => row.kind))] };
}

const isSomewhere = ({ everywhere, territories, editions }: Scope): boolean => everywhere || territories.length + editions.length > 0;

/**
 * The words of what was typed, as the database takes texts apart, and their French stems; what says nothing by itself is left out,
 * but for the last, which may not be typed to its end.
 */
async function wordsIn(db: Db, text: string): Promise<AskedWord[]> {
  const { rows } = await db.query<{ word: string; stems: string[] | null }>(
    `select w.word, ts_lexize('french_stem', w.word) as stems from unnest(string_to_array(trim(plain_words($1)), ' ')) with ordinality as w(word, n)
     where w.word <> '' order by w.n limit ${mostWords}`,
    [text],
  );
  const telling = rows.filter(({ stems }, n) => n === rows.length - 1 || stems === null || stems.length > 0);
  return telling.map(({ word, stems }) => ({ word, ...(stems?.[0] === undefined ? {} : { stem: stems[0] }) }));
}

const lexeme = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
const asTyped = ({ word }: AskedWord, n: number, all: readonly AskedWord[]): string => lexeme(word) + (n === all.length - 1 ? ':*' : '');

/** Names have no stems: each word as it is, the last as far as it was typed. */
const namesQuery = (asked: readonly AskedWord[]): string => asked.map(asTyped).join(' & ');
const textsQuery = (asked: readonly AskedWord[]): string =>
  asked.map((one, n) => `(${[asTyped(one, n, asked), ...(one.stem === undefined ? [] : [lexeme(one.stem)])].join(' | ')})`).join(' & ');

/** The applications in which whoever reads at an address declared an interest: what a seat in the jury does not let them read, a search does not either. */
async function recusedOf(db: Db, { everywhere, territories, editions }: Scope, reader: string): Promise<string[]> {
  const { rows } = await db.query<{ email: string; application: string }>(
    `select p.email, i.edition || '/' || i.application as application from edition e
       join person p on p.edition = e.id and lower(normalize(split_part(p.email, '@', 1), NFC)) = lower(normalize(split_part($4, '@', 1), NFC))
       join current_interest i on i.edition = p.edition and i.person = p.id
     where $1 or e.territory = any($2) or e.id = any($3)`,
    [everywhere, territories, editions, reader],
  );
  return rows.filter(({ email }) => isSameAddress(email, reader)).map(({ application }) => application);
}
