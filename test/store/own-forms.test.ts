import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Raw } from '../../domain/asks/forms.js';
import { saveApplication, startApplication } from '../../store/acts/application.js';
import { documentsOf } from '../../store/documents.js';
import { insertProjects } from '../../store/projects.js';
import { applicationRead } from '../../store/readings.js';
import { findView } from '../../store/views/index.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';
import { withForms } from '../support/forms.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;
const eligibility = { step: 'eligibility', kind: 'eligibility', part: 'a-01', after: '2027-06-21' } as const;
const whole: Raw = {
  ...{ title: 'Le bus', organisation: 'Les Passerelles', need: 'soins', team: 'Trois personnes' },
  ...{ status: 'autre', stage: 'prototype', publics: ['mineurs'], budget: '12500' },
};

async function begun() {
  const bench = await database.bench(withForms);
  await bench.review(bench.on('2027-06-07', '10:00'), [call]);
  const at = bench.on('2027-06-08', '10:00');
  const started = await startApplication(bench.store, {
    edition: bench.id,
    name: 'Nour',
    email: 'nour@asso.example',
    title: 'Le bus',
    realNow: at,
  });
  if (!started.ok || started.request === undefined) throw new Error('no place');
  const { request } = started;
  const save = (raw: Raw, submit: boolean) => saveApplication(bench.store, { request, raw, submit, realNow: at });
  return { bench, at, save, view: () => findView(bench.store.pool, request, () => at) };
}

describe('an application to a form of the edition’s own', () => {
  test('is kept as a draft whatever is in it, and whole once it is sent', async () => {
    const { bench, save, view } = await begun();
    expect(await save({ ...whole, budget: 'beaucoup', stage: '' }, false)).toMatchObject({ ok: true });
    expect((await view())?.draft).toMatchObject({ budget: 'beaucoup', organisation: 'Les Passerelles' });
    expect(await save({ ...whole, budget: 'beaucoup', stage: '' }, true)).toMatchObject({
      ok: false,
      reason: 'invalid',
      problems: [
        { field: 'stage', problem: 'required' },
        { field: 'budget', problem: 'not-a-number' },
      ],
    });
    expect(await save({ ...whole, proof: 'Caché' }, true)).toMatchObject({ ok: true });
    expect(await applicationRead(bench.store.pool, bench.id, 'a-01')).toMatchObject({
      title: 'Le bus',
      need: 'soins',
      answer: { budget: 12500, publics: ['mineurs'], status: 'autre' },
    });
    const { answer } = (await applicationRead(bench.store.pool, bench.id, 'a-01')) ?? {};
    expect(answer).not.toHaveProperty('proof');
  });

  test('is read without what only coordinators read; whoever rules is told what the rules say', async () => {
    const { bench, save, at } = await begun();
    await save(whole, true);
    await bench.review(bench.on('2027-06-22', '10:00'), [call, eligibility]);
    const view = await findView(bench.store.pool, bench.request(eligibility, 'coordo'), () => at);
    const { application } = view ?? {};
    expect(application?.summary).toContain('## Structure\n\nLes Passerelles');
    expect(application?.summary).not.toContain('12');
    expect(application?.unmet?.map(({ fr }) => fr)).toEqual(['Réservé aux structures de l’ESS.']);
  });
});

test('a document that is a form is frozen as its text', async () => {
  const { bench, save, at } = await begun();
  await save(whole, true);
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus', need: 'soins', applicant: 'applicant-01', directorate: 'sante' };
  await insertProjects(bench.store.pool, bench.id, [project]);
  const roadmap = { step: 'roadmap', kind: 'document', project: 'p-01' } as const;
  await bench.review(at, [roadmap]);
  const answer = { title: 'Le bus, feuille de route', body: 'Rien', goals: 'Deux tournées.', means: 'Un bus.' };
  expect(await bench.answer(roadmap, 'applicant-01', answer, at + 60_000)).toMatchObject({ ok: true });
  await bench.review(at + 120_000, [roadmap]);
  expect(await documentsOf(bench.store.pool, bench.id, { step: 'roadmap', project: 'p-01' })).toMatchObject([
    { title: 'Le bus, feuille de route', body: '## Objectifs\n\nDeux tournées.\n\n## Moyens demandés\n\nUn bus.' },
  ]);
});
