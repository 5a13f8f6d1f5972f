/** Entering the console, and looking after accounts, as somebody does who has a keyboard and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Backend } from '../../web/backend.js';
import { coordinator, fakeBackend, good } from '../web/support/backend.js';
import { edition, monday } from '../web/support/views.js';
import { openBrowser, openContext, openedContext, type Served, seriousProblems, serveApp } from './browser.js';

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

const path = `/editions/${edition.id}`;
/** What has the focus, as a screen reader would name it; nothing where no element has. */
const focused = (page: Page) =>
  page.evaluate<string>(
    `((one) => one === document.body ? '' : (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).replace(/\\s+/g, ' '))(document.activeElement)`,
  );
/** Goes on with the Tab key until what has the focus is named so. */
async function reach(page: Page, wanted: string) {
  for (let i = 0; i < 40 && !(await focused(page)).includes(wanted); i++) await page.keyboard.press('Tab');
  expect(await focused(page)).toContain(wanted);
}
async function type(page: Page, field: string, text: string) {
  await reach(page, field);
  await page.keyboard.type(text);
}
/** Presses a button or follows a link, and waits for the page that it leads to. */
async function press(page: Page, wanted: string, title: string) {
  await reach(page, wanted);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(title);
}

describe.each([
  { scripts: 'scripts off', javaScriptEnabled: false },
  { scripts: 'scripts on, axe looking', javaScriptEnabled: true },
])('by keyboard alone, $scripts', ({ javaScriptEnabled }) => {
  /** Somebody in a browser of their own, at a page; `isIn`: they have entered. */
  async function at<T>(
    { start, isIn = true, change = {} }: { start: string; isIn?: boolean; change?: Partial<Backend> },
    story: (page: Page, told: { acts: { what: string; input: unknown }[]; look: () => Promise<void> }) => Promise<T>,
  ): Promise<T> {
    const { backend, acts } = fakeBackend(undefined, change);
    served.over(backend);
    const options = { locale: 'fr-FR', javaScriptEnabled, viewport: { width: 375, height: 800 } };
    const context = await (isIn ? openedContext(browser, served.url, options) : openContext(browser, options));
    try {
      const page = await context.newPage();
      await page.goto(`${served.url}${start}`);
      return await story(page, {
        acts,
        look: async () => {
          if (javaScriptEnabled) expect(await seriousProblems(page)).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
        },
      });
    } finally {
      await context.close();
    }
  }

  test('one enters by mail, and is led to the very page that one wanted', async () => {
    await at({ start: path, isIn: false }, async (page, { acts, look }) => {
      await look();
      await type(page, 'Votre adresse', 'labo');
      await press(page, 'Recevoir un lien', 'Ouvrir la console');
      expect(await focused(page)).toContain('Votre adresse');
      await page.keyboard.press('End');
      await page.keyboard.type('@valdoise.example');
      await press(page, 'Recevoir un lien', 'Regardez votre messagerie');
      await look();
      expect(acts).toEqual([
        { what: 'askToEnter', input: expect.objectContaining({ email: 'labo@valdoise.example', wanted: path, browser: good.browser }) },
      ]);
      await page.goto(`${served.url}/enter/e7/${good.mac}`);
      await look();
      await press(page, 'Ouvrir la console', edition.title);
      expect(new URL(page.url()).pathname).toBe(path);
    });
  });

  test('one enters by the code that the link shows elsewhere', async () => {
    await at({ start: '/sign-in', isIn: false }, async (page, { look }) => {
      await type(page, 'Votre adresse', 'labo@valdoise.example');
      await press(page, 'Recevoir un lien', 'Regardez votre messagerie');
      const telephone = await (await openContext(browser, { locale: 'fr-FR', javaScriptEnabled })).newPage();
      await telephone.goto(`${served.url}/enter/e7/${good.mac}`);
      if (javaScriptEnabled) expect(await seriousProblems(telephone)).toEqual([]);
      const code = await telephone.locator('.big').textContent();
      expect(await telephone.getByRole('button').count()).toBe(0);
      await telephone.context().close();
      await type(page, 'Code de six chiffres', '000000');
      await press(page, 'Entrer', 'Regardez votre messagerie');
      await look();
      expect(await focused(page)).toContain('Code de six chiffres');
      await page.keyboard.type((code ?? '').replace(' ', ''));
      await press(page, 'Entrer', edition.title);
    });
  });

  test('one shows one’s second factor', async () => {
    const pending = { session: good.session, wanted: path, pending: true };
    await at({ start: `/sign-in/${good.key}`, isIn: false, change: { enterByKey: async () => pending } }, async (page, { look }) => {
      await press(page, 'Ouvrir la console', 'Votre second facteur');
      await type(page, 'Code', '000000');
      await press(page, 'Entrer', 'Votre second facteur');
      await look();
      expect(await focused(page)).toContain('Code');
      await page.keyboard.type(good.code);
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      expect(new URL(page.url()).pathname).toBe(path);
    });
  });

  test('one sets up a second factor, and keeps its recovery codes', async () => {
    await at({ start: '/account' }, async (page, { acts, look }) => {
      await press(page, 'Installer un second facteur', 'Installer un second facteur');
      expect(await page.getByRole('img', { name: 'Code QR' }).isVisible()).toBe(true);
      await type(page, 'que montre l’application', '000000');
      await press(page, 'Installer', 'Installer un second facteur');
      await look();
      expect(await focused(page)).toContain('que montre l’application');
      await page.keyboard.type(good.code);
      await press(page, 'Installer', 'Vos codes de secours');
      await look();
      expect(await page.getByRole('listitem').count()).toBe(2);
      await press(page, 'Je les ai gardés', 'Votre compte');
      expect(acts.map(({ what }) => what)).toEqual(['beginFactor', 'confirmFactor', 'confirmFactor']);
    });
  });

  test('one ends a session that one does not know', async () => {
    await at({ start: '/account' }, async (page, { acts, look }) => {
      await look();
      await press(page, 'Fermer (inconnu, lundi 4 septembre à 10', 'Votre compte');
      expect(await page.getByRole('status').textContent()).toBe('C’est enregistré.');
      expect(acts).toEqual([{ what: 'endSessions', input: { account: 'acc-1', session: 'here', which: 'there' } }]);
    });
  });

  test('whoever administers opens an account, and gives it a right', async () => {
    await at({ start: '/accounts' }, async (page, { acts, look }) => {
      await type(page, 'Adresse', 'elue@valdoise.example');
      await type(page, 'Nom', 'Élue');
      await press(page, 'Ouvrir le compte', 'Élue');
      await look();
      await press(page, 'Donner ce droit', 'Élue');
      await look();
      expect(await focused(page)).toContain('Droit');
      await page.keyboard.type('lecture');
      await type(page, 'Sur', 'val-d');
      await press(page, 'Donner ce droit', 'Élue');
      const who = { by: 'account:acc-1', email: 'elue@valdoise.example' };
      expect(acts).toEqual([
        { what: 'addAccount', input: { ...who, name: 'Élue' } },
        { what: 'giveRight', input: { ...who, account: 'acc-2', held: { right: 'reader', territory: 'val-d-oise' } } },
      ]);
    });
  });

  test('who one is is asked again after a quarter of an hour, and one can go back', async () => {
    const change = { viewer: async () => ({ ...coordinator, provedAt: monday - 15 * 60_000 }) };
    await at({ start: '/accounts/acc-2', change }, async (page, { acts, look }) => {
      await press(page, 'Retirer : lecture', 'Confirmez que c’est vous');
      await look();
      await press(page, 'Revenir sans rien faire', 'Élue');
      expect(acts).toEqual([]);
    });
  });
});
