/** One labelled line of a form of the console; an answer is needed. What is wrong stands beside it, and takes the focus. */
import type { Locale } from '../../domain/words.js';
import { Needed } from '../pages/form.js';

/** What a field is made of; `code`: digits that one types from another screen. */
export interface FieldProps {
  name: string;
  /** Left out where the name is on its page once. */
  id?: string;
  label: string;
  locale: Locale;
  value?: string;
  type?: 'text' | 'email' | 'code';
  autocomplete?: string;
  problem?: string | undefined;
}

/** The field. */
export function Field({ name, id = `f-${name}`, label, locale, value = '', type = 'text', autocomplete = 'off', problem }: FieldProps) {
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label class="block" for={id}>
        {label} <Needed required locale={locale} />
      </label>
      {problem === undefined ? null : (
        <span class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </span>
      )}
      <input
        type={type === 'email' ? 'email' : 'text'}
        id={id}
        name={name}
        value={value}
        required
        autocomplete={autocomplete}
        inputmode={type === 'code' ? 'numeric' : undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        aria-invalid={problem === undefined ? undefined : 'true'}
        autofocus={problem !== undefined}
      />
    </div>
  );
}
