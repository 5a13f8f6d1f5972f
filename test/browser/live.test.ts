/** An open page of the console shows what is new, and never takes away what somebody types in it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Backend, EditionPage } from '../../web/backend.js';
import { openChanges } from '../../web/changes.js';
import { until } from '../support/waiting.js';
import { fakeBackend } from '../web/support/backend.js';
import { openBrowser, openedContext, type Served, serveApp } from './browser.js';

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

const edition = 'val-d-oise-2023';

/** A page of an edition whose title changes with its mark; `post` leads to the page that is looked at. */
async function onPage(
  path: string,
  look: (page: Page, change: (title: string) => void) => Promise<void>,
  post?: (page: Page) => Promise<void>,
): Promise<void> {
  let title = 'Avant';
  const { backend: plain } = fakeBackend();
  let known = 0;
  const { after } = openChanges(async () => new Map([[edition, title]]), { everyMs: 20 });
  const named = <P extends { edition: EditionPage['edition'] } | undefined>(page: P): P =>
    page === undefined ? page : { ...page, edition: { ...page.edition, title } };
  const backend: Backend = {
    ...plain,
    async changed(...asked) {
      const mark = await after(...asked);
      if (asked[1] === undefined) known++; // that page will hear of whatever comes now
      return mark;
    },
    edition: async (id) => named(await plain.edition(id)),
    actPage: async (id, of) => named(await plain.actPage(id, of)),
  };
  served.over(backend);
  const context = await openedContext(browser, served.url);
  try {
    const page = await context.newPage();
    await page.goto(`${served.url}${path}`);
    let opened = 1;
    if (post !== undefined) {
      await until('the page hears of nothing', async () => known === opened);
      await post(page);
      opened++;
    }
    await until('the page hears of nothing', async () => known === opened);
    await look(page, (next) => {
      title = next;
    });
  } finally {
    await context.close();
  }
}

test('what has changed is shown, without a word of the reader’s', async () => {
  await onPage(`/editions/${edition}`, async (page, change) => {
    await page.getByRole('heading', { name: 'Avant', exact: true }).waitFor();
    change('Après');
    await page.getByRole('heading', { name: 'Après', exact: true }).waitFor();
    expect(await page.locator('.live').textContent()).toContain('mise à jour');
  });
});

test('what is being typed stays, and the page says that it has changed', async () => {
  await onPage(`/editions/${edition}/acts/cancel`, async (page, change) => {
    await page.locator('#f-reason').fill('Le budget n’est pas voté');
    change('Après');
    await page.getByText('Cette page a changé.').waitFor();
    expect(await page.locator('.live a').count()).toBe(0); // it would lead away from what is typed
    expect(await page.locator('#f-reason').inputValue()).toBe('Le budget n’est pas voté');
  });
});

test('what a page was posted with stays: read again by its address, it would not have it', async () => {
  await onPage(
    `/editions/${edition}/acts/message`,
    async (page, change) => {
      change('Après');
      await page.getByText('Cette page a changé.').waitFor();
      expect(await page.locator('#f-text').inputValue()).toBe('Nous serons en salle B.');
    },
    async (page) => {
      await page.locator('#f-subject').fill('Salle B');
      await page.locator('#f-text').fill('Nous serons en salle B.');
      await page.getByRole('button', { name: 'Voir le mail' }).click();
    },
  );
});
