/** A week of a coordinator: the schedule, what people wrote, and going back. Over a real edition, with scripts off, as narrow as a telephone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { calendarOf } from '../../domain/calendar.js';
import { freezeDocument } from '../../store/documents.js';
import { findEdition, insertRows } from '../../store/editions.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { readSource } from '../support/source.js';
import { openBrowser, type Served, serveApp } from './browser.js';
import { apply, type Coordinator, coordinatorOf, said } from './coordinator.js';

let database: BenchDatabase;
let browser: Browser;
let served: Served;
beforeAll(async () => {
  [database, browser, served] = await Promise.all([benchDatabase(), openBrowser(), serveApp()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await database?.drop();
});

const interview = { step: 'interviews', kind: 'interview' } as const;
const shortlist = { step: 'shortlist', kind: 'shortlist' } as const;

/** A coordinator who is in at ten on a day, on which interviews were asked for the day before. */
async function begun(day = '2027-06-08'): Promise<Bench & Coordinator> {
  const bench = await database.bench();
  const at = bench.on(day, '10:00');
  await bench.live(bench.on('2027-06-07'), at, [interview]);
  const email = bench.edition.people.find(({ role }) => role === 'coordinator')?.email ?? '';
  return { ...bench, ...(await coordinatorOf({ id: bench.id, email, store: bench.store, at: () => at }, { browser, served })) };
}
const here = ({ id }: Bench) => `${served.url}/editions/${id}`;

test('moves the jury to 22 June 2023, and sees before what it changes', async () => {
  const { edition, source } = readSource(readFileSync(join(import.meta.dirname, '../../editions/val-d-oise-2023.yaml'), 'utf8'));
  const at = calendarOf(edition.territory).instantAt('2023-01-16', '09:05');
  const { store } = database;
  await insertRows(store.pool, { edition, source, at, clockOffsetMs: 0 });
  const { page, looked, journal, done } = await coordinatorOf(
    { id: edition.id, email: 'labo@valdoise.example', store, at: () => at },
    { browser, served },
  );
  await page.goto(`${served.url}/editions/${edition.id}/plan`);
  await page.getByRole('link', { name: 'Déplacer le jury…' }).click();
  await page.getByLabel('Date').fill('2023-06-22');
  await page.getByRole('button', { name: 'Calculer' }).click();
  const preview = await said(page.locator('main'));
  expect(preview).toContain('Rien n’est encore changé');
  expect(preview).toMatch(/Marge\s*3 jours ouvrés → 0 jour ouvré/);
  expect(preview).toContain('le jeudi 22 juin');
  expect(await looked()).toEqual([]);
  await apply(page, 'La salle n’est libre que ce jour-là.');
  expect(await said(page.locator('main'))).toContain('Le jury est déplacé.');
  expect((await findEdition(store.pool, edition.id))?.file.plan.pitch).toEqual({ kind: 'pin', date: '2023-06-22' });
  expect(await journal()).toEqual(['edition.moved Camille Labo']);
  await done();
});

