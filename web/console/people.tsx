/** People of an edition: who they are, whether mail reaches them, what is asked of them and what they did; from there, the acts on them. */
import type { Child } from 'hono/jsx';
import type { ActName } from '../../domain/acts.js';
import { dateInWords } from '../../domain/instants.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import { isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { AskedOf, Did, PeoplePage, PersonFound, PersonLine } from '../../store/peoplelist.js';
import type { EditionPart } from '../backend.js';
import { Pager } from '../pager.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Shell, type ShellProps } from './shell.js';

interface Props extends ShellProps {
  /** Whether whoever looks may act on it now. */
  mayAct: boolean;
}
type Part<More> = EditionPart & More;

const roleIn = (role: string, locale: Locale): string => (isRoleWord(role) ? ROLE_WORDS[role][locale] : role);

/** A page of people, by role. `role`: only of that; `search`: in their names. */
export function PeoplePageView({
  part,
  search,
  role,
  from,
  done,
  ...props
}: Props & { part: Part<PeoplePage>; search: string; role: string; from: number; done?: ActName | undefined }) {
  const { locale, mayAct } = props;
  const { people: words, acts } = wordsOf(locale).console;
  const { edition, people, roles, next } = part;
  const path = `/editions/${edition.id}/people`;
  const all = roles.reduce((sum, { n }) => sum + n, 0);
  const head = [
    words.columns.person,
    words.columns.role,
    words.columns.address,
    words.columns.asked,
    words.columns.last,
    words.columns.substitute,
  ];
  return (
    <Shell {...props} of={part} current="people" title={words.title} notice={done === undefined ? undefined : acts.done[done]}>
      {mayAct ? (
        <p class="acts">
          <a class="button" href={`/editions/${edition.id}/acts/add`}>
            {acts.links.add}
          </a>
        </p>
      ) : null}
      <nav aria-label={words.roles}>
        <p class="acts">
          {[{ role: '', n: all }, ...roles].map((one) => (
            <a href={one.role === '' ? path : `${path}?role=${one.role}`} aria-current={one.role === role ? 'true' : undefined}>
              {one.role === '' ? words.all : roleIn(one.role, locale)} <strong>{one.n}</strong>
            </a>
          ))}
        </p>
      </nav>
      <form method="post" action={path} class="card">
        <label class="block" for="f-q">
          {words.search}
        </label>
        <div class="buttons">
          <input type="search" id="f-q" name="q" value={search} maxlength={200} autocomplete="off" />
          <button type="submit" class="quiet">
            {words.find}
          </button>
        </div>
      </form>
      <section class="card">
        <h2 id="list">{words.count(role === '' ? all : (roles.find((one) => one.role === role)?.n ?? 0))}</h2>
        {people.length === 0 ? null : (
          <Table labelledBy="list" head={head} cards>
            <Rows rows={people.map((person) => rowOf(person, part, locale))} labels={head} />
          </Table>
        )}
      </section>
      {search === '' ? (
        <Pager locale={locale} path={path} from={from} next={next} {...(role === '' ? {} : { query: { role } })} />
      ) : next === undefined ? null : (
        <form method="post" action={path} class="buttons">
          <input type="hidden" name="q" value={search} />
          <input type="hidden" name="from" value={next} />
          <button type="submit" class="quiet">
            {words.next}
          </button>
        </form>
      )}
    </Shell>
  );
}

function rowOf(person: PersonLine, part: EditionPart, locale: Locale): Child[] {
  const { people: words } = wordsOf(locale).console;
  const day = (date: string) => dateInWords(date, part, locale);
  return [
    <>
      <a href={`/editions/${part.edition.id}/people/${person.id}`}>
        <strong>{person.name}</strong>
      </a>
      <Gone person={person} part={part} locale={locale} />
    </>,
    roleIn(person.role, locale),
    <Address person={person} part={part} locale={locale} />,
    person.asked.length === 0 ? (
      ''
    ) : (
      <ul class="plain">
        {person.asked.map((ask) => (
          <li>
            {whatIn(ask, locale)} <Late ask={ask} locale={locale} />
          </li>
        ))}
      </ul>
    ),
    person.last === undefined ? '' : `${whatIn(person.last, locale)}, ${words.on(day(person.last.on))}`,
    person.substitute ?? '',
  ];
}

const whatIn = ({ kind, step, project }: Pick<AskedOf, 'kind' | 'step' | 'project'>, locale: Locale): string => {
  const { console: words, kinds } = wordsOf(locale);
  return `${STEP_WORDS[step][locale]} (${[kinds[kind].page.noun, ...(project === undefined ? [] : [words.forProject(project)])].join(', ')})`;
};

