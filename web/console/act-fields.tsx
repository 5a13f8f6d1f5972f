import { ACTS, type ActField, type ActName, type ActProblem, ROLES } from '../../domain/acts.js';
import { AUDIENCES, type Audience, isAudience, longestMessage } from '../../domain/audience.js';
import { capital } from '../../domain/phrases.js';
import { isCircuitStep, SKIPPABLE, STEP_IDS, type StepId } from '../../domain/steps.js';
import { isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { ActPage } from '../backend.js';
import { Needed } from '../pages/form.js';
import { wordsOf } from '../words/index.js';
import { askIn } from './preview.js';

/** What was typed on the page of an act. */
export type TypedAct = Record<ActField | 'reason', string>;

/** How each field is chosen; `given`: it came with the link that leads to the page. */
const CONTROLS = {
  ask: 'given',
  person: 'given',
  to: 'people',
  name: 'text',
  email: 'email',
  role: 'role',
  into: 'one-of',
  language: 'one-of',
  date: 'date',
  from: 'date',
  until: 'date',
  step: 'step',
  length: 'length',
  body: 'body',
  project: 'project',
  silent: 'yes',
  mail: 'given',
  whom: 'audience',
  subject: 'line',
  text: 'lines',
} as const satisfies Record<ActField, string>;
type ChosenField = { [Field in ActField]: (typeof CONTROLS)[Field] extends 'given' ? never : Field }[ActField];

/** The fields of an act, in their order: those that came with the link, or those to be chosen. */
const fieldsOf = (name: ActName): ActField[] => [...ACTS[name].needs, ...ACTS[name].may];
const isChosen = (field: ActField): field is ChosenField => CONTROLS[field] !== 'given';
/** Whether a field comes with the link that leads to the page: what lacks it is no page. */
export const isGiven = (field: ActProblem['field']): boolean => field !== 'act' && field !== 'reason' && CONTROLS[field] === 'given';
/** Whether something is to be chosen before an act can be seen. */
export const hasChoice = (name: ActName): boolean => fieldsOf(name).some(isChosen);

/** Whether what is chosen is personal: it goes in no address. */
export const isPersonal = (name: ActName): boolean =>
  isWritten(name) || fieldsOf(name).some((field) => field === 'name' || field === 'email');
/** Whether somebody of the edition is to be chosen. */
export const choosesPeople = (name: ActName): boolean => fieldsOf(name).some((field) => CONTROLS[field] === 'people');

/** All that was typed, carried along by a form. */
export function Carried({ name, typed, only = () => true }: { name: ActName; typed: TypedAct; only?: (field: ActField) => boolean }) {
  return <>{fieldsOf(name).map((field) => (only(field) ? <input type="hidden" name={field} value={typed[field]} /> : null))}</>;
}

/** Whether what is chosen is somebody's words: it is posted to be seen, since an address is kept by others. */
export const isWritten = (name: ActName): boolean => fieldsOf(name).some((field) => CONTROLS[field] === 'lines');

/** What one may try, and try again: dates, a step, a length, somebody; to whom, and what one writes. */
export function Choice({
  locale,
  page,
  name,
  typed,
  problems,
}: {
  locale: Locale;
  page: ActPage;
  name: ActName;
  typed: TypedAct;
  problems: readonly ActProblem[];
}) {
  const { acts: words } = wordsOf(locale).console;
  const fields = fieldsOf(name).filter(isChosen);
  const isTried = fields.some((field) => typed[field] !== '');
  return (
    <form method={isPersonal(name) ? 'post' : 'get'} action={`/editions/${page.edition.id}/acts/${name}`} class="card" novalidate>
      {isPersonal(name) ? <input type="hidden" name="see" value="1" /> : null}
      <Carried name={name} typed={typed} only={(field) => !isChosen(field) && typed[field] !== ''} />
      {isTried || isWritten(name) ? null : <p>{words.choose}</p>}
      {fields.map((field) => {
        const problem = isTried ? problems.find((one) => one.field === field)?.message[locale] : undefined;
        const needed = ACTS[name].needs.some((one) => one === field);
        const { label, hint } = words.fields[field];
        const id = `f-${field}`;
        const about = {
          id,
          required: needed,
          'aria-describedby': problem === undefined ? `${id}-hint` : `${id}-hint ${id}-problem`,
          'aria-invalid': problem === undefined ? undefined : ('true' as const),
        };
        return (
          <div class={problem === undefined ? 'field' : 'field wrong'}>
            {CONTROLS[field] === 'audience' ? (
              <strong class="block" id={`${id}-label`}>
                {label} <Needed required={needed} locale={locale} />
              </strong>
            ) : (
              <label class="block" for={id}>
                {label} {eitherOf(name).includes(field) ? null : <Needed required={needed} locale={locale} />}
              </label>
            )}
            <span class="hint" id={`${id}-hint`}>
              {hint}
            </span>
            {problem === undefined ? null : (
              <span class="problem" id={`${id}-problem`} role="alert">
                {problem}
              </span>
            )}
            <Control
              locale={locale}
              page={page}
              name={name}
              field={field}
              value={typed[field] === '' ? asItIs(field, { name, page }) : typed[field]}
              about={about}
            />
          </div>
        );
      })}
      <div class="buttons">
        <button type="submit" class="quiet">
          {isWritten(name) ? words.seeMail : words.see}
        </button>
      </div>
    </form>
  );
}

/** The fields of which an act needs one, and those that go with them: none is optional by itself. */
function eitherOf(name: ActName): readonly ActField[] {
  const { may, one }: { may: readonly ActField[]; one?: readonly ActField[] } = ACTS[name];
  return one === undefined ? [] : may;
}

/** What a field that corrects something begins with. */
const asItIs = (field: ActField, { name, page: { person } }: { name: ActName; page: ActPage }): string =>
  person === undefined
    ? ''
    : name === 'edit' && field === 'name'
      ? person.name
      : name === 'address' && field === 'email'
        ? person.email
        : '';

interface ControlProps {
  locale: Locale;
  page: ActPage;
  name: ActName;
  field: ChosenField;
  value: string;
  about: { id: string; required: boolean };
}

function Control({ locale, page, name, field, value, about }: ControlProps) {
  const { acts: words } = wordsOf(locale).console;
  switch (CONTROLS[field]) {
    case 'date':
      return <input type="date" name={field} value={value} {...about} />;
    case 'audience':
      return <Whom locale={locale} page={page} value={value} about={about} />;
    case 'line':
      return <input type="text" name={field} value={value} maxlength={longestMessage.subject} {...about} />;
    case 'lines':
      return (
        <textarea name={field} rows={10} maxlength={longestMessage.text} {...about}>
          {value}
        </textarea>
      );
    case 'text':
    case 'email':
      return <input type={CONTROLS[field]} name={field} value={value} autocomplete="off" {...about} />;
    case 'people':
      return (
        <select name={field} {...about}>
          <option value="">{words.choices.nobody}</option>
          {(page.choices ?? []).map(({ id, name, role }) => (
            <option value={id} selected={id === value}>
              {name} ({isRoleWord(role) ? ROLE_WORDS[role][locale] : role})
            </option>
          ))}
        </select>
      );
    case 'role':
      return (
        <select name={field} {...about}>
          {ROLES.map((role) => (
            <option value={role} selected={role === value}>
              {ROLE_WORDS[role][locale]}
            </option>
          ))}
        </select>
      );
    case 'one-of':
      return (
        <select name={field} {...about}>
          {Object.entries(field === 'into' ? words.choices.into : words.choices.language).map(([one, word]) => (
            <option value={one} selected={one === value}>
              {word}
            </option>
          ))}
        </select>
      );
    case 'step':
      return <Options field={field} value={value} about={about} of={stepsFor(name).map((step) => [step, STEP_WORDS[step][locale]])} />;
    case 'body':
      return <Options field={field} value={value} about={about} of={Object.entries(page.bodies)} />;
    case 'project':
      return <Options field={field} value={value} about={about} of={[['', words.every], ...Object.entries(page.projects)]} />;
    case 'yes':
      return (
        <label class="inline">
          <input type="checkbox" name={field} value="yes" checked={value === 'yes'} {...about} /> {words.yes}
        </label>
      );
    case 'length':
      return (
        <span class="buttons">
          <input type="number" name="n" min={1} max={400} value={/^[0-9]+/.exec(value)?.[0] ?? ''} {...about} />
          <select name="unit" aria-label={words.unit}>
            {(['wd', 'd', 'w'] as const).map((unit) => (
              <option value={unit} selected={value.endsWith(unit)}>
                {words.units[unit]}
              </option>
            ))}
          </select>
        </span>
      );
  }
}

/** Groups, and those of whom something is asked, each with a box of its own. */
function Whom({ locale, page, value, about }: Pick<ControlProps, 'locale' | 'page' | 'value' | 'about'>) {
  const { acts: words } = wordsOf(locale).console;
  const chosen = new Set(value.split(/[\s,]+/));
  const { groups = {}, asks = [] } = page.audience ?? {};
  const box = (word: string, label: string, n?: number) => (
    <label class="choice">
      <input type="checkbox" name="whom" value={word} checked={chosen.has(word)} /> {label}
      {n === undefined ? null : <span class="small"> ({n})</span>}
    </label>
  );
  return (
    <>
      <fieldset aria-describedby={`${about.id}-hint`}>
        <legend class="small">{words.groups}</legend>
        {AUDIENCES.flatMap((word) => ((groups[word] ?? 0) > 0 ? [box(word, audienceIn(word, locale), groups[word])] : []))}
      </fieldset>
      {asks.length === 0 ? null : (
        <details open={[...chosen].some((word) => word !== '' && !isAudience(word))}>
          <summary>{words.holders}</summary>
          <fieldset>
            <legend class="hidden">{words.holders}</legend>
            {asks.map((ask) => box(ask, askIn(page, ask, locale)))}
          </fieldset>
        </details>
      )}
    </>
  );
}

/** A group, in words. */
const audienceIn = (word: Audience, locale: Locale): string =>
  capital(word === 'everybody' ? wordsOf(locale).console.acts.everybody : ROLE_WORDS[word][locale]);

function Options({
  field,
  value,
  about,
  of,
}: {
  field: ChosenField;
  value: string;
  about: { id: string };
  of: readonly (readonly [string, string])[];
}) {
  return (
    <select name={field} {...about}>
      {of.map(([id, label]) => (
        <option value={id} selected={id === value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** The steps that an act can be about, as far as their kind tells. */
function stepsFor(name: ActName): readonly StepId[] {
  if (name === 'skip') return SKIPPABLE;
  if (name === 'back') return STEP_IDS.filter((step) => step !== 'restitution');
  return STEP_IDS.filter((step) => !isCircuitStep(step) && step !== 'pitch' && step !== 'field' && step !== 'restitution');
}
