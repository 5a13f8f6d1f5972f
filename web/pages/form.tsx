/** The fields of a form, from `domain/forms`: labels tied to inputs, hints and problems announced with them, typed values kept. */

import { type Field, type FieldProblem, lengthOf, longestOfEach } from '../../domain/asks/forms.js';
import type { FieldWords } from '../../domain/kinds/words.js';
import { maxLength } from '../../domain/text.js';
import { labelled } from '../../domain/typography.js';
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { wordsOf } from '../words/index.js';
import { Scores, wrongCell } from './scores.js';

/** What a form is drawn from. */
export interface FormProps {
  fields: Field[];
  words: Record<string, FieldWords>;
  values: Raw;
  problems: FieldProblem[];
  locale: Locale;
}

const INPUTS = { email: 'email', phone: 'tel', url: 'url' } as const;

/** The id of a field's first control. */
export const idOf = (name: string): string => `f-${name}`;

/** The first value of a field. */
export const oneOf = (values: Raw, name: string): string => [values[name] ?? ''].flat()[0] ?? '';

/** Every value of a field. */
export const allOf = (values: Raw, name: string): string[] => [values[name] ?? []].flat();

/** What is wrong with a field, with its own limits; without a field, of one line of text. */
export function problemInWords(problem: FieldProblem['problem'], locale: Locale, field?: Field): string {
  const { problems } = wordsOf(locale).page.errors;
  const count = (n: number) => new Intl.NumberFormat(locale).format(n);
  const { min = 0, max = 0 } = field !== undefined && 'max' in field ? field : {};
  switch (problem) {
    case 'too-long':
      return problems[problem](count(mostOf(field)));
    case 'too-many-words':
      return problems[problem](count(field?.type === 'long' ? (field.maxWords ?? 0) : 0));
    case 'too-few':
      return problems[problem](count(min));
    case 'too-many':
      return problems[problem](count(max));
    case 'not-a-number':
      return max >= 1e12 || min <= -1e12 ? problems['not-a-figure'] : problems[problem](count(min), count(max));
    case 'not-a-date':
      return problems[field?.own === undefined ? problem : 'not-a-day'];
    default:
      return problems[problem];
  }
}

/** How many characters a field may have. */
function mostOf(field: Field | undefined): number {
  if (field?.type === 'each') return longestOfEach;
  return field?.type === 'long' || field?.type === 'text' ? lengthOf(field) : maxLength.text;
}

/** One problem, with the label of its field. */
export const problemLine = (
  { field: name, problem }: FieldProblem,
  { fields, words, locale }: Omit<FormProps, 'values' | 'problems'>,
): string =>
  labelled(
    words[name]?.label ?? name,
    problemInWords(
      problem,
      locale,
      fields.find((one) => one.name === name),
    ),
    locale,
  );

/** What is wrong, in one place, each point a link to its field. */
export function ErrorSummary(form: FormProps) {
  const { fields, values, problems, locale } = form;
  if (problems.length === 0) return null;
  const { errors } = wordsOf(locale).page;
  const target = (name: string) => {
    const field = fields.find((one) => one.name === name);
    return field?.type === 'scores' ? wrongCell(field, values) : idOf(name);
  };
  return (
    <div class="errors" id="errors" role="alert" tabindex={-1} autofocus>
      <h2>{errors.title(problems.length)}</h2>
      <ul>
        {problems.map((problem) => (
          <li>
            <a href={`#${target(problem.field)}`}>{problemLine(problem, form)}</a>
          </li>
        ))}
      </ul>
      <p class="small">{errors.kept}</p>
    </div>
  );
}

/** All the fields of a form, in order. */
export function Fields(props: FormProps) {
  return (
    <>
      {props.fields.map((field) => (
        <OneField {...props} field={field} />
      ))}
    </>
  );
}

/** Whether an answer is needed, in a word beside the label. */
export function Needed({ required, locale }: { required: boolean; locale: Locale }) {
  const { page } = wordsOf(locale);
  return <span class="optional">{required ? page.required : page.optional}</span>;
}

/** A field; one that is asked only sometimes says when, and a script hides it until then. */
function OneField({ field, ...form }: FormProps & { field: Field }) {
  if (field.type === 'heading') return <h2>{field.own?.label ?? ''}</h2>;
  if (field.when === undefined) return <Control {...form} field={field} />;
  return (
    <div class="when" data-when={JSON.stringify(field.when)}>
      <p class="small condition">{wordsOf(form.locale).page.askedWhen(field.own?.condition ?? '')}</p>
      <Control {...form} field={field} />
    </div>
  );
}

