/** The mails of an edition: those that left, those to come, those that wait for somebody; what can be done with each. */
import { instantInWords } from '../../domain/instants.js';
import { MAIL_WORDS } from '../../domain/mails.js';
import { capital } from '../../domain/phrases.js';
import { type Locale, MAIL_STATE_WORDS } from '../../domain/words.js';
import { MAIL_VIEWS, VIEW_STATES } from '../../store/maillist.js';
import type { MailPart, MailQuery, MailRow } from '../backend.js';
import { Pager } from '../pager.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { askIn } from './preview.js';
import { Shell, type ShellProps } from './shell.js';
import { wordOf } from './tables.js';

interface MailsProps extends ShellProps {
  part: MailPart;
  query: MailQuery;
  /** Whether whoever looks may act. */
  mayAct: boolean;
  done?: 'hold' | 'release' | 'resend' | 'message' | undefined;
}

/** The page. */
export function MailsPage({ part, query, mayAct, done, ...shell }: MailsProps) {
  const { locale } = shell;
  const { mails: words, acts } = wordsOf(locale).console;
  const { edition, next } = part;
  const path = `/editions/${edition.id}/mails`;
  const { view, who, state, ask, from } = query;
  const narrowed = Object.entries({ view: view === 'left' ? undefined : view, who, state, ask }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const notice =
    done === undefined ? undefined : (
      <>
        {acts.done[done]} {done === 'hold' ? <a href={`/editions/${edition.id}/acts/undo`}>{acts.links.undo}</a> : null}
      </>
    );
  return (
    <Shell {...shell} of={part} current="mails" title={words.title} notice={notice}>
      <nav class="tabs" aria-label={words.views.label}>
        <ul>
          {MAIL_VIEWS.map((one) => (
            <li>
              <a href={one === 'left' ? path : `${path}?view=${one}`} aria-current={one === view ? 'page' : undefined}>
                {words.views[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="small">{words.views.lead[view]}</p>
      {mayAct ? (
        <p class="acts">
          <a href={`/editions/${edition.id}/acts/message`}>{acts.links.message}</a>
        </p>
      ) : null}
      <Filter part={part} query={query} path={path} locale={locale} />
      {part.cut === undefined ? null : <p class="notice">{words.cut(part.cut)}</p>}
      <section class="card">
        <MailList part={part} locale={locale} mayAct={mayAct} view={view} />
      </section>
      <Pager locale={locale} path={path} from={from} next={next} query={Object.fromEntries(narrowed)} />
    </Shell>
  );
}

function Filter({ part, query, path, locale }: Pick<MailsProps, 'part' | 'query' | 'locale'> & { path: string }) {
  const { filter: words } = wordsOf(locale).console.mails;
  const { view, who = '', state, ask } = query;
  const states = VIEW_STATES[view];
  return (
    <form method="get" action={path} class="filter">
      {view === 'left' ? null : <input type="hidden" name="view" value={view} />}
      <label>
        {words.who} <input type="search" name="who" value={who} maxlength={100} />
      </label>
      {states.length === 0 ? null : (
        <label>
          {words.state}{' '}
          <select name="state">
            <option value="">{words.any}</option>
            {states.map((one) => (
              <option value={one} selected={one === state}>
                {one === 'returned' ? words.returned : wordOf(MAIL_STATE_WORDS[locale], one)}
              </option>
            ))}
          </select>
        </label>
      )}
      {part.recent.length === 0 ? null : (
        <label>
          {words.ask}{' '}
          <select name="ask">
            <option value="">{words.all}</option>
            {part.recent.map((one) => (
              <option value={one} selected={one === ask}>
                {askIn(part, one, locale)}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="quiet">
        {words.button}
      </button>
    </form>
  );
}

function MailList({ part, locale, mayAct, view }: Pick<MailsProps, 'part' | 'locale' | 'mayAct'> & Pick<MailQuery, 'view'>) {
  const { mails: words } = wordsOf(locale).console;
  if (part.mails.length === 0) return <p>{words.views.none[view]}</p>;
  const head = [words.when, words.to, words.subject, words.state, ...(mayAct ? [words.act] : [])];
  const rows = part.mails.map((mail) => [
    <span class="num">{instantInWords(mail.at, part, locale)}</span>,
    mail.person,
    <Subject mail={mail} part={part} locale={locale} />,
    <>
      {mail.state === 'coming' ? words.coming : wordOf(MAIL_STATE_WORDS[locale], mail.state)}
      {mail.held === undefined ? null : (
        <span class="small"> {words.heldBy(mail.held.by, instantInWords(mail.held.at, part, locale))}</span>
      )}
    </>,
    ...(mayAct ? [<Acts mail={mail} part={part} locale={locale} />] : []),
  ]);
  return (
    <Table labelledBy="list" head={head} cards>
      <Rows rows={rows} labels={head} />
    </Table>
  );
}

/** What a mail is: its subject, or as long as it has none what it asks for. */
function Subject({ mail, part, locale }: { mail: MailRow; part: MailPart; locale: Locale }) {
  const { id } = part.edition;
  const href = /^\d+$/.test(mail.id)
    ? `/editions/${id}/mails/${mail.id}`
    : `/editions/${id}/mails/coming?mail=${encodeURIComponent(mail.id)}`;
  return <a href={href}>{subjectIn(mail, part, locale)}</a>;
}

function subjectIn(mail: MailRow, part: MailPart, locale: Locale): string {
  const { mails: words, acts } = wordsOf(locale).console;
  if (mail.subject !== '') return mail.subject;
  const lines = mail.asks.map(({ ask, rung, about }) => {
    const what = `${capital(wordOf(acts.rungs, rung.startsWith('nudge-') ? 'nudge' : rung))} – ${askIn(part, ask, locale)}`;
    return about === undefined ? what : words.about(what, about);
  });
  return lines.length === 0 ? wordOf(MAIL_WORDS[locale], mail.template) : lines.join(' ; ');
}

function Acts({ mail, part, locale }: { mail: MailRow; part: MailPart; locale: Locale }) {
  const { acts: words, mails } = wordsOf(locale).console;
  const what = subjectIn(mail, part, locale);
  return (
    <>
      {mail.acts.map((act) => (
        <>
          <a
            href={actHref(part.edition.id, act, mail)}
            aria-label={words.mailOf(`${act === 'nudge' ? mails.now : words.links[act]} ${what}`, mail.person)}
          >
            {act === 'nudge' ? mails.now : words.links[act]}
          </a>{' '}
        </>
      ))}
    </>
  );
}

/** Where an act on a mail begins; to send a reminder now is to remind by hand. */
export function actHref(
  edition: string,
  act: MailRow['acts'][number],
  mail: { id: string; personId?: string; asks: { ask: string }[] },
): string {
  const [first] = mail.asks;
  const said: Record<string, string> = act === 'nudge' ? { ask: first?.ask ?? '', person: mail.personId ?? '' } : { mail: mail.id };
  return `/editions/${edition}/acts/${act}?${new URLSearchParams(said)}`;
}
