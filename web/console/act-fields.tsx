import { ACTS, type ActField, type ActName, type ActProblem } from '../../domain/acts.js';
import { isCircuitStep, STEP_IDS } from '../../domain/steps.js';
import { type Locale, STEP_WORDS } from '../../domain/words.js';
import { Needed } from '../pages/form.js';
import { wordsOf } from '../words/index.js';

/** What was typed on the page of an act. */
export type TypedAct = Record<ActField | 'reason', string>;

/** How each field is chosen; `given`: it came with the link that leads to the page. */
const CONTROLS = {
  ask: 'given',
  person: 'given',
  date: 'date',
  from: 'date',
  until: 'date',
  step: 'step',
  length: 'length',
} as const satisfies Record<ActField, string>;
type ChosenField = { [Field in ActField]: (typeof CONTROLS)[Field] extends 'given' ? never : Field }[ActField];

/** The fields of an act, in their order: those that came with the link, or those to be chosen. */
const fieldsOf = (name: ActName): ActField[] => [...ACTS[name].needs, ...ACTS[name].may];
const isChosen = (field: ActField): field is ChosenField => CONTROLS[field] !== 'given';
/** Whether a field comes with the link that leads to the page: what lacks it is no page. */
export const isGiven = (field: ActProblem['field']): boolean => field !== 'act' && field !== 'reason' && CONTROLS[field] === 'given';
/** Whether something is to be chosen before an act can be seen. */
export const hasChoice = (name: ActName): boolean => fieldsOf(name).some(isChosen);

/** All that was typed, carried along by a form. */
export function Carried({ name, typed, only = () => true }: { name: ActName; typed: TypedAct; only?: (field: ActField) => boolean }) {
  return <>{fieldsOf(name).map((field) => (only(field) ? <input type="hidden" name={field} value={typed[field]} /> : null))}</>;
}

/** What one may try, and try again: dates, a step, a length. */
export function Choice({
  locale,
  edition,
  name,
  typed,
  problems,
}: {
  locale: Locale;
  edition: string;
  name: ActName;
  typed: TypedAct;
  problems: readonly ActProblem[];
}) {
  const { acts: words } = wordsOf(locale).console;
  const fields = fieldsOf(name).filter(isChosen);
  const isTried = fields.some((field) => typed[field] !== '');
  return (
    <form method="get" action={`/editions/${edition}/acts/${name}`} class="card" novalidate>
      <Carried name={name} typed={typed} only={(field) => !isChosen(field) && typed[field] !== ''} />
      {isTried ? null : <p>{words.choose}</p>}
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
            <label class="block" for={id}>
              {label} <Needed required={needed} locale={locale} />
            </label>
            <span class="hint" id={`${id}-hint`}>
              {hint}
            </span>
            {problem === undefined ? null : (
              <span class="problem" id={`${id}-problem`} role="alert">
                {problem}
              </span>
            )}
            <Control locale={locale} field={field} value={typed[field]} about={about} />
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

function Control({ locale, field, value, about }: { locale: Locale; field: ChosenField; value: string; about: { id: string } }) {
  const { acts: words } = wordsOf(locale).console;
  switch (CONTROLS[field]) {
    case 'date':
      return <input type="date" name={field} value={value} {...about} />;
    case 'step':
      return (
        <select name={field} {...about}>
          {ownSteps.map((step) => (
            <option value={step} selected={step === value}>
              {STEP_WORDS[step][locale]}
            </option>
          ))}
        </select>
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

/** The steps that have a length of their own, as far as their kind tells. */
const ownSteps = STEP_IDS.filter((step) => !isCircuitStep(step) && step !== 'pitch' && step !== 'field' && step !== 'restitution');
