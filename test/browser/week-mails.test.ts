/** A week of a coordinator: the mails. Over a real edition, with scripts off, as narrow as a telephone. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
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

type Week = Bench & Coordinator;

/** A coordinator who is in, on the Tuesday after interviews were asked for. */
async function begun(): Promise<Week> {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [interview]);
  const email = bench.edition.people.find(({ role }) => role === 'coordinator')?.email ?? '';
  return { ...bench, ...(await coordinatorOf({ id: bench.id, email, store: bench.store, at: () => at }, { browser, served })) };
}

test('sees next week’s mails, reads one as it would be written, and holds it', async () => {
  const week = await begun();
  const { page } = week;
  await page.goto(`${served.url}/editions/${week.id}`);
  await page.getByRole('link', { name: 'Mails', exact: true }).click();
  await page.getByRole('link', { name: 'À venir' }).click();
  expect(await week.looked()).toEqual([]);
  await page.getByRole('searchbox', { name: 'Destinataire' }).fill('santé');
  await page.getByRole('button', { name: 'Filtrer' }).click();
  const first = page.locator('tbody tr').first();
  expect(await said(first)).toContain('vendredi 11 juin à 9 h');
  await first.getByRole('link', { name: /^Rappel cinq jours avant/ }).click();
  expect(await said(page.locator('main'))).toContain('Il n’est pas encore écrit');
  expect(await said(page.locator('pre.mail'))).toContain('vendredi 18 juin');
  await page.getByRole('link', { name: 'Retenir…' }).click();
  expect(await said(page.locator('main'))).toContain('Rappel cinq jours avant – Entretiens croisés (entretien), pour Service Santé');
  expect(await said(page.locator('main'))).toContain('1 annulé');
  await apply(page, 'Vu ce matin, la réponse arrive.');
  expect(await said(page.locator('main'))).toContain('Le mail est retenu.');
  expect(await said(page.locator('tbody tr').first())).toContain('par Camille Labo');
  expect(await week.looked()).toEqual([]);
  await page.goto(`${served.url}/editions/${week.id}`);
  await page.getByRole('link', { name: 'Un mail est retenu à la main' }).click();
  await page.getByRole('link', { name: /^Laisser partir/ }).click();
  await apply(page, 'Toujours rien.');
  expect(await said(page.locator('main'))).toContain('Le mail partira à son heure.');
  expect(await week.journal()).toEqual(['mail.held Camille Labo', 'mail.released Camille Labo']);
  await week.live(week.on('2027-06-08', '10:01'), week.on('2027-06-11'), [interview]);
  expect(await week.mailed('sante')).toContain('2027-06-11 09:00 before-5 interview');
  await week.done();
});

test('sends again what was given up', async () => {
  const week = await begun();
  const { page } = week;
  await week.store.pool.query(`update outbox set state = 'failed', error = '550 no' where edition = $1 and person = 'sante'`, [week.id]);
  await page.goto(`${served.url}/editions/${week.id}/mails?view=waiting`);
  await page.getByRole('link', { name: /^Renvoyer/ }).click();
  expect(await said(page.locator('main'))).toContain('Service Santé : Demande, aussitôt.');
  await apply(page, 'Leur serveur est réparé.');
  expect(await said(page.locator('main'))).toContain('Le mail repart, aux heures ouvrées.');
  await week.deliver(week.on('2027-06-08', '10:05'));
  expect((await week.mails()).filter(({ person }) => person === 'sante').map(({ state }) => state)).toEqual(['accepted']);
  expect(await week.journal()).toEqual(['mail.resent Camille Labo']);
  await week.done();
});

test('writes to all participants, by the keyboard, and sees the mail before it leaves', async () => {
  const week = await begun();
  const { page } = week;
  await page.goto(`${served.url}/editions/${week.id}/mails`);
  await page.getByRole('link', { name: 'Écrire un message…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /Tout le monde/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: 'Objet' }).focus();
  await page.keyboard.type('Salle changée');
  await page.keyboard.press('Tab');
  await page.keyboard.type('La réunion a lieu salle B.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Appliquer' }).waitFor();
  expect(page.url()).toBe(`${served.url}/editions/${week.id}/acts/message`); // nothing of it in the address
  const people = week.edition.people.length;
  expect(await said(page.locator('main'))).toContain(`${people} personnes le recevront.`);
  expect(await said(page.frameLocator('iframe.mail').locator('body'))).toContain('La réunion a lieu salle B.');
  await page.getByLabel('Pourquoi').focus();
  await page.keyboard.type('Travaux en salle A.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/mails/);
  expect(await said(page.locator('main'))).toContain('Le message est noté : il part aux heures ouvrées.');
  await week.deliver(week.on('2027-06-08', '10:05'));
  const written = (await week.mails()).filter(({ template }) => template === 'message');
  expect(written.map(({ subject, state }) => [subject, state])).toEqual(Array(people).fill(['Salle changée', 'accepted']));
  expect(await week.journal()).toEqual(['message.sent Camille Labo']);
  await week.done();
});
