/** A form that an edition's file says: with scripts, what is not asked is not there; without them, it says when it is. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readEdition } from '../../domain/edition.js';
import { REFERENCE, textOf } from '../domain/editions.js';
import { bare, FORMS } from '../support/forms.js';
import { fakeBackend } from '../web/support/backend.js';
import { viewOf } from '../web/support/views.js';
import { openBrowser, openedContext, type Served, seriousProblems, serveApp } from './browser.js';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveApp();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const reading = readEdition(`${bare(textOf(REFERENCE))}\n${FORMS}`);
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { forms, eligibility } = reading.edition;
const plain = viewOf('apply');
const view = { ...plain, form: { ...plain.form, own: forms?.application ?? [], rules: eligibility ?? [] } };

async function onForm(javaScriptEnabled: boolean, look: (page: Page, acts: ReturnType<typeof fakeBackend>['acts']) => Promise<void>) {
  const { backend, acts } = fakeBackend(view);
  served.over(backend);
  const context = await openedContext(browser, served.url, { javaScriptEnabled, viewport: { width: 375, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(`${served.url}/r/q7Hc2`);
    await look(page, acts);
  } finally {
    await context.close();
  }
}
const proof = 'Ce que vous avez déjà mesuré';

describe('a field that is asked only sometimes', () => {
  test('is there once it is asked, and gone when it is not any more; by keyboard too', async () => {
    await onForm(true, async (page) => {
      expect(await page.getByLabel(proof).isVisible()).toBe(false);
      await page.getByRole('radio', { name: 'prototype' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByLabel(proof).waitFor({ state: 'visible' });
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.name')).toBe('proof');
      await page.getByRole('radio', { name: 'idée' }).check();
      await page.getByLabel(proof).waitFor({ state: 'hidden' });
      await page.locator('#f-budget').pressSequentially('60 000,50');
      await page.getByRole('radio', { name: 'Oui' }).waitFor({ state: 'visible' });
      expect(await seriousProblems(page)).toEqual([]);
    });
  });

  test('says when, without scripts; what is hidden by the rest is not asked', async () => {
    await onForm(false, async (page, acts) => {
      await page.getByText('À remplir si « Où en est la solution ? » : déployée').waitFor();
      for (const [name, value] of Object.entries({ organisation: 'Les Passerelles', team: 'Trois', budget: '12 500', proof: 'Rien' }))
        await page.locator(`#f-${name}`).fill(value);
      for (const name of ['Réduire la mortalité périnatale', 'autre', 'prototype']) await page.getByRole('radio', { name }).check();
      await page.getByRole('checkbox', { name: 'familles' }).check();
      await page.getByRole('button', { name: 'Envoyer ma candidature' }).click();
      await page.waitForLoadState();
      expect(acts.at(-1)?.input).toMatchObject({
        submit: true,
        raw: { organisation: 'Les Passerelles', status: 'autre', publics: 'familles', budget: '12 500' },
      });
    });
  });
});
