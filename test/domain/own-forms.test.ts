import { describe, expect, test } from '@jest/globals';
import { applicationText, formText } from '../../domain/asks/form-text.js';
import type { FormContext, Raw } from '../../domain/asks/forms.js';
import { ownFields } from '../../domain/asks/own-fields.js';
import type { AskKind } from '../../domain/asks.js';
import { readEdition } from '../../domain/edition.js';
import { type FormName, unmetRules } from '../../domain/forms.js';
import { fieldsOf, readAnswer } from '../../domain/kinds/index.js';
import { bare, FORMS } from '../support/forms.js';
import { REFERENCE, textOf } from './editions.js';

const text = `${bare(textOf(REFERENCE))}\n${FORMS}`;
const put = (what: string, by: string): string => {
  if (!text.includes(what)) throw new Error(`the forms have no ${what}`);
  return text.replace(what, by);
};
const pathsIn = (changed: string) => {
  const reading = readEdition(changed);
  return reading.ok ? [] : reading.problems.map(({ path }) => path).sort();
};
const reading = readEdition(text);
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { edition } = reading;
const { forms = {}, eligibility = [] } = edition;
const formIn = (kind: AskKind, name: FormName, change: Partial<FormContext> = {}): FormContext => ({
  ...{ kind, step: name, applications: [], criteria: [], people: [], min: 0, max: 0, choices: [], needsText: false },
  ...{ own: forms[name], needs: edition.needs.map(({ id, title }) => ({ id, label: title })), locale: 'fr' },
  ...change,
});
const application = formIn('apply', 'application');
const whole: Raw = {
  ...{ title: 'Le bus', organisation: 'Les Passerelles', need: 'mineurs', team: 'Trois personnes' },
  ...{ status: 'autre', stage: 'prototype', publics: ['mineurs'], budget: '12 500,50 €', proof: 'Rien' },
};

