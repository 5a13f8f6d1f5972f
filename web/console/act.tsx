import { ACTS, type ActField, type ActName, type ActProblem, OPTIONAL } from '../../domain/acts.js';
import { dateInWords, instantInWords } from '../../domain/instants.js';
import type { Preview } from '../../domain/preview.js';
import { isCircuitStep, STEP_IDS } from '../../domain/steps.js';
import { type Locale, STEP_WORDS } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { ActPage } from '../backend.js';
import { Layout } from '../layout.js';
import { Needed } from '../pages/form.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { askIn, Changes, type PreviewProps } from './preview.js';

/** What was typed on the page of an act. */
export type TypedAct = Record<ActField | 'reason', string>;

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
  const whom = typed.person === '' ? '' : `${page.people[typed.person] ?? typed.person} – `;
  const title = `${words.titles[name]}${typed.ask === '' ? '' : `${whom}${askIn(page, typed.ask, locale)}`}`;
  return (
    <Layout locale={locale} title={title} edition={edition} at={at} wide menu={<Menu locale={locale} viewer={viewer} />}>
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
      {chosenOf(name).length > 0 ? <Chosen locale={locale} page={page} name={name} typed={typed} problems={problems} /> : null}
      {preview === undefined ? null : preview.refused === undefined ? (
        <>
          <Changes locale={locale} page={page} preview={preview} />
          <Apply locale={locale} page={page} name={name} typed={typed} preview={preview} problems={problems} />
        </>
      ) : (
        <Refused locale={locale} page={page} preview={preview} />
      )}
    </Layout>
  );
}

/** What one may try, and try again: dates, a step, a length. */
function Chosen({ locale, page, name, typed, problems = [] }: Omit<ActProps, 'viewer' | 'preview'>) {
  const { acts: words } = wordsOf(locale).console;
  const fields = chosenOf(name);
  const isTried = fields.some((field) => typed[field] !== '');
  return (
    <form method="get" action={`/editions/${page.edition.id}/acts/${name}`} class="card" novalidate>
      {typed.ask === '' ? null : <input type="hidden" name="ask" value={typed.ask} />}
      {isTried ? null : <p>{words.choose}</p>}
      {fields.map((field) => {
        const problem = isTried ? problems.find((one) => one.field === field)?.message[locale] : undefined;
        const { label, hint } = words.fields[field];
        const id = `f-${field}`;
        const about = {
          'aria-describedby': problem === undefined ? `${id}-hint` : `${id}-hint ${id}-problem`,
          'aria-invalid': problem === undefined ? undefined : ('true' as const),
        };
        return (
          <div class={problem === undefined ? 'field' : 'field wrong'}>
            <label class="block" for={id}>
              {label} <Needed required locale={locale} />
            </label>
            <span class="hint" id={`${id}-hint`}>
              {hint}
            </span>
            {problem === undefined ? null : (
              <span class="problem" id={`${id}-problem`} role="alert">
                {problem}
              </span>
            )}
            {field === 'step' ? (
              <select id={id} name={field} required {...about}>
                {ownSteps.map((step) => (
                  <option value={step} selected={step === typed.step}>
                    {STEP_WORDS[step][locale]}
                  </option>
                ))}
              </select>
            ) : field === 'length' ? (
              <span class="buttons">
                <input
                  type="number"
                  id={id}
                  name="n"
                  min={1}
                  max={400}
                  value={/^[0-9]+/.exec(typed.length)?.[0] ?? ''}
                  required
                  {...about}
                />
                <select name="unit" aria-label={words.unit}>
                  {(['wd', 'd', 'w'] as const).map((unit) => (
                    <option value={unit} selected={typed.length.endsWith(unit)}>
                      {words.units[unit]}
                    </option>
                  ))}
                </select>
              </span>
            ) : (
              <input type="date" id={id} name={field} value={typed[field]} required {...about} />
            )}
          </div>
        );
      })}
      <div class="buttons">
        <button type="submit" class="quiet">
          {words.see}
        </button>
      </div>
    </form>
  );
}

/** The steps that have a length of their own, as far as their kind tells. */
const ownSteps = STEP_IDS.filter((step) => !isCircuitStep(step) && step !== 'pitch' && step !== 'field' && step !== 'restitution');
type Chosen = Exclude<ActField, 'ask' | 'person'>;
const chosenOf = (name: ActName): Chosen[] => {
  const fields: readonly ActField[] = ACTS[name];
  return fields.filter((field): field is Chosen => field !== 'ask' && field !== 'person');
};

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
        {[...ACTS[name], ...(OPTIONAL[name] ?? [])].map((field) => (
          <input type="hidden" name={field} value={typed[field]} />
        ))}
        <input type="hidden" name="basis" value={preview.basis} />
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