function Control({ field, words, values, problems, locale }: FormProps & { field: Exclude<Field, { type: 'heading' }> }) {
  const { page } = wordsOf(locale);
  const said = words[field.name];
  const problem = problems.find((one) => one.field === field.name)?.problem;
  const id = idOf(field.name);
  const label = said?.label ?? '';
  const wrong = problem !== undefined;
  const described = [said?.hint || field.type === 'options' ? `${id}-hint` : '', wrong ? `${id}-problem` : ''].filter(Boolean).join(' ');
  const about = { 'aria-describedby': described || undefined, 'aria-invalid': wrong ? ('true' as const) : undefined };
  const message =
    problem === undefined ? null : (
      <span class="problem" id={`${id}-problem`}>
        {page.errors.prefix}
        {problemInWords(problem, locale, field)}.
      </span>
    );
  const hint = said?.hint ? (
    <span class="hint" id={`${id}-hint`}>
      {said.hint}
    </span>
  ) : null;
  const required =
    field.when === undefined &&
    ('required' in field ? field.required : field.type === 'scores' || (field.type === 'options' && field.min > 0));
  const name = (
    <>
      {label} {said?.conditional ? null : <Needed required={'required' in field ? field.required : required} locale={locale} />}
    </>
  );
  const head = (
    <>
      <label class="block" for={id}>
        {name}
      </label>
      {hint}
      {message}
    </>
  );
  const box = wrong ? 'field wrong' : 'field';
  switch (field.type) {
    case 'text':
      return (
        <div class={box}>
          {head}
          <input
            type={field.format === undefined || field.format === 'siret' ? 'text' : INPUTS[field.format]}
            inputmode={field.format === 'siret' ? 'numeric' : undefined}
            id={id}
            name={field.name}
            value={oneOf(values, field.name)}
            required={required}
            {...about}
          />
        </div>
      );
    case 'long':
      return (
        <div class={box}>
          {head}
          <textarea
            id={id}
            name={field.name}
            class={field.name === 'body' || field.name === 'summary' ? 'tall' : ''}
            required={required}
            {...about}
          >
            {oneOf(values, field.name)}
          </textarea>
        </div>
      );
    case 'number':
      return (
        <div class={box}>
          {head}
          {field.decimals === undefined ? (
            <input
              type="number"
              inputmode="numeric"
              id={id}
              name={field.name}
              min={field.min}
              max={field.max}
              value={oneOf(values, field.name)}
              required={required}
              {...about}
            />
          ) : (
            <input
              type="text"
              inputmode="decimal"
              id={id}
              name={field.name}
              value={oneOf(values, field.name)}
              required={required}
              {...about}
            />
          )}{' '}
          {field.unit ?? ''}
        </div>
      );
    case 'date':
      return (
        <div class={box}>
          {head}
          <input type="date" id={id} name={field.name} value={oneOf(values, field.name)} required={required} {...about} />
        </div>
      );
    case 'choice':
      return (
        <fieldset class={box} aria-describedby={about['aria-describedby']}>
          <legend class="block">{name}</legend>
          {hint}
          {message}
          {field.options.map((option, i) => (
            <label class="choice">
              <input
                type="radio"
                id={i === 0 ? id : `${id}-${option}`}
                name={field.name}
                value={option}
                required={required}
                checked={oneOf(values, field.name) === option}
              />
              <span>
                <strong>{said?.options?.[option]?.label ?? ''}</strong>
                <span class="hint">{said?.options?.[option]?.hint ?? ''}</span>
              </span>
            </label>
          ))}
        </fieldset>
      );
    case 'options':
      return (
        <fieldset class={box} aria-describedby={about['aria-describedby']}>
          <legend class="block">{name}</legend>
          <span class="hint" id={`${id}-hint`}>
            {field.options.length === 0
              ? page.nothingToChoose
              : `${field.min > 0 ? page.choose(field.min, field.max) : ''} ${said?.hint ?? ''}`}
          </span>
          {message}
          {field.options.map((option, i) => (
            <label class="choice">
              <input
                type="checkbox"
                id={i === 0 ? id : `${id}-${i}`}
                name={field.name}
                value={option.id}
                checked={allOf(values, field.name).includes(option.id)}
              />
              <span>
                <strong>{option.label}</strong>
                <span class="hint">{option.hint ?? ''}</span>
              </span>
            </label>
          ))}
        </fieldset>
      );
    case 'each':
      return (
        <fieldset class={box}>
          <legend class="block">{name}</legend>
          {hint}
          {message}
          {field.rows.map((row, i) => (
            <>
              <label class="each" for={i === 0 ? id : `${id}-${i}`}>
                {row.label}
              </label>
              <textarea
                id={i === 0 ? id : `${id}-${i}`}
                name={`${field.name}.${row.id}`}
                class="short"
                aria-invalid={about['aria-invalid']}
              >
                {oneOf(values, `${field.name}.${row.id}`)}
              </textarea>
            </>
          ))}
        </fieldset>
      );
    case 'scores':
      return (
        <fieldset class={box}>
          <legend class="block">{name}</legend>
          {message}
          <Scores field={field} values={values} wrong={wrong} locale={locale} />
        </fieldset>
      );
  }
}