function Late({ ask: { late }, locale }: { ask: AskedOf; locale: Locale }) {
  return late === 0 ? null : <span class="tag late">{wordsOf(locale).console.people.late(workingDays(late, locale))}</span>;
}

function Gone({ person: { left, successor }, part, locale }: { person: PersonLine; part: EditionPart; locale: Locale }) {
  const { people: words } = wordsOf(locale).console;
  if (left === undefined) return null;
  const day = dateInWords(left, part, locale);
  return <p class="small">{successor === undefined ? words.left(day) : words.replacedBy(successor, day)}</p>;
}

function Address({ person: { failing }, part, locale }: { person: PersonLine; part: EditionPart; locale: Locale }) {
  const { people: words } = wordsOf(locale).console;
  if (failing === undefined) return <>{words.works}</>;
  const day = dateInWords(failing.since, part, locale);
  return <span class="tag late wrap">{failing.unreachable ? words.unreachable(day) : words.doubtful(day)}</span>;
}

/** The page of somebody: what is asked of them, what they did, where mail goes, and what can be done. */
export function PersonPageView({ part, ...props }: Props & { part: Part<PersonFound> }) {
  const { locale, mayAct } = props;
  const { people: words } = wordsOf(locale).console;
  const { edition, person, did } = part;
  return (
    <Shell {...props} of={part} current="people" title={person.name} above={{ path: 'people', title: words.title }}>
      <p class="small">
        <a href={`/editions/${edition.id}/people`}>{words.back}</a>
      </p>
      <p>
        <span class="tag plain-tag">{roleIn(person.role, locale)}</span>{' '}
        {person.substitute === undefined ? null : `${words.columns.substitute} : ${person.substitute}`}
      </p>
      <Gone person={person} part={part} locale={locale} />
      <section class="card">
        <h2>{words.askedTitle}</h2>
        {person.asked.length === 0 ? <p>{words.nothing}</p> : null}
        <ul class="waits">
          {person.asked.map((ask) => (
            <Asked ask={ask} {...{ person, part, locale, mayAct }} />
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{words.didTitle}</h2>
        {did.length === 0 ? <p>{words.nothing}</p> : null}
        <ul class="plain">
          {did.map((one) => (
            <Answered did={one} {...{ person, part, locale, mayAct }} />
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{words.addressTitle}</h2>
        <p>
          {person.email} – <Address person={person} part={part} locale={locale} />
        </p>
      </section>
      {mayAct ? (
        <section class="card">
          <h2>{words.actsTitle}</h2>
          <div class="buttons">
            {(person.left === undefined ? (['replace', 'leave', 'address', 'edit'] as const) : (['edit'] as const)).map((act) => (
              <a class="button quiet" href={actPath(edition.id, act, { person: person.id })}>
                {wordsOf(locale).console.acts.links[act]}
              </a>
            ))}
          </div>
          <p class="small">{words.replaceOrLeave}</p>
        </section>
      ) : null}
    </Shell>
  );
}

interface Of {
  person: PersonLine;
  part: EditionPart;
  locale: Locale;
  mayAct: boolean;
}

function Asked({ ask, person, part, locale, mayAct }: Of & { ask: AskedOf }) {
  const { people: words, acts } = wordsOf(locale).console;
  const { id } = part.edition;
  const of = { ask: ask.ask, person: person.id };
  return (
    <li>
      <h3>{whatIn(ask, locale)}</h3>
      <p class="small">
        {words.due(dateInWords(ask.due, part, locale))} <Late ask={ask} locale={locale} />
      </p>
      {mayAct ? (
        <p class="acts">
          <a href={actPath(id, 'nudge', of)}>{words.remind}</a>
          {isSaidForOthers(ask.kind) ? (
            <>
              <a href={`/editions/${id}/answer-for?${new URLSearchParams(of)}`}>{words.answerFor}</a>
              <a href={actPath(id, 'reassign', of)}>{acts.links.reassign}</a>
            </>
          ) : null}
        </p>
      ) : null}
    </li>
  );
}

function Answered({ did, person, part, locale, mayAct }: Of & { did: Did }) {
  const { people: words, acts } = wordsOf(locale).console;
  return (
    <li>
      {whatIn(did, locale)}, {words.on(dateInWords(did.on, part, locale))}
      {did.reopened ? ` – ${words.reopened}` : ''}{' '}
      {mayAct && did.open && !did.reopened && did.kind !== 'score' ? (
        <a href={actPath(part.edition.id, 'reopen', { ask: did.ask, person: person.id })}>{acts.links.reopen}</a>
      ) : null}
    </li>
  );
}

/** The page of an act on somebody. */
export const actPath = (edition: string, act: ActName, of: Record<string, string>): string =>
  `/editions/${edition}/acts/${act}?${new URLSearchParams(of)}`;
