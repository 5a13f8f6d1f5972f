/** Answers to a form that an edition's file says, as texts: what documents freeze, and what readers read. */
import { type Form, type FormName, type Forms, isField, type OwnField } from '../forms.js';
import { inWords, type Locale } from '../words.js';
import type { Answer } from './forms.js';
import { figure } from './own-fields.js';

/** What was answered to one field, as a line; undefined where nothing was. */
export function saidIn(
  { type, id, options }: Pick<OwnField, 'type' | 'id' | 'options'>,
  answer: Answer,
  locale: Locale,
): string | undefined {
  const value = answer[id];
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  const named = (one: string) => options?.find((option) => option.id === one)?.label[locale] ?? one;
  if (Array.isArray(value)) return value.map(named).join(', ');
  if (typeof value === 'number') return type === 'money' ? `${figure(value, locale)} €` : figure(value, locale);
  if (typeof value !== 'string') return undefined;
  if (type === 'date') return inWords(value, locale, { year: true });
  return options === undefined ? value : named(value);
}

/** What is frozen, and read, of an answer: its text, or its form as one text. What is private stays out of it. */
export const answerText = (
  { forms, territory }: { forms?: Forms; territory: { locale: Locale } },
  form: FormName | undefined,
  answer: Answer,
): string => {
  const own = form === undefined ? undefined : forms?.[form];
  if (typeof answer.body === 'string') return answer.body;
  return own === undefined ? '' : formText(own, answer, { locale: territory.locale, coordinators: false });
};

/** What readers read of an application: its text, or its form but for what is private; headed by who they are. */
export function applicationText(
  { forms }: { forms?: Forms },
  answer: Answer,
  locale: Locale,
  { coordinators = false }: { coordinators?: boolean } = {},
): string {
  const text = (name: string) => (typeof answer[name] === 'string' ? answer[name] : '');
  if (forms?.application === undefined) return text('summary');
  const first = (['organisation', 'team'] as const).map((name) => ({ label: APPLICANT[name][locale], text: text(name) }));
  return formText(forms.application, answer, { locale, coordinators, first });
}

const APPLICANT = {
  organisation: { fr: 'Structure', en: 'Organisation' },
  team: { fr: 'Équipe', en: 'Team' },
} as const;

/** A line that would be a heading, as it was typed. */
const asTyped = (text: string): string => text.replace(/^(\s{0,3})(#{1,6}(?=\s|$)|=+\s*$|-+\s*$)/gm, '$1\\$2');

/** An answer to such a form as one text, in the order of the form: sections and labels as headings, what was not answered left out; `coordinators`: what only they read too. */
export function formText(
  form: Form,
  answer: Answer,
  { locale, coordinators, first = [] }: { locale: Locale; coordinators: boolean; first?: readonly { label: string; text: string }[] },
): string {
  const parts = first.filter(({ text }) => text !== '').map(({ label, text }) => `## ${label}\n\n${asTyped(text)}`);
  let section: string | undefined;
  for (const part of form) {
    if (!isField(part)) {
      section = part.section[locale];
      continue;
    }
    const said = part.private === true && !coordinators ? undefined : saidIn(part, answer, locale);
    if (said === undefined) continue;
    if (section !== undefined) parts.push(`# ${section}`);
    section = undefined;
    parts.push(`## ${part.label[locale]}\n\n${asTyped(said)}`);
  }
  return parts.join('\n\n');
}
