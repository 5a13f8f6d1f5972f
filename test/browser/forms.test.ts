import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Raw } from '../../domain/asks/forms.js';
import type { Backend } from '../../web/backend.js';
import { fakeBackend } from '../web/support/backend.js';
import { viewOf } from '../web/support/views.js';
import { openBrowser, openCookielessContext, openedContext, type Served, seriousProblems, serveApp } from './browser.js';

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

const field = 'Quels problèmes aigus voyez-vous ?';
const first = viewOf('interview');

/** A place that keeps drafts as the store does; `hold`: what a save waits for before it answers. */
function keeping(hold: () => Promise<void> = async () => {}) {
  let kept: { draft?: Raw; draftVersion: number; otherDraft?: Raw } = { draftVersion: 0 };
  const change: Partial<Backend> = {
    request: async () => ({ ...first, ...kept }),
    saveDraft: async ({ raw, from }) => {
      const isNewer = from !== undefined && kept.draftVersion > from;
      kept = isNewer ? { ...kept, otherDraft: raw } : { ...kept, draft: raw, draftVersion: kept.draftVersion + 1 };
      const { draftVersion: version } = kept;
      await hold();
      return isNewer ? { ok: false, reason: 'newer' } : { ok: true, version };
    },
    swapDraft: async () => {
      const { draft = {}, otherDraft = {} } = kept;
      kept = { draft: otherDraft, otherDraft: draft, draftVersion: kept.draftVersion + 1 };
      return { ok: true };
    },
  };
  const { backend, acts } = fakeBackend(first, change);
  served.over(backend);
  return { acts, kept: () => ({ form: kept.draft?.problems, other: kept.otherDraft?.problems }) };
}

async function tabs<T>(options: { javaScriptEnabled: boolean }, look: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await openedContext(browser, served.url, options);
  try {
    return await look(context);
  } finally {
    await context.close();
  }
}
async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${served.url}/r/q7Hc2`);
  return page;
}
const typing = async (page: Page, text: string) => {
  const saved = page.waitForResponse((response) => response.url().endsWith('/draft'));
  await page.getByLabel(field).pressSequentially(text);
  return (await saved).status();
};

describe('two tabs of one form', () => {
  test('keep both texts, say so, and leave the choice', async () => {
    const { kept } = keeping();
    await tabs({ javaScriptEnabled: true }, async (context) => {
      const [old, other] = [await open(context), await open(context)];
      expect(await typing(other, 'Le nouveau')).toBe(200);
      expect(await typing(other, ' texte')).toBe(200); // a tab is no stranger to its own saves
      expect(await typing(old, 'L’ancien')).toBe(409);
      await old.getByText('Un texte plus récent a été gardé entre-temps').waitFor();
      expect(kept()).toEqual({ form: 'Le nouveau texte', other: 'L’ancien' });
      expect(await old.getByLabel(field).inputValue()).toBe('L’ancien');
      await old.getByRole('link', { name: 'Voir les deux et choisir' }).click();
      await old.getByRole('heading', { name: 'Un autre texte, gardé aussi' }).waitFor();
      expect(await old.getByLabel(field).inputValue()).toBe('Le nouveau texte');
      expect(await seriousProblems(old)).toEqual([]);
      await old.getByRole('button', { name: 'Reprendre ce texte à la place' }).click();
      await old.waitForURL(/kept/);
      expect(await old.getByLabel(field).inputValue()).toBe('L’ancien');
      expect(kept()).toEqual({ form: 'L’ancien', other: 'Le nouveau texte' });
    });
  });

  test('do so without a script too', async () => {
    const { kept, acts } = keeping();
    await tabs({ javaScriptEnabled: false }, async (context) => {
      const [old, other] = [await open(context), await open(context)];
      for (const [page, text] of [
        [other, 'Le nouveau'],
        [old, 'L’ancien'],
      ] as const) {
        await page.getByLabel(field).fill(text);
        await page.getByRole('button', { name: 'Garder et revenir plus tard' }).click();
      }
      expect(await old.getByRole('status').first().textContent()).toContain('Un texte plus récent');
      expect(kept()).toEqual({ form: 'Le nouveau', other: 'L’ancien' });
      await old.getByLabel(field).fill('Le nouveau, complété');
      await old.getByRole('button', { name: 'Reprendre ce texte à la place' }).click();
      expect(await old.getByLabel(field).inputValue()).toBe('L’ancien');
      expect(kept()).toEqual({ form: 'L’ancien', other: 'Le nouveau, complété' });
      await old.getByRole('button', { name: 'Envoyer mes réponses' }).click();
      expect(acts.at(-1)).toEqual({ what: 'answer', input: { request: 'q7Hc2', raw: expect.objectContaining({ problems: 'L’ancien' }) } });
    });
  });

  test('are not seen in one that is sent while it saves itself', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const { acts, kept } = keeping(() => held);
    await tabs({ javaScriptEnabled: true }, async (context) => {
      const page = await open(context);
      const began = page.waitForRequest((request) => request.url().endsWith('/draft'));
      await page.getByLabel(field).pressSequentially('Un');
      await began;
      await page.getByLabel(field).pressSequentially(' texte');
      await page.getByRole('button', { name: 'Garder et revenir plus tard' }).click({ noWaitAfter: true });
      expect(acts).toHaveLength(1);
      release();
      await page.waitForURL(/kept/);
      expect(kept()).toEqual({ form: 'Un texte', other: undefined });
    });
  });
});

test('a field that is too long is named as it is saved, with its limit, and all of it is kept', async () => {
  const { backend, acts } = fakeBackend(viewOf('apply'));
  served.over(backend);
  await tabs({ javaScriptEnabled: true }, async (context) => {
    const page = await open(context);
    await page.getByLabel('Le nom de votre solution').fill('x'.repeat(200));
    await page.getByLabel('Le nom de votre solution').pressSequentially('yz');
    await page.getByText('le texte est trop long (200 caractères au plus)').waitFor();
    expect(acts.at(-1)).toMatchObject({ what: 'saveApplication', input: { submit: false, raw: { title: `${'x'.repeat(200)}yz` } } });
  });
});

test('an answer that is sent once the link is no longer open comes back, to be copied', async () => {
  const { backend, acts } = fakeBackend(first);
  served.over(backend);
  await tabs({ javaScriptEnabled: true }, async (context) => {
    const page = await open(context);
    await page.getByLabel(field).fill('Deux lignes,\net </textarea><b>des signes</b>');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Cette page s’ouvre depuis votre mail');
    expect(await page.getByLabel('Les problèmes aigus').inputValue()).toBe('Deux lignes,\net </textarea><b>des signes</b>');
    expect(await seriousProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(acts).toEqual([]);
  });
});

test('a browser that refuses cookies is told so, whatever link it opens, and not sent round in a circle', async () => {
  const { backend } = fakeBackend(first);
  served.over(backend);
  const folder = await mkdtemp(join(tmpdir(), 'cookies-'));
  const context = await openCookielessContext(folder);
  try {
    const page = await context.newPage();
    for (const path of ['/a/q7Hc2/sealed', '/p/a1b2c3/sealed']) {
      await page.goto(`${served.url}${path}`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Votre navigateur refuse les cookies');
      expect(page.url()).not.toContain('sealed');
      expect(await seriousProblems(page)).toEqual([]);
    }
    await page.goto(`${served.url}/b/s7/sealed`);
    await page.getByRole('button', { name: 'Commencer ma candidature' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Votre navigateur refuse les cookies');
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
});