describe('forms in an edition file are refused for', () => {
  test.each([
    ['a type that there is not', put('type: money', 'type: monnaie'), ['forms.application[7].type', 'forms.application[8].when.budget']],
    ['a form that there is not', put('  roadmap:', '  feuille:'), ['forms.feuille']],
    [
      'a form without a field',
      put('  interview:', '  interview: [{ section: Rien }]\n  report:').replace(/\n {2}report:\n {4}- \{ id: learned.*/, ''),
      ['forms.interview'],
    ],
    ['two fields of one id', put('id: status', 'id: siret'), ['eligibility[0].unless.status', 'forms.application[2].id']],
    ['an id that is one of ours', put('id: goals', 'id: title'), ['forms.roadmap[0].id']],
    ['an id with a capital', put('id: goals', 'id: Goals'), ['forms.roadmap[0].id']],
    ['a condition on a later field', put('when: { stage: déployée }', 'when: { site: x }'), ['forms.application[5].when.site']],
    ['a condition on what is not a choice', put('when: { stage: déployée }', 'when: { siret: x }'), ['forms.application[5].when.siret']],
    [
      'a condition on a choice that there is not',
      put('when: { stage: déployée }', 'when: { stage: rêvée }'),
      ['forms.application[5].when.stage'],
    ],
    ['a number compared with a text', put('{ budget: { atLeast: 50000 } }', '{ budget: beaucoup }'), ['forms.application[8].when.budget']],
    [
      'a choice compared with a number',
      put('when: { stage: déployée }', 'when: { stage: { atLeast: 3 } }'),
      ['forms.application[5].when.stage'],
    ],
    ['a condition on nothing', put('when: { stage: déployée }', 'when: {}'), ['forms.application[5].when']],
    ['one option', put('options: [idée, prototype, déployée]', 'options: [déployée]'), ['forms.application[4].options']],
    ['no options', put(', options: [femmes enceintes, mineurs, familles]', ''), ['forms.application[6].options']],
    ['an option twice', put('[femmes enceintes, mineurs, familles]', '[mineurs, familles, mineurs]'), ['forms.application[6].options[2]']],
    ['a limit that says nothing', put('type: url', 'type: url, max: 3'), ['forms.application[9].max']],
    ['a least above its most', put('max: 2 }', 'max: 2, min: 3 }'), ['forms.application[6].max']],
    ['more words than anybody fills in', put('label: Objectifs', 'label: Objectifs, maxLength: 20001'), ['forms.roadmap[0].maxLength']],
    ['a label that is empty', put('label: Objectifs', 'label: " "'), ['forms.roadmap[0].label']],
    ['a label in one language of two', put('label: Objectifs', 'label: { fr: Objectifs }'), ['forms.roadmap[0].label.en']],
    ['a rule on a field that there is not', put('unless: { status', 'unless: { statut'), ['eligibility[0].unless.statut']],
    [
      'more than a form may hold',
      put(
        'label: Objectifs',
        `label: Objectifs, maxLength: 20000 }\n${Array.from({ length: 8 }, (_, n) => `    - { id: l${n}, type: long, label: L, maxLength: 20000 }`).join('\n')}\n    - { id: z, type: long, label: Z`,
      ),
      ['forms.roadmap'],
    ],
  ])('%s', (_, changed, paths) => {
    expect(pathsIn(changed)).toEqual(paths);
  });

  test('what has another shape, saying which there are', () => {
    const said = (changed: string) => {
      const read = readEdition(changed);
      return read.ok ? [] : read.problems.map(({ message }) => message.en);
    };
    expect(said(put('- section: Votre structure', '- Votre structure'))).toEqual([
      '`Votre structure`: this should be one of `{ id: …, type: text, label: … }`, `{ section: … }`.',
    ]);
    expect(said(put('label: Objectifs', 'label: [Objectifs]'))).toEqual(['`["Objectifs"]`: this should be a text, or `{ fr: …, en: … }`.']);
  });

  test('a rule without a form of its own looks at the fixed fields', () => {
    const rules = 'eligibility:\n  - { unless: { need: mineurs }, says: Autre besoin }\n';
    expect(pathsIn(`${bare(textOf(REFERENCE))}\n${rules}`)).toEqual([]);
    expect(pathsIn(`${bare(textOf(REFERENCE))}\n${rules.replace('need', 'stage')}`)).toEqual(['eligibility[0].unless.stage']);
  });
});

describe('an answer to such a form', () => {
  const problems = (change: Raw, form = application) => {
    const read = readAnswer(form, { ...whole, ...change });
    return read.ok ? [] : read.problems.map(({ field, problem }) => `${field}: ${problem}`);
  };

  test('is read by type; what is hidden falls out', () => {
    expect(readAnswer(application, { ...whole, siret: '12345678900007', site: 'passerelles.example' })).toEqual({
      ok: true,
      answer: {
        ...{ title: 'Le bus', organisation: 'Les Passerelles', need: 'mineurs', team: 'Trois personnes' },
        ...{ status: 'autre', stage: 'prototype', publics: ['mineurs'], budget: 12500.5 },
        ...{ siret: '123 456 789 00007', site: 'https://passerelles.example' },
      },
    });
  });

  test.each<[string, Raw, string[]]>([
    ['a condition that holds asks', { stage: 'déployée', proof: '' }, ['proof: required']],
    ['a number high enough asks', { budget: '50000' }, ['cofunding: required']],
    ['a number below does not', { budget: '49999,99' }, []],
    ['a choice that there is not', { stage: 'rêvée' }, ['stage: not-a-choice']],
    ['a choice of something else', { need: 'autre' }, ['need: not-a-choice']],
    ['too many', { publics: ['mineurs', 'familles', 'femmes enceintes'] }, ['publics: too-many']],
    ['none', { publics: [] }, ['publics: too-few']],
    ['too much money', { budget: '200001' }, ['budget: not-a-number']],
    ['money below nothing', { budget: '-1' }, ['budget: not-a-number']],
    ['money in words', { budget: 'douze mille' }, ['budget: not-a-number']],
    ['a key that does not fit', { siret: '12345678900008' }, ['siret: not-a-siret']],
    ['thirteen digits', { siret: '1234567890000' }, ['siret: not-a-siret']],
    ['a script for a page', { site: 'javascript:alert(1)' }, ['site: not-a-url']],
    ['a page that is a word', { site: 'passerelles' }, ['site: not-a-url']],
    ['too many words', { stage: 'déployée', proof: 'mot '.repeat(301) }, ['proof: too-many-words']],
    ['as many words as may be', { stage: 'déployée', proof: 'mot '.repeat(300) }, []],
    ['a control character', { organisation: 'A\u0007B' }, ['organisation: control-characters']],
  ])('%s', (_, change, found) => {
    expect(problems(change)).toEqual(found);
  });

  test('La Poste has a key of its own', () => {
    expect(problems({ siret: '35600000049837' })).toEqual([]);
    expect(problems({ siret: '35600000049838' })).toEqual(['siret: not-a-siret']);
  });

  test('depends on fixed fields too', () => {
    const session = formIn('session', 'session');
    expect(readAnswer(session, { held: 'no', followed: '3', why: '' })).toEqual({
      ok: false,
      problems: [{ field: 'why', problem: 'required' }],
    });
    expect(readAnswer(session, { held: 'yes', attendance: '9', newcomers: '3', followed: '2', why: 'rien' })).toEqual({
      ok: true,
      answer: { held: 'yes', attendance: 9, newcomers: 3, followed: 2 },
    });
    expect(readAnswer(session, { held: 'yes', attendance: '2', newcomers: '3' })).toMatchObject({
      problems: [{ field: 'newcomers', problem: 'more-than-came' }],
    });
    expect(readAnswer(session, { held: 'yes', followed: '-1' })).toMatchObject({
      problems: [{ field: 'followed', problem: 'not-a-number' }],
    });
  });

  test('is asked with the condition in words, in the reader’s language', () => {
    const conditions = (locale: 'fr' | 'en') =>
      ownFields(forms.application ?? [], { locale, needs: application.needs }).flatMap(({ own }) => own?.condition ?? []);
    expect(conditions('fr')).toEqual(['« Où en est la solution ? » : déployée', '« Coût de l’expérimentation » : 50\u202f000 ou plus']);
    expect(ownFields(forms.session ?? [], { locale: 'en' })[1]?.own?.condition).toBe('“Session held” is no');
    expect(fieldsOf(application).find(({ name }) => name === 'budget')?.own?.hint).toBe('Lu par la coordination seulement.');
  });

  test('is one text, in order, without what is private; a line that looks like a heading stays a line', () => {
    const read = readAnswer(application, { ...whole, team: '# Nous\ndeux' });
    if (!read.ok) throw new Error('not read');
    expect(applicationText(edition, read.answer, 'fr')).toBe(
      '## Structure\n\nLes Passerelles\n\n## Équipe\n\n\\# Nous\ndeux\n\n# Votre structure\n\n## Statut\n\nautre\n\n# La solution\n\n## Où en est la solution ?\n\nprototype\n\n## Publics\n\nmineurs',
    );
    expect(applicationText(edition, read.answer, 'fr', { coordinators: true })).toContain(
      '## Coût de l’expérimentation\n\n12\u202f500,5 €',
    );
    expect(formText(forms.roadmap ?? [], { goals: 'Un', from: '2023-09-20' }, { locale: 'fr', coordinators: false })).toBe(
      '## Objectifs\n\nUn\n\n## Premier jour souhaité\n\nmercredi 20 septembre 2023',
    );
  });

  test('is held against the rules once their fields are answered', () => {
    const says = (answer: Record<string, unknown>) => unmetRules(eligibility, answer).map((one) => one.says.fr);
    expect(says({})).toEqual([]);
    expect(says({ status: 'association' })).toEqual([]);
    expect(says({ status: 'autre' })).toEqual(['Réservé aux structures de l’ESS.']);
  });
});
