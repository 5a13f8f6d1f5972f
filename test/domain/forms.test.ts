import { describe, expect, test } from '@jest/globals';
import { REASON, speaking } from '../../cli/help.js';
import { type FormContext, unsendable } from '../../domain/asks/forms.js';
import { fieldsOf, readAnswer } from '../../domain/kinds/index.js';
import { isBlank, isReason, problemOfText, tidy } from '../../domain/text.js';

const form = (change: Partial<FormContext>): FormContext => ({
  kind: 'interview',
  step: 'interviews',
  applications: [],
  criteria: [],
  people: [],
  min: 0,
  max: 0,
  choices: [],
  needsText: false,
  ...change,
});
/** Characters that are letters, marks or symbols by their class and nothing to the eye. */
const invisible = [
  '\u200b',
  '\u200d\ufe0f',
  '\u2060 \ufeff',
  '\u3164',
  '\u115f\u1160',
  '\uffa0',
  '\u2800',
  '\u00ad',
  '\u{e0041}',
  '\u00a0\u202f',
];

describe('a field of invisible characters alone', () => {
  test.each(invisible)('is empty: %j', (text) => {
    expect(isBlank(text)).toBe(true);
    expect(tidy(text)).toBe('');
    expect(problemOfText(text, 'text')).toBe('required');
    expect(isReason(text)).toBe(false);
    expect(() => REASON.read?.(text, speaking('fr'))).toThrow(); // of a command
    expect(readAnswer(form({}), { problems: text })).toEqual({ ok: false, problems: [{ field: 'problems', problem: 'required' }] });
    expect(readAnswer(form({}), { problems: 'x', leads: text })).toEqual({ ok: true, answer: { problems: 'x' } });
    expect(readAnswer(form({ kind: 'session' }), { held: 'yes', attendance: text })).toEqual({ ok: true, answer: { held: 'yes' } });
    expect(readAnswer(form({ kind: 'approve' }), { decision: 'refused', remarks: text })).toMatchObject({
      problems: [{ field: 'remarks', problem: 'required' }],
    });
  });

  test('and what can be seen is not, whatever stands around it', () => {
    for (const text of ['…', '-', '👍', '👩‍🚀', 'é', 'e\u0301', '話', '\u200bx\u200b']) expect(isBlank(text)).toBe(false);
  });
});

describe('a text', () => {
  test('has the limit of its field: a line of 200, a text of 20 000', () => {
    const document = form({ kind: 'document', step: 'diagnosis' });
    expect(readAnswer(document, { title: 'x'.repeat(201), body: 'x'.repeat(20_001) })).toEqual({
      ok: false,
      problems: [
        { field: 'title', problem: 'too-long' },
        { field: 'body', problem: 'too-long' },
      ],
    });
    expect(readAnswer(document, { title: ` ${'x'.repeat(200)} `, body: 'x'.repeat(20_000) })).toMatchObject({ ok: true });
  });

  test('is kept composed: the same letters are the same text', () => {
    expect(readAnswer(form({}), { problems: 'Périnatalité'.normalize('NFD') })).toEqual({
      ok: true,
      answer: { problems: 'Périnatalité'.normalize('NFC') },
    });
  });
});

test('a draft is told what is wrong with what was typed, not what is still to come', () => {
  const fields = fieldsOf(form({ kind: 'apply', needs: [{ id: 'soins', label: 'Soins' }] }));
  expect(unsendable(fields, { title: 'x'.repeat(201), need: '', summary: '' })).toEqual([{ field: 'title', problem: 'too-long' }]);
  expect(unsendable(fields, { title: 'Un bus' })).toEqual([]);
});
