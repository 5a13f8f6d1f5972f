/** An answer, or what was typed, put back into words: each field's label and what was said. */
import type { Child } from 'hono/jsx';
import { type Answer, type Field, textsOfEach } from '../../domain/asks/forms.js';
import { isCivilDate } from '../../domain/calendar.js';
import { fieldsOf } from '../../domain/kinds/index.js';
import type { FieldWords } from '../../domain/kinds/words.js';
import type { AskView } from '../../domain/view.js';
import { inWords, type Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import { allOf, oneOf } from './form.js';

type Row = { label: string; said: Child };

/** The fields of a view's form, and their words: the kind's, or those that the edition's file says. */
export function formOf(view: AskView): { fields: Field[]; words: Record<string, FieldWords> } {
  const fields = fieldsOf(view.form);
  const words: Record<string, FieldWords> = wordsOf(view.person.locale).kinds[view.ask.kind].fields(view);
  const own = Object.fromEntries(fields.flatMap((field) => (field.own === undefined ? [] : [[field.name, field.own]])));
  const { needs } = view.form;
  if (needs === undefined) return { fields, words: { ...words, ...own } };
  const options = Object.fromEntries(needs.map(({ id, label, hint }) => [id, { label, ...(hint ? { hint } : {}) }]));
  return { fields, words: { ...words, need: { label: '', ...words.need, options }, ...own } };
}

/** An application as far as it is kept where it is read, for a draft that holds less. */
export const begun = ({ application, form }: AskView): Raw => ({
  title: application?.title ?? '',
  ...(form.own === undefined ? { summary: application?.summary ?? '' } : {}),
  need: form.needs?.find(({ id, label }) => id === application?.need || label === application?.need)?.id ?? '',
});

/** An answer that was recorded. */
export function Answers({ view, answer }: { view: AskView; answer: Answer }) {
  const { fields, words } = formOf(view);
  const rows = fields.flatMap((field): Row[] => {
    const said = inAnswer(field, answer, words[field.name], view.person.locale);
    return said === undefined ? [] : [{ label: words[field.name]?.label ?? '', said }];
  });
  return <Rows rows={rows} />;
}

/** What was typed and never sent. */
export function Typed({ view, raw }: { view: AskView; raw: Raw }) {
  const { fields, words } = formOf(view);
  const { typedNames } = wordsOf(view.person.locale).page;
  const rows = fields.flatMap((field): Row[] => {
    const said = typedInto(field, raw, words[field.name], view.person.locale);
    return said === undefined ? [] : [{ label: words[field.name]?.label ?? '', said }];
  });
  const named = (['name', 'email'] as const).flatMap((name): Row[] => {
    if (fields.some((field) => field.name === name)) return [];
    const said = plain(oneOf(raw, name));
    return said === undefined ? [] : [{ label: typedNames[name], said }];
  });
  return <Rows rows={[...rows, ...named]} />;
}

/** What was written of each row that has something. */
function textsIn({ rows }: Extract<Field, { type: 'each' }>, textOf: (row: string) => string): Child | undefined {
  const written = rows.flatMap(({ id, label }) => (textOf(id) === '' ? [] : [{ label, text: textOf(id) }]));
  if (written.length === 0) return undefined;
  return written.map(({ label, text }) => (
    <p>
      {label} – <Text text={text} />
    </p>
  ));
}

function typedInto(field: Field, raw: Raw, words: FieldWords | undefined, locale: Locale): Child | undefined {
  if (field.type === 'each') return textsIn(field, (row) => oneOf(raw, `${field.name}.${row}`));
  if (field.type === 'scores')
    return Object.keys(raw).some((name) => name.startsWith(`${field.name}.`) && oneOf(raw, name) !== '')
      ? marks(field, (row, column) => oneOf(raw, `${field.name}.${row}.${column}`))
      : undefined;
  return inAnswer(field, { [field.name]: field.type === 'options' ? allOf(raw, field.name) : oneOf(raw, field.name) }, words, locale);
}

/** Labels and what was said. */
export function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl class="answers">
      {rows.map(({ label, said }) => (
        <>
          <dt>{label}</dt>
          <dd>{said}</dd>
        </>
      ))}
    </dl>
  );
}

const plain = (text: string): Child | undefined => (text === '' ? undefined : <Text text={text} />);

function inAnswer(field: Field, answer: Answer, words: FieldWords | undefined, locale: Locale): Child | undefined {
  const value = answer[field.name];
  if (value === undefined || value === '') return undefined;
  switch (field.type) {
    case 'heading':
      return undefined;
    case 'number':
      if (typeof value === 'number')
        return `${new Intl.NumberFormat(locale).format(value)}${field.unit === undefined ? '' : ` ${field.unit}`}`;
      return typeof value === 'string' ? plain(value) : undefined;
    case 'text':
    case 'long':
      return typeof value === 'string' || typeof value === 'number' ? plain(String(value)) : undefined;
    case 'date':
      return typeof value === 'string' && isCivilDate(value) ? inWords(value, locale, { year: true }) : undefined;
    case 'choice':
      return typeof value === 'string' ? words?.options?.[value]?.label : undefined;
    case 'options': {
      const chosen = Array.isArray(value) ? field.options.filter((option) => value.includes(option.id)) : [];
      return chosen.length === 0 ? '—' : chosen.map((option) => option.label).join(', ');
    }
    case 'each':
      return textsIn(field, (row) => textsOfEach(answer, field.name)[row] ?? '');
    case 'scores': {
      if (typeof value !== 'object' || Array.isArray(value)) return undefined;
      return marks(field, (row, column) => {
        const given = value[row];
        return typeof given === 'object' ? String(given[column] ?? '') : '';
      });
    }
  }
}

const marks = ({ rows, columns }: Extract<Field, { type: 'scores' }>, markOf: (row: string, column: string) => string): Child =>
  rows.map((row) => (
    <p>
      {row.label} – {columns.map((column) => `${column.label} : ${markOf(row.id, column.id) || '—'}`).join(' ; ')}
    </p>
  ));
