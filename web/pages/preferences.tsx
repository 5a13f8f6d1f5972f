/** What a person wants to be written: the weekly digest, the language; and what cannot be switched off, and why. */
import type { PreferencesView } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';

interface Choice {
  value: string;
  label: string;
  lang?: 'fr' | 'en';
}

/** One question, answered by one of a few choices. */
export function Choices({
  name,
  legend,
  hint,
  chosen,
  choices,
}: {
  name: string;
  legend: string;
  hint: string;
  chosen: string;
  choices: Choice[];
}) {
  return (
    <fieldset class="field" aria-describedby={`${name}-hint`}>
      <legend class="block">{legend}</legend>
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
      {choices.map(({ value, label, lang }) => (
        <label class="choice">
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <strong lang={lang}>{label}</strong>
        </label>
      ))}
    </fieldset>
  );
}

/** The page; `done`: what was chosen has just been kept, or the calendar has just got a new address. */
export function PreferencesPage({ view, done }: { view: PreferencesView; done?: 'saved' | 'renewed' | undefined }) {
  const { edition, locale, digest, calendar } = view;
  const { preferences: words } = wordsOf(locale);
  return (
    <Layout locale={locale} title={words.title} edition={edition} at={view.at}>
      {done === undefined ? null : (
        <p class="notice" role="status">
          {done === 'renewed' ? words.calendar.renewed : digest ? words.saved.on : words.saved.off}
        </p>
      )}
      <h1>{words.heading}</h1>
      <p class="lead">{words.lead(view.name, edition.title)}</p>
      <form class="card" method="post" action={`/preferences/${view.ref}`}>
        <Choices
          name="digest"
          {...words.digest}
          chosen={digest ? 'on' : 'off'}
          choices={[
            { value: 'on', label: words.digest.on },
            { value: 'off', label: words.digest.off },
          ]}
        />
        <Choices
          name="locale"
          {...words.language}
          chosen={locale}
          choices={[
            { value: 'fr', label: words.language.fr, lang: 'fr' },
            { value: 'en', label: words.language.en, lang: 'en' },
          ]}
        />
        <button type="submit">{words.button}</button>
      </form>
      {calendar === undefined ? null : (
        <>
          <h2>{words.calendar.title}</h2>
          <div class="card">
            <p>
              <a href={calendar}>{words.calendar.open}</a>
            </p>
            <form method="post" action={`/preferences/${view.ref}/calendar`}>
              <p class="small">{words.calendar.why}</p>
              <button type="submit" class="link">
                {words.calendar.renew}
              </button>
            </form>
          </div>
        </>
      )}
      <h2>{words.always.title}</h2>
      <div class="card">
        <ul>
          {words.always.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
        <p>{words.always.otherwise(edition.contact.name, edition.contact.email)}</p>
      </div>
    </Layout>
  );
}
