/** The fields of a form, from `domain/forms`: labels tied to inputs, hints and problems announced with them, typed values kept. */
import type { Field, FieldProblem } from '../../domain/forms.js';
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { wordsOf } from '../words/index.js';
import type { FieldWords } from '../words/shape.js';
import { Scores, wrongCell } from './scores.js';

/** What a form is drawn from. */
export interface FormProps {
  fields: Field[];
  words: Record<string, FieldWords>;
  values: Raw;
  problems: FieldProblem[];
  locale: Locale;
}

/** The id of a field's first control. */
export const idOf = (name: string): string => `f-${name}`;

/** The first value of a field. */
export const oneOf = (values: Raw, name: string): string => [values[name] ?? ''].flat()[0] ?? '';

/** Every value of a field. */
export const allOf = (values: Raw, name: string): string[] => [values[name] ?? []].flat();

/** What is wrong, in one place, each point a link to its field. */
export function ErrorSummary({ fields, words, values, problems, locale }: FormProps) {
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
        {problems.map(({ field, problem }) => (
          <li>
            <a href={`#${target(field)}`}>
              {words[field]?.label ?? field} : {errors.problems[problem]}
            </a>
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

function OneField({ field, words, values, problems, locale }: FormProps & { field: Field }) {
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
        {page.errors.problems[problem]}.
      </span>
    );
  const hint = said?.hint ? (
    <span class="hint" id={`${id}-hint`}>
      {said.hint}
    </span>
  ) : null;
  const head = (optional: boolean) => (
    <>
      <label class="block" for={id}>
        {label} {optional && !said?.conditional ? <span class="optional">{page.optional}</span> : null}
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
          {head(!field.required)}
          <input type="text" id={id} name={field.name} value={oneOf(values, field.name)} {...about} />
        </div>
      );
    case 'long':
      return (
        <div class={box}>
          {head(!field.required)}
          <textarea id={id} name={field.name} class={field.name === 'body' || field.name === 'summary' ? 'tall' : ''} {...about}>
            {oneOf(values, field.name)}
          </textarea>
        </div>
      );
    case 'number':
      return (
        <div class={box}>
          {head(!field.required)}
          <input
            type="number"
            inputmode="numeric"
            id={id}
            name={field.name}
            min={field.min}
            max={field.max}
            value={oneOf(values, field.name)}
            {...about}
          />
        </div>
      );
    case 'date':
      return (
        <div class={box}>
          {head(!field.required)}
          <input type="date" id={id} name={field.name} value={oneOf(values, field.name)} {...about} />
        </div>
      );
    case 'choice':
      return (
        <fieldset class={box} aria-describedby={about['aria-describedby']}>
          <legend class="block">{label}</legend>
          {hint}
          {message}
          {field.options.map((option, i) => (
            <label class="choice">
              <input
                type="radio"
                id={i === 0 ? id : `${id}-${option}`}
                name={field.name}
                value={option}
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
          <legend class="block">{label}</legend>
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
    case 'scores':
      return (
        <fieldset class={box}>
          <legend class="block">{label}</legend>
          {message}
          <Scores field={field} values={values} wrong={wrong} locale={locale} />
        </fieldset>
      );
  }
}
