/** An answer, or what was typed, put back into words: each field's label and what was said. */
import type { Child } from 'hono/jsx';
import { isCivilDate } from '../../domain/calendar.js';
import { type Answer, type Field, fieldsOf } from '../../domain/forms.js';
import type { AskView } from '../../domain/view.js';
import { inWords, type Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import type { FieldWords } from '../words/shape.js';
import { allOf, oneOf } from './form.js';

type Row = { label: string; said: Child };

/** The fields of a view's form, and their words. An application's own fields are not in `domain/forms`: its page is a draft. */
export function formOf(view: AskView): { fields: Field[]; words: Record<string, FieldWords> } {
  const words: Record<string, FieldWords> = wordsOf(view.person.locale).fields[view.ask.kind](view);
  return { fields: fieldsOf(view.form), words };
}

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
  const known = fields.length > 0 ? fields.map((field) => field.name) : Object.keys(words);
  const rows = known.flatMap((name): Row[] => {
    const field = fields.find((one) => one.name === name);
    const answer: Answer = { [name]: field?.type === 'options' ? allOf(raw, name) : oneOf(raw, name) };
    const said = field ? inAnswer(field, answer, words[name], view.person.locale) : plain(oneOf(raw, name));
    return said === undefined ? [] : [{ label: words[name]?.label ?? '', said }];
  });
  return <Rows rows={rows} />;
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
    case 'text':
    case 'long':
    case 'number':
      return typeof value === 'string' || typeof value === 'number' ? plain(String(value)) : undefined;
    case 'date':
      return typeof value === 'string' && isCivilDate(value) ? inWords(value, locale, { year: true }) : undefined;
    case 'choice':
      return typeof value === 'string' ? words?.options?.[value]?.label : undefined;
    case 'options': {
      const chosen = Array.isArray(value) ? field.options.filter((option) => value.includes(option.id)) : [];
      return chosen.length === 0 ? '—' : chosen.map((option) => option.label).join(', ');
    }
    case 'scores': {
      if (typeof value !== 'object' || Array.isArray(value)) return undefined;
      return field.rows.map((row) => (
        <p>
          {row.label} – {field.columns.map((column) => `${column.label} : ${value[row.id]?.[column.id] ?? '—'}`).join(' ; ')}
        </p>
      ));
    }
  }
}
