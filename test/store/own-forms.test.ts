import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Installation } from '../../client/installation.js';
import type { Raw } from '../../domain/asks/forms.js';
import { saveApplication, startApplication } from '../../store/acts/application.js';
import { documentsOf } from '../../store/documents.js';
import { insertProjects } from '../../store/projects.js';
import { applicationRead } from '../../store/readings.js';
import { declareInterests } from '../../store/selection.js';
import { findView } from '../../store/views/index.js';
import { liveReading } from '../../web/live-reading.js';
import { publicUrl } from '../support/chronicle.js';
import { type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
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

test('a table of applications has a column for each field, and nothing of what a juror is kept from', async () => {
  const { bench, save, at } = await begun();
  await save(whole, true);
  const installation = { store: bench.store, linkKey, publicUrl, realNow: () => at } as unknown as Installation;
  const { sheet } = liveReading(installation);
  const wanted = { what: 'applications', from: 0, reader: 'nobody@essais.example' } as const;
  const found = await sheet(bench.id, wanted);
  expect(found?.head.slice(9)).toEqual([
    ...['f.organisation', 'f.team', 'f.siret', 'f.status', 'f.stage', 'f.proof', 'f.publics', 'f.budget', 'f.cofunding', 'f.site'],
  ]);
  expect(found?.rows.map((row) => [...row.slice(0, 5), ...row.slice(9)])).toEqual([
    [
      'a-01',
      'Le bus',
      'Nour',
      'soins',
      null,
      'Les Passerelles',
      'Trois personnes',
      null,
      'autre',
      'prototype',
      null,
      'mineurs',
      12500,
      null,
      null,
    ],
  ]);
  const juror = bench.edition.people.find(({ id }) => id === bench.edition.selection.jury[0]);
  await declareInterests(bench.store.pool, bench.id, { person: juror?.id ?? '', applications: ['a-01'], nature: 'un cousin' });
  const kept = await sheet(bench.id, { ...wanted, reader: juror?.email ?? '' });
  expect(kept?.rows[0]?.slice(9)).toEqual(found?.head.slice(9).map(() => null));
  await bench.review(at, [{ step: 'jury', kind: 'seat' }]);
  const seated = await sheet(bench.id, { ...wanted, reader: juror?.email ?? '' });
  expect(seated?.head).toEqual(found?.head.filter((column) => column !== 'f.budget'));
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
