import { describe, expect, test } from '@jest/globals';
import type { Answer, Field } from '../../domain/asks/forms.js';
import { type AskKind, askKinds } from '../../domain/asks.js';
import { fieldsOf } from '../../domain/kinds/index.js';
import type { FieldWords } from '../../domain/kinds/words.js';
import { LOCALES } from '../../domain/words.js';
import { formOf } from '../../web/pages/answers.js';
import { wordsOf } from '../../web/words/index.js';
import { readable, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

/** Words of the code that no reader should meet: kinds and steps with a dash, choices, ids of the views. */
const codes =
  /undefined|\[object|NaN|null|app-1|val-d-oise-2023|changes-requested|go-on|in-place|drop-project|end-edition|not-possible|roadmap-approval|pitch-preparation|before-2|\bdga\b|\bp1\b/;

function answerTo(field: Field): Answer[string] {
  switch (field.type) {
    case 'heading':
      return '';
    case 'text':
    case 'long':
      return 'Une réponse';
    case 'number':
      return field.max;
    case 'date':
      return '2023-09-20';
    case 'choice':
      return field.options[0] ?? '';
    case 'options':
      return field.options.slice(0, 1).map(({ id }) => id);
    case 'each':
      return Object.fromEntries(field.rows.map(({ id }) => [id, 'Une raison']));
    case 'scores':
      return Object.fromEntries(field.rows.map((row) => [row.id, Object.fromEntries(field.columns.map((column) => [column.id, 4]))]));
  }
}
const cases = askKinds.flatMap((kind) => LOCALES.map((locale) => ({ kind, locale })));

describe('every kind of ask, in both languages', () => {
  test.each(cases)('$kind, $locale: is a question in words, with a labelled form', async ({ kind, locale }) => {
    const { get } = site(viewOf(kind, { locale }));
    const html = await (await get('/r/q7Hc2')).text();
    const text = readable(html).replace(/https:\S+/g, ''); // a tracked link carries ids
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).toMatch(/<h1>[^<]+\?<\/h1>/);
    expect(text).not.toMatch(codes);
    const ids = [...html.matchAll(/<(?:input|textarea)[^>]* id="([^"]+)"[^>]*>/g)].map(([all, id]) => ({ all, id }));
    expect(ids.length).toBeGreaterThan(0);
    for (const { all, id } of ids)
      expect(html.includes(`for="${id}"`) || all.includes('aria-label=') || /type="(radio|checkbox)"/.test(all)).toBe(true);
  });

  test.each(cases)('$kind, $locale: says what was answered, once it is', async ({ kind, locale }) => {
    const view = viewOf(kind, { locale });
    const answer: Answer = Object.fromEntries(fieldsOf(view.form).map((field) => [field.name, answerTo(field)]));
    const { get } = site({ ...view, closed: { state: 'answered', at: monday, answer } });
    const html = await (await get('/r/q7Hc2')).text();
    const text = readable(html);
    expect(text).not.toMatch(codes);
    expect(text).toContain(readable(wordsOf(locale).kinds[kind].page.done));
    expect(html).not.toContain('<textarea');
    if (kind !== 'apply') for (const { name } of fieldsOf(view.form)) expect(text).toContain(readable(wordFor(kind, view, name).label));
  });

  test.each(cases)('$kind, $locale: has words for each field, and for each of its choices', ({ kind, locale }) => {
    const view = viewOf(kind, { locale });
    const { fields, words } = formOf(view);
    for (const field of fields) {
      expect(words[field.name]?.label).toBeTruthy();
      if (field.type === 'choice') for (const option of field.options) expect(words[field.name]?.options?.[option]?.label).toBeTruthy();
    }
  });

  function wordFor(kind: AskKind, view: ReturnType<typeof viewOf>, name: string): FieldWords {
    const words: Record<string, FieldWords> = wordsOf(view.person.locale).kinds[kind].fields(view);
    return words[name] ?? { label: '' };
  }
});
