/** From checked `forms` and `eligibility` to those of an `Edition`: texts in both languages, conditions as lists, needs as options. */
import { type Choosable, type Condition, type EligibilityRule, FORM_NAMES, type Form, type Forms, type OwnField } from '../forms.js';
import type { Words } from '../words.js';
import { writtenValue } from './form-checks.js';
import type { WrittenForm, WrittenWhen, WrittenWords } from './form-schema.js';
import type { EditionFile } from './schema.js';

const both = (written: WrittenWords): Words => (typeof written === 'string' ? { fr: written, en: written } : written);

const conditions = (when: WrittenWhen): Condition[] =>
  Object.entries(when).map(([field, wanted]) =>
    typeof wanted === 'object' && 'atLeast' in wanted
      ? { field, atLeast: wanted.atLeast }
      : { field, any: [wanted].flat().map(writtenValue) },
  );

/** The options of a field that chooses: its own, the needs of the edition, yes or no. */
function optionsOf({ type, options }: Extract<WrittenForm[number], { id: string }>, needs: EditionFile['needs']): Choosable[] | undefined {
  if (type === 'need') return needs.map(({ id, title }) => ({ id, label: both(title) }));
  if (type === 'yes-no')
    return [
      { id: 'yes', label: { fr: 'Oui', en: 'Yes' } },
      { id: 'no', label: { fr: 'Non', en: 'No' } },
    ];
  return options?.map((option) =>
    typeof option === 'string' ? { id: option, label: both(option) } : { id: option.id, label: both(option.label) },
  );
}

const formOf = (written: WrittenForm, needs: EditionFile['needs']): Form =>
  written.map((part) => {
    if (!('id' in part)) return { section: both(part.section) };
    const { label, help, when, options: _, private: isPrivate, min, max, maxLength, maxWords, ...plain } = part;
    const options = optionsOf(part, needs);
    return {
      ...plain,
      label: both(label),
      ...(help === undefined ? {} : { help: both(help) }),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(maxLength === undefined ? {} : { maxLength }),
      ...(maxWords === undefined ? {} : { maxWords }),
      ...(options === undefined ? {} : { options }),
      ...(when === undefined ? {} : { when: conditions(when) }),
      ...(isPrivate === true ? { private: true } : {}),
    } satisfies OwnField;
  });

/** The forms and the rules of a file, as far as it says any. */
export function ownForms({ forms = {}, eligibility = [], needs }: EditionFile): {
  forms?: Forms;
  eligibility?: readonly EligibilityRule[];
} {
  const said = FORM_NAMES.flatMap((name) => {
    const form = forms[name];
    return form === undefined ? [] : [[name, formOf(form, needs)] as const];
  });
  return {
    ...(said.length === 0 ? {} : { forms: Object.fromEntries(said) }),
    ...(eligibility.length === 0
      ? {}
      : { eligibility: eligibility.map(({ unless, says }) => ({ unless: conditions(unless), says: both(says) })) }),
  };
}
