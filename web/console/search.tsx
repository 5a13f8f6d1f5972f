/** What was found, by kind: each leads to the page on which it is read. */
import type { Child } from 'hono/jsx';
import { type AskedWord, excerptOf, partsOf, SEARCHED, type Searched, type TextPart } from '../../domain/search.js';
import { isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { Found, SearchResult } from '../../store/search.js';
import type { Viewer } from '../access.js';
import { Layout } from '../layout.js';
import { pageOfRows } from '../pager.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';

interface Asked {
  text: string;
  kind?: Searched;
  edition?: string;
  from: number;
}

/** The page of a search; `result`: left out where nothing was looked for yet. */
export function SearchPage({
  locale,
  viewer,
  result,
  ...asked
}: Asked & { locale: Locale; viewer: Viewer; result?: SearchResult | 'too-often' }) {
  const { search: words } = wordsOf(locale);
  const { text, kind, edition, from } = asked;
  const found = result === undefined || result === 'too-often' ? undefined : result;
  const kinds = SEARCHED.filter((one) => found?.found.some((row) => row.kind === one));
  return (
    <Layout locale={locale} title={words.title} wide menu={<Menu locale={locale} viewer={viewer} searches={false} />}>
      <h1>{words.title}</h1>
      <form method="post" action="/search" class="card">
        <label class="block" for="f-q">
          {words.what}
        </label>
        <p class="small" id="h-q">
          {words.hint}
        </p>
        <div class="buttons">
          <input type="search" id="f-q" name="q" value={text} maxlength={200} autocomplete="off" aria-describedby="h-q" />
          <button type="submit">{words.button}</button>
        </div>
        {edition === undefined ? null : (
          <label>
            <input type="checkbox" name="edition" value={edition} checked /> {words.only}
          </label>
        )}
      </form>
      {result === 'too-often' ? (
        <p class="notice" role="alert">
          {words.tooOften}
        </p>
      ) : null}
      {found !== undefined && kinds.length === 0 ? <p role="status">{words.none(text)}</p> : null}
      {kinds.map((one) => (
        <section class="card" aria-labelledby={`found-${one}`}>
          <h2 id={`found-${one}`}>{words.kinds[one]}</h2>
          <ul class="plain found">
            {found?.found.flatMap((row) => (row.kind === one ? [<Line row={row} asked={found.asked} locale={locale} />] : []))}
          </ul>
          {found?.more.includes(one) ? (
            <More asked={asked} kind={one} from={kind === undefined ? 0 : from + pageOfRows}>
              {kind === undefined ? words.all(words.kinds[one]) : words.next}
            </More>
          ) : null}
        </section>
      ))}
      {kind === undefined ? null : <More asked={asked}>{words.every}</More>}
    </Layout>
  );
}

/** Asks for the same again: of one kind from one on, or of every kind. */
function More({ asked: { text, edition }, kind, from = 0, children }: { asked: Asked; kind?: Searched; from?: number; children: Child }) {
  return (
    <form method="post" action="/search">
      <input type="hidden" name="q" value={text} />
      {edition === undefined ? null : <input type="hidden" name="edition" value={edition} />}
      {kind === undefined ? null : <input type="hidden" name="kind" value={kind} />}
      {from === 0 ? null : <input type="hidden" name="from" value={from} />}
      <button type="submit" class="quiet">
        {children}
      </button>
    </form>
  );
}

function Line({ row, asked, locale }: { row: Found; asked: readonly AskedWord[]; locale: Locale }) {
  const { kind, edition, editionTitle, territory, title, said, role, step, projectTitle } = row;
  const about = [
    ...(role === null ? [] : [isRoleWord(role) ? ROLE_WORDS[role][locale] : role]),
    ...(step === null ? [] : [STEP_WORDS[step][locale]]),
    ...(projectTitle === null ? [] : [wordsOf(locale).console.forProject(projectTitle)]),
    ...(kind === 'editions' ? [] : [editionTitle]),
    territory,
  ];
  return (
    <li>
      <a href={`/editions/${edition}${pathOf(row)}`}>
        <Marked parts={partsOf(title, asked)} />
      </a>
      <p class="small">{about.join(' · ')}</p>
      {said === '' ? null : (
        <p>
          <Marked parts={kind === 'people' ? partsOf(said, asked) : excerptOf(said, asked)} />
        </p>
      )}
    </li>
  );
}

/** Where something is read, in its edition. */
function pathOf({ kind, id, step, project }: Found): string {
  if (kind === 'people' || kind === 'applications') return `/${kind}/${id}`;
  if (kind === 'documents') return `/documents/${step}${project ? `/${project}` : ''}`;
  return kind === 'projects' ? '/projects' : '';
}

const Marked = ({ parts }: { parts: readonly TextPart[] }) => <>{parts.map(({ text, found }) => (found ? <mark>{text}</mark> : text))}</>;
