import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MONTH_WORDS } from '../../domain/words.js';
import { personaSet } from '../../rehearsal/personas/read.js';
import { type Rehearsal, rehearse } from '../../rehearsal/rehearse.js';
import { reportPage } from '../../rehearsal/report/page.js';
import { smallEdition } from '../support/small.js';
import { setStage } from '../support/theatre.js';
import { openBrowser, openContext, seriousProblems } from './browser.js';

let browser: Browser;
let rehearsal: Rehearsal;
const folder = mkdtempSync(join(tmpdir(), 'troismains-report-'));

beforeAll(async () => {
  browser = await openBrowser();
  const stage = await setStage();
  try {
    rehearsal = await rehearse(stage, { ...smallEdition(), personas: personaSet('realistic'), seed: 1 });
  } finally {
    await stage.strike();
  }
  for (const locale of ['fr', 'en'] as const)
    writeFileSync(join(folder, `${locale}.html`), reportPage({ rehearsal, personas: 'Réalistes', locale }));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The report, opened from its file; every address it asked for is told. */
async function onReport<T>(
  {
    locale = 'fr',
    width = 1000,
    hash = '',
    javaScriptEnabled = true,
  }: { locale?: 'fr' | 'en'; width?: number; hash?: string; javaScriptEnabled?: boolean },
  look: (page: Page, asked: string[]) => Promise<T>,
): Promise<T> {
  const context = await openContext(browser, { viewport: { width, height: 800 }, javaScriptEnabled });
  try {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${pathToFileURL(join(folder, `${locale}.html`))}${hash}`);
    return await look(page, asked);
  } finally {
    await context.close();
  }
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim()');

describe('the report of a rehearsal', () => {
  test.each(['fr', 'en'] as const)('in %s: axe finds nothing serious, and it fits 320 pixels', async (locale) => {
    await onReport({ locale }, async (page) => {
      await page.evaluate("for (const one of document.querySelectorAll('details:not(.mail), details#mail-1')) one.open = true");
      await page.locator('#mail-1 iframe').waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe(locale);
      expect(await seriousProblems(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    });
  });

  test('by keyboard: skips to its content, opens a person’s calendar, reaches a mail from it', async () => {
    await onReport({}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Aller au contenu');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      const person = page.locator('details.person').first();
      await person.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await person.getAttribute('open')).not.toBeNull();
      const link = person.locator('a').first();
      const id = (await link.getAttribute('href')) ?? '';
      const mail = page.locator(id);
      for (let i = 0; i < 3 && (await focused(page)) !== (await link.textContent()); i++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await mail.locator('iframe').waitFor();
      expect(await page.evaluate(`document.activeElement === document.querySelector('${id} > summary')`)).toBe(true);
      expect(await page.frames().at(-1)?.locator('h1').textContent()).toBeTruthy();
    });
  });

  test('an address that names a mail opens it, and the filter leaves what says all its words', async () => {
    await onReport({ hash: '#mail-3' }, async (page) => {
      await page.locator('#mail-3 iframe').waitFor();
      const count = () => page.locator('details.mail:visible').count();
      expect(await count()).toBe(rehearsal.document.mails.length);
      await page.getByLabel('Filtrer').fill('EQUIPE accusé');
      await page.locator('#filter-count', { hasText: /\d/ }).waitFor();
      expect(await count()).toBe(
        rehearsal.record.mails.filter(({ person, template }) => person === 'coordo' && template === 'receipt').length,
      );
    });
  });

  test('asks nothing of any other place, and no mail on it leads anywhere', async () => {
    const page = reportPage({ rehearsal, personas: 'Réalistes', locale: 'fr' });
    expect(page).not.toMatch(/\/a\/[\w-]+\/[\w-]{20,}/);
    expect(page.match(/<a\b[^>]*\bhref="[^#]/g)).toBeNull();
    await onReport({}, async (opened, asked) => {
      for (const template of new Set(rehearsal.record.mails.map((mail) => mail.template))) {
        const { subject } = rehearsal.record.mails.find((mail) => mail.template === template) ?? { subject: '' };
        const mail = opened.locator('details.mail', { hasText: subject }).first();
        await mail.locator('summary').click();
        const frame = mail.frameLocator('iframe');
        expect(await frame.locator('h1').textContent()).toBeTruthy();
        expect(await frame.locator('a[href]').count()).toBe(0);
      }
      const elsewhere = asked.filter((url) => !url.startsWith('data:') && !url.startsWith('about:'));
      expect(elsewhere).toEqual([pathToFileURL(join(folder, 'fr.html')).href]);
    });
  });

  test('without scripts everything is there: tables, calendars, each mail as it was rendered', async () => {
    await onReport({ javaScriptEnabled: false }, async (page) => {
      const mail = page.locator('#mail-1');
      expect(await mail.locator('h1').isVisible()).toBe(false);
      await mail.locator('summary').click();
      expect(await mail.locator('h1').isVisible()).toBe(true);
      expect(await page.locator('.paper h1').count()).toBe(rehearsal.document.mails.length);
      await page.locator('details.person summary').first().click();
      expect(await page.locator('details.person table').first().isVisible()).toBe(true);
      expect(await page.locator('#filter').isVisible()).toBe(false);
    });
  });

  test('a date has its year where no heading says it, and apostrophes are curved', async () => {
    await onReport({}, async (page) => {
      const text = await page.evaluate<string>(`(() => {
        const body = document.body.cloneNode(true);
        for (const mails of body.querySelectorAll('#mails, a[href^="#mail-"], script')) mails.remove();
        return body.textContent;
      })()`);
      const months = MONTH_WORDS.fr.join('|');
      expect(text.match(new RegExp(`\\d[ \u00a0](?:${months})\\b \\d{4}`, 'g'))?.length).toBeGreaterThan(100);
      expect(text.match(new RegExp(`.{20}\\d[ \u00a0](?:${months})\\b(?! \\d{4}| au \\d).{10}`, 'g'))).toBeNull();
      expect(text.match(/.{10}\p{L}'\S.{10}/gu)).toBeNull();
    });
  });

  test('says no id and no word of the engine', async () => {
    await onReport({}, async (page) => {
      const words = (await page.evaluate<string>('document.body.innerText')).toLowerCase();
      for (const code of [
        'undefined',
        'null',
        'nan',
        '[object',
        'p-01',
        'small.',
        'opening',
        'before-2',
        'late-2',
        'changes-requested',
        'workflow',
      ])
        expect(words).not.toContain(code);
    });
  });
});