test('reminds one of several who are late, by keyboard alone', async () => {
  const week = await begun('2027-06-10');
  const { page } = week;
  await page.goto(here(week));
  await page.getByRole('link', { name: 'Relancer… Service Santé' }).focus();
  await page.keyboard.press('Enter');
  expect(await said(page.locator('h1'))).toContain('Service Santé');
  await page.getByLabel('Pourquoi').focus();
  await page.keyboard.type('Vue ce matin.');
  await page.getByRole('button', { name: 'Appliquer' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Le rappel est noté').waitFor();
  const mails = (await week.mails()).filter(({ asks }) => asks.some(({ rung }) => rung.startsWith('nudge')));
  expect(mails.map(({ person }) => person)).toEqual(['sante']);
  expect(await week.journal()).toEqual(['ask.nudged Camille Labo']);
  await week.done();
});

test('pauses August, and what is open keeps its working days', async () => {
  const week = await begun();
  const { page } = week;
  await page.goto(`${here(week)}/plan`);
  await page.getByRole('link', { name: 'Mettre l’édition en pause…' }).click();
  await page.getByLabel('Du').fill('2027-08-02');
  await page.getByLabel('Au').fill('2027-08-20');
  await page.getByRole('button', { name: 'Calculer' }).click();
  expect(await week.looked()).toEqual([]);
  await apply(page, 'Fermeture d’été.');
  expect((await findEdition(week.store.pool, week.id))?.file.territory.closures.at(-1)).toEqual({ from: '2027-08-02', to: '2027-08-20' });
  expect(await week.journal()).toEqual(['edition.closure Camille Labo']);
  await week.done();
});

test('pauses without an end, and resumes', async () => {
  const week = await begun();
  const { page } = week;
  await page.goto(`${here(week)}/acts/pause`);
  expect(await said(page.locator('main'))).toContain('annulé');
  await apply(page, 'Élections.');
  expect((await findEdition(week.store.pool, week.id))?.status).toBe('paused');
  await page.goto(`${here(week)}/plan`);
  await page.getByRole('link', { name: 'Reprendre l’édition…' }).click();
  await apply(page, 'Élus installés.');
  expect((await findEdition(week.store.pool, week.id))?.status).toBe('running');
  expect(await week.journal()).toEqual(['edition.paused Camille Labo', 'edition.resumed Camille Labo']);
  await week.done();
});

test('writes down what somebody said by telephone, and reads all interviews side by side', async () => {
  const week = await begun();
  const { page } = week;
  expect(await week.answer(interview, 'sante', { problems: 'Pas de bus le soir.' }, week.on('2027-06-08', '09:30'))).toMatchObject({
    ok: true,
  });
  await page.goto(here(week));
  await page
    .getByRole('link', { name: /^Répondre en son nom…/ })
    .first()
    .click();
  await page.getByLabel(/^Quels problèmes aigus/).fill('Les urgences débordent.');
  await page.getByLabel(/^Comment et quand/).fill('Au téléphone, ce matin.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.goto(`${here(week)}/documents`);
  await page.getByRole('link', { name: 'Lire les entretiens côte à côte' }).click();
  const interviews = await said(page.locator('main'));
  for (const words of ['Pas de bus le soir.', 'Les urgences débordent.']) expect(interviews).toContain(words);
  expect(await week.looked()).toEqual([]);
  expect(await week.journal()).toEqual(['ask.answered-for Camille Labo']);
  await week.done();
});

test('compares two versions of the diagnosis, by keyboard alone', async () => {
  const week = await begun();
  const { page } = week;
  for (const [version, body] of [
    [1, 'Le besoin est grand.'],
    [2, 'Le besoin est immense, la nuit surtout.'],
  ] as const)
    await freezeDocument(week.store.pool, week.id, {
      ...{ step: 'diagnosis', project: '', version, generation: 1, ask: 'a', author: 'sante', title: `Diagnostic ${version}`, body },
      at: week.on('2027-06-08', '09:00'),
    });
  await page.goto(`${here(week)}/documents`);
  await page.getByRole('link', { name: 'Diagnostic 2' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Comparer' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('ins').first().waitFor();
  expect(await said(page.locator('del').first())).toContain('grand');
  expect(await said(page.locator('ins').first())).toContain('immense');
  expect(await week.looked()).toEqual([]);
  await week.done();
});

test('goes back to the shortlist silently, before its letters, and finds it in the journal under the right name', async () => {
  const week = await begun();
  const { page, store } = week;
  await week.review(week.on('2027-06-08', '09:00'), [shortlist]);
  await page.goto(`${here(week)}/plan`);
  await page.getByRole('link', { name: 'Revenir à une étape…' }).click();
  await page.getByLabel('Étape').selectOption('shortlist');
  await page.getByLabel('oui').check();
  await page.getByRole('button', { name: 'Calculer' }).click();
  expect(await said(page.locator('main'))).toContain('Personne n’est prévenu par cet acte.');
  expect(await week.looked()).toEqual([]);
  await apply(page, 'Une candidature a été oubliée.');
  expect(await said(page.locator('main'))).toContain('Le programme est revenu à cette étape.');
  expect((await store.pool.query('select step, generation from step_generation where edition = $1', [week.id])).rows).toEqual([
    { step: 'shortlist', generation: 2 },
  ]);
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  const journal = await said(page.locator('main'));
  for (const words of ['Camille Labo', 'est revenu·e à une étape', 'Une candidature a été oubliée.']) expect(journal).toContain(words);
  await week.done();
});
