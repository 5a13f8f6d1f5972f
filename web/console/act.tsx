import type { ActName, ActProblem } from '../../domain/acts.js';
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { mailRefOf } from '../../domain/mailrefs.js';
import { MAIL_WORDS } from '../../domain/mails.js';
import { capital } from '../../domain/phrases.js';
import type { Preview } from '../../domain/preview.js';
import type { Locale } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { ActPage } from '../backend.js';
import { Layout } from '../layout.js';
import { Needed } from '../pages/form.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { Carried, Choice, hasChoice, isWritten, type TypedAct } from './act-fields.js';
import { askIn, Changes, type PreviewProps, ToldCard } from './preview.js';
import { wordOf } from './tables.js';

/** What the page shows beside a preview: that it was shown before and has changed, or that nothing could be read. */
export type ActNote = 'moved' | 'busy';

interface ActProps {
  locale: Locale;
  viewer: Viewer;
  page: ActPage;
  name: ActName;
  typed: TypedAct;
  /** Left out until all that the act needs is chosen. */
  preview?: Preview | undefined;
  problems?: readonly ActProblem[];
  note?: ActNote | undefined;
}

/** The page of an act. */
export function ActPageView({ locale, viewer, page, name, typed, preview, problems = [], note }: ActProps) {
  const { acts: words, editions } = wordsOf(locale).console;
  const { edition, at } = page;
  const whom = typed.person === '' ? [] : [page.people[typed.person] ?? typed.person];
  const what = typed.ask === '' ? [] : [askIn(page, typed.ask, locale)];
  const title = `${words.titles[name]}${[...whom, ...what].join(' – ')}`;
  return (
    <Layout locale={locale} title={title} edition={edition} at={at} wide viewer={viewer} menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
      </p>
      <h1>{title}</h1>
      {note === undefined ? null : (
        <p class="notice" role="alert">
          {words[note]}
        </p>
      )}
      <p class="lead">
        {words.does[name]} {preview !== undefined && preview.refused === undefined ? <strong>{words.nothingYet}</strong> : null}
      </p>
      {typed.mail === '' ? null : <p>{mailIn(page, typed.mail, locale)}</p>}
      {hasChoice(name) ? <Choice locale={locale} page={page} name={name} typed={typed} problems={problems} /> : null}
      {preview === undefined ? null : preview.refused === undefined ? (
        <>
          {isWritten(name) ? (
            <>
              <Sample locale={locale} page={page} preview={preview} />
              <ToldCard locale={locale} page={page} preview={preview} />
            </>
          ) : (
            <Changes locale={locale} page={page} preview={preview} />
          )}
          <Apply locale={locale} page={page} name={name} typed={typed} preview={preview} problems={problems} />
        </>
      ) : (
        <Refused locale={locale} page={page} preview={preview} />
      )}
    </Layout>
  );
}

/** A mail that an act is about: what it is, and for whom. */
function mailIn(page: ActPage, text: string, locale: Locale): string {
  const { acts: words } = wordsOf(locale).console;
  const ref = mailRefOf(text);
  if (ref === undefined) return '';
  const name = (person: string) => page.people[person] ?? person;
  if (!('row' in ref)) {
    const what = `${capital(wordOf(words.rungs, ref.rung))} – ${askIn(page, ref.ask, locale)}`;
    return ref.about === undefined ? words.mailOf(what, name(ref.person)) : words.mailAbout(what, name(ref.person), name(ref.about));
  }
  const { mail } = page;
  return mail === undefined ? '' : words.mailOf(mail.subject === '' ? wordOf(MAIL_WORDS[locale], mail.template) : mail.subject, mail.to);
}

/** A message as the first of those it goes to will read it. */
function Sample({ locale, page: { sample, people }, preview: { told } }: PreviewProps) {
  const { acts: words, mails } = wordsOf(locale).console;
  const [first] = told;
  if (sample === undefined || first === undefined) return null;
  const title = words.sample(people[first.person] ?? first.person);
  return (
    <section class="card">
      <h2>{title}</h2>
      <p>{words.sampleTo(told.length)}</p>
      <p>
        <strong>{sample.subject}</strong>
      </p>
      <iframe class="mail" title={title} sandbox="" srcdoc={sample.html} />
      <details>
        <summary>{mails.plain}</summary>
        <pre class="mail">{sample.text}</pre>
      </details>
    </section>
  );
}

function Refused({ locale, page, preview: { refused } }: PreviewProps) {
  const { acts: words } = wordsOf(locale).console;
  const { code = 'other', from } = refused ?? {};
  const said = Object.entries(words.refusals).find(([one]) => one === code)?.[1] ?? words.refusals.other;
  const why = typeof said === 'string' ? said : said(from === undefined ? '' : dateInWords(from, page, locale));
  return (
    <section class="card errors" role="alert">
      <p>{words.refused(why)}</p>
      <p>
        <a href={`/editions/${page.edition.id}`}>{words.apply.back}</a>
      </p>
    </section>
  );
}

function Apply({ locale, page, name, typed, preview, problems }: Omit<ActProps, 'viewer' | 'preview'> & { preview: Preview }) {
  const words = wordsOf(locale).console.acts.apply;
  const problem = problems?.find(({ field }) => field === 'reason')?.message[locale];
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <form method="post" action={`/editions/${page.edition.id}/acts/${name}`} novalidate>
        <Carried name={name} typed={typed} />
        <input type="hidden" name="basis" value={preview.basis} />
        <input type="hidden" name="request" value={page.request} />
        <div class={problem === undefined ? 'field' : 'field wrong'}>
          <label class="block" for="f-reason">
            {words.reason} <Needed required locale={locale} />
          </label>
          <span class="hint" id="f-reason-hint">
            {words.hint}
          </span>
          {problem === undefined ? null : (
            <span class="problem" id="f-reason-problem" role="alert">
              {problem}
            </span>
          )}
          <textarea
            id="f-reason"
            name="reason"
            rows={3}
            required
            maxlength={2000}
            aria-describedby={problem === undefined ? 'f-reason-hint' : 'f-reason-hint f-reason-problem'}
            aria-invalid={problem === undefined ? undefined : 'true'}
            autofocus={problem !== undefined}
          >
            {typed.reason}
          </textarea>
        </div>
        <p class="small">{words.when(instantInWords(page.at, page, locale))}</p>
        <div class="buttons">
          <button type="submit">{words.button}</button>
          <a class="button quiet" href={`/editions/${page.edition.id}`}>
            {words.back}
          </a>
        </div>
      </form>
    </section>
  );
}
