/** The fields of a form that an edition's file says, as pages ask them. */
import { type Choosable, type Condition, charactersOf, type Form, isField, type OwnField } from '../forms.js';
import type { Locale, Words } from '../words.js';
import type { Field, Option } from './forms.js';

/** What conditions call the fields that come first. */
const FIXED_LABELS: Record<string, Words> = {
  need: { fr: 'Besoin', en: 'Need' },
  held: { fr: 'Séance tenue', en: 'Session held' },
  attendance: { fr: 'Personnes présentes', en: 'People present' },
  newcomers: { fr: 'Dont personnes nouvelles', en: 'Newcomers among them' },
  economic: { fr: 'Réplicabilité économique', en: 'Economic replicability' },
  social: { fr: 'Réplicabilité sociale', en: 'Social replicability' },
};
const YES_NO: readonly Choosable[] = [
  { id: 'yes', label: { fr: 'oui', en: 'yes' } },
  { id: 'no', label: { fr: 'non', en: 'no' } },
];
const WORDS: Words = { fr: 'mots au plus.', en: 'words at most.' };
const CHARACTERS: Words = { fr: 'caractères au plus.', en: 'characters at most.' };
const PRIVATE: Words = { fr: 'Lu par la coordination seulement.', en: 'Read by the coordinators only.' };

/** In which language a form is shown, and the needs that an application chooses from. */
export interface Shown {
  locale?: Locale | undefined;
  needs?: readonly Option[] | undefined;
}

/** The fields, in order; headings between them. */
export const ownFields = (form: Form, shown: Shown): Field[] =>
  form.map((part, i) =>
    isField(part)
      ? { ...asked(part, shown.locale ?? 'fr'), ...about(part, form, shown) }
      : { type: 'heading', name: `section-${i}`, own: { label: part.section[shown.locale ?? 'fr'] } },
  );

/** The words of a field, and when it is asked. */
function about(part: OwnField, form: Form, { locale = 'fr', needs = [] }: Shown): Pick<Field, 'own' | 'when'> {
  const { help, options, when } = part;
  const most = part.maxWords === undefined ? part.maxLength : part.maxWords;
  const unit = part.maxWords === undefined ? CHARACTERS : WORDS;
  const limit = most === undefined ? undefined : `${figure(most, locale)} ${unit[locale]}`;
  const hint = [help?.[locale], limit, part.private === true ? PRIVATE[locale] : undefined].filter((one) => one !== undefined).join(' ');
  return {
    own: {
      label: part.label[locale],
      ...(hint === '' ? {} : { hint }),
      ...(when === undefined ? {} : { condition: when.map((one) => conditionInWords(one, form, { locale, needs })).join(joint[locale]) }),
      ...(options === undefined ? {} : { options: Object.fromEntries(options.map(({ id, label }) => [id, { label: label[locale] }])) }),
    },
    ...(when === undefined ? {} : { when }),
  };
}

/** What a field asks, without its words. */
function asked(field: OwnField, locale: Locale): Field {
  const { id: name, type, required, min, max, maxLength, maxWords, options = [] } = field;
  switch (type) {
    case 'long':
      return { name, required, type, maxLength: charactersOf(field), ...(maxWords === undefined ? {} : { maxWords }) };
    case 'text':
      return { name, required, type, ...(maxLength === undefined ? {} : { maxLength }) };
    case 'email':
    case 'phone':
    case 'url':
    case 'siret':
      return { name, required, type: 'text', format: type };
    case 'number':
      return { name, required, type, min: min ?? -largest, max: max ?? largest, decimals: 3 };
    case 'money':
      return { name, required, type: 'number', min: min ?? 0, max: max ?? largest, decimals: 2, unit: '€' };
    case 'date':
      return { name, required, type };
    case 'choice':
    case 'need':
    case 'yes-no':
      return { name, required, type: 'choice', options: options.map(({ id }) => id) };
    case 'choices': {
      const all = options.map(({ id, label }) => ({ id, label: label[locale] }));
      return {
        name,
        type: 'options',
        options: all,
        min: required ? Math.max(1, min ?? 1) : 0,
        max: Math.min(all.length, max ?? all.length),
      };
    }
  }
}

/** More than any figure of a programme; less than what a number holds exactly. */
const largest = 1e12;
const joint = { fr: ', et ', en: ', and ' } as const;

/** "« Statut » : association ou autre". */
function conditionInWords(
  { field, any = [], atLeast }: Condition,
  form: Form,
  { locale, needs }: { locale: Locale; needs: readonly Option[] },
): string {
  const of = form.filter(isField).find(({ id }) => id === field);
  const label = (of?.label ?? FIXED_LABELS[field])?.[locale] ?? field;
  const options = [...(of?.options ?? YES_NO)];
  const names = any.map((id) => options.find((one) => one.id === id)?.label[locale] ?? needs.find((need) => need.id === id)?.label ?? id);
  const [quote, or] = locale === 'fr' ? [`« ${label} »`, ' ou '] : [`“${label}”`, ' or '];
  if (atLeast !== undefined)
    return `${quote} ${locale === 'fr' ? ':' : 'is'} ${figure(atLeast, locale)} ${locale === 'fr' ? 'ou plus' : 'or more'}`;
  return locale === 'fr' ? `${quote} : ${names.join(or)}` : `${quote} is ${names.join(or)}`;
}

/** A number as it is read. */
export const figure = (value: number, locale: Locale): string => new Intl.NumberFormat(locale).format(value);
