import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { askKinds } from '../../domain/asks.js';
import type { AskView } from '../../domain/view.js';
import type { Backend } from '../../web/backend.js';
import { fakeBackend, good } from '../web/support/backend.js';
import { monday, viewOf } from '../web/support/views.js';
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

/** A page of the application over a fake backend, in a context of its own, which is closed after. */
async function onPage<T>(
  {
    view,
    change,
    path = '/r/q7Hc2',
    ...options
  }: { view?: AskView; change?: Partial<Backend>; path?: string; javaScriptEnabled?: boolean; width?: number },
  look: (page: Page, acts: { what: string; input: unknown }[]) => Promise<T>,
): Promise<T> {
  const { backend, acts } = fakeBackend(view, change);
  served.over(backend);
  const { width = 900, ...more } = options;
  const context = await openedContext(browser, served.url, { viewport: { width, height: 800 }, ...more });
  try {
    const page = await context.newPage();
    await page.goto(`${served.url}${path}`);
    return await look(page, acts);
  } finally {
    await context.close();
  }
}

const answered = viewOf('approve', { closed: { state: 'answered', at: monday, answer: { decision: 'approved', remarks: 'Très bien.' } } });
const approval = viewOf('approve');
const second = { ...approval, documents: approval.documents.map((one) => ({ ...one, version: 2 })) };
const pages: { name: string; view?: AskView; path?: string }[] = [
  ...askKinds.map((kind) => ({ name: kind, view: viewOf(kind) })),
  { name: 'answered', view: answered },
  { name: 'announced', view: viewOf('session', {}, { openedAt: null }) },
  { name: 'too late', view: viewOf('score', {}, { dueAt: monday, endsAt: monday }) },
  { name: 'away', view: viewOf('approve'), path: '/r/q7Hc2/absent' },
  { name: 'document', view: viewOf('approve'), path: '/r/q7Hc2/document/1' },
  { name: 'what has changed in a document', view: second, path: '/r/q7Hc2/document/1?changes' },
  { name: 'interviews, to write from', view: viewOf('document', {}, { step: 'diagnosis' }), path: '/r/q7Hc2/interviews' },
  { name: 'letters, before they leave', view: viewOf('approve', {}, { step: 'selection-approval' }), path: '/r/q7Hc2/letters' },
  { name: 'a diagnosis to write', view: viewOf('document', {}, { step: 'diagnosis' }) },
  { name: 'a report on sessions', view: viewOf('report', {}, { step: 'evaluation' }) },
  { name: 'without a link', path: '/r/nothing' },
  { name: 'two texts', view: viewOf('interview', { draft: { problems: 'Un' }, draftVersion: 2, otherDraft: { problems: 'Deux' } }) },
  { name: 'a draft that is too long', view: viewOf('document', { draft: { title: 'Un titre sans fin '.repeat(20) } }) },
  { name: 'preferences', path: '/preferences/a1b2c3?saved' },
  { name: 'calendar', path: '/c/a1b2c3/sealed' },
  { name: 'call', path: '/call/val-d-oise-2023' },
  { name: 'the start of an application', path: '/b/s7/sealed' },
  { name: 'a start that is gone', path: '/b/s7/forged' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'a one-time link', path: `/sign-in/${good.key}` },
  { name: 'a mailed link, here', path: '/enter/e7/sealed' },
  { name: 'a mailed link that is gone', path: '/enter/e7/forged' },
  { name: 'the second factor', path: '/sign-in/factor' },
  { name: 'a provider’s refusal', path: '/sign-in/from/proconnect?state=other' },
  { name: 'accounts', path: '/accounts' },
  { name: 'an account', path: '/accounts/acc-2' },
  { name: 'one’s account', path: '/account?done' },
  { name: 'setting up a second factor', path: '/account/factor' },
  { name: 'editions', path: '/' },
  { name: 'search', path: '/search' },
  { name: 'edition', path: '/editions/val-d-oise-2023' },
  { name: 'mail', path: '/editions/val-d-oise-2023/mails/12' },
  { name: 'mails', path: '/editions/val-d-oise-2023/mails' },
  { name: 'mails to come', path: '/editions/val-d-oise-2023/mails?view=coming&done=hold' },
  { name: 'a message, to write', path: '/editions/val-d-oise-2023/acts/message' },
  { name: 'a mail, to hold', path: '/editions/val-d-oise-2023/acts/hold?mail=a/direction/due' },
  { name: 'plan', path: '/editions/val-d-oise-2023/plan' },
  { name: 'projects', path: '/editions/val-d-oise-2023/projects' },
  { name: 'engine', path: '/editions/val-d-oise-2023/engine' },
  { name: 'engine of the installation', path: '/engine' },
  { name: 'documents', path: '/editions/val-d-oise-2023/documents' },
  { name: 'two versions', path: '/editions/val-d-oise-2023/documents/diagnosis?version=1.2&before=1.1' },
  { name: 'interviews', path: '/editions/val-d-oise-2023/documents/interviews' },
  { name: 'figures', path: '/editions/val-d-oise-2023/documents/figures' },
  { name: 'applications', path: '/editions/val-d-oise-2023/applications' },
  { name: 'an application', path: '/editions/val-d-oise-2023/applications/a-01' },
  { name: 'journal', path: '/editions/val-d-oise-2023/journal' },
  { name: 'the clock of a demonstration', path: '/editions/val-d-oise-2023/clock' },
  { name: 'an answer', path: '/editions/val-d-oise-2023/answers?ask=a&person=maternite' },
  {
    name: 'act',
    path: '/editions/val-d-oise-2023/acts/extend?ask=val-d-oise-2023.roadmap-approval.approve.p-01.v1.1.g1&date=2023-09-15',
  },
  { name: 'answer for', path: '/editions/val-d-oise-2023/answer-for?ask=a&person=maternite' },
  { name: 'people', path: '/editions/val-d-oise-2023/people' },
  { name: 'somebody', path: '/editions/val-d-oise-2023/people/direction' },
  { name: 'somebody to replace', path: '/editions/val-d-oise-2023/acts/replace?person=direction' },
  { name: 'somebody to add', path: '/editions/val-d-oise-2023/acts/add' },
  { name: 'act, to choose', path: '/editions/val-d-oise-2023/acts/length' },
  { name: 'accessibility', path: '/accessibility' },
  { name: 'data', path: '/data' },
  { name: 'not found', path: '/nowhere' },
];

describe('every page', () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openedContext(browser, served.url);
    page = await context.newPage();
  });
  afterAll(() => context.close());

  test.each(pages)('$name: axe finds nothing serious, and it fits 320 pixels', async ({ view, path = '/r/q7Hc2' }) => {
    served.over(fakeBackend(view).backend);
    await page.setViewportSize({ width: 900, height: 800 });
    await page.goto(`${served.url}${path}`);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await seriousProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  test('a form that came back with problems: axe finds nothing serious, and the summary has the focus', async () => {
    await onPage({ view: viewOf('approve') }, async (page) => {
      await page.getByRole('radio', { name: /Je refuse/ }).check();
      await page.getByRole('button', { name: 'Envoyer ma décision' }).click();
      await page.waitForSelector('#errors');
      expect(await page.evaluate('document.activeElement.id')).toBe('errors');
      expect(await seriousProblems(page)).toEqual([]);
      await page.locator('#errors a').click();
      expect(await page.evaluate('document.activeElement.id')).toBe('f-remarks');
      expect(await page.getByRole('radio', { name: /Je refuse/ }).isChecked()).toBe(true);
    });
  });
});

test('what is looked for from any page is found, without a script, and is in no address', async () => {
  await onPage({ path: '/editions/val-d-oise-2023/journal', javaScriptEnabled: false, width: 320 }, async (page) => {
    const lines = `(() => { const text = document.createRange(); text.selectNodeContents(document.querySelector('.find button')); return text.getClientRects().length; })()`;
    expect(await page.evaluate(lines)).toBe(1);
    await page.getByRole('searchbox', { name: 'Rechercher dans vos éditions' }).fill('générale direc');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Personnes' }).waitFor();
    expect(page.url()).toBe(`${served.url}/search`);
    expect(await page.getByRole('checkbox', { name: 'Dans cette édition seulement' }).isChecked()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.getByRole('button', { name: 'Personnes : tout voir' }).click();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Personnes']);
    await page.getByRole('link', { name: /Direction/ }).click();
    expect(page.url()).toBe(`${served.url}/editions/val-d-oise-2023/people/direction`);
  });
});

test('what was found: axe finds nothing serious', async () => {
  await onPage({ path: '/search' }, async (page) => {
    await page.locator('main').getByRole('searchbox').fill('générale direc');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Personnes' }).waitFor();
    expect(await seriousProblems(page)).toEqual([]);
  });
});

test('the board says nothing of an edition that is kept from whoever looks', async () => {
  const row = {
    id: 'essais',
    title: 'Essais',
    territory: 'Plateau',
    status: 'running',
    slackWorkingDays: null,
    waitingOn: [],
    kept: true,
  } as const;
  await onPage(
    { path: '/', change: { editions: async () => ({ territories: {}, editions: [{ ...row, waitingOn: [] }] }) } },
    async (page) => {
      expect(await page.getByText('sans coordonner cette édition').isVisible()).toBe(true);
      expect(await page.getByText('En attente de').isVisible()).toBe(false);
    },
  );
});

describe('answering', () => {
  test('an approval is given by keyboard alone', async () => {
    await onPage({ view: viewOf('approve') }, async (page, acts) => {
      const focused = () =>
        page.evaluate<string>('document.activeElement.getAttribute("name") ?? document.activeElement.textContent.trim()');
      const reach = async (wanted: string) => {
        for (let i = 0; i < 30 && !(await focused()).includes(wanted); i++) await page.keyboard.press('Tab');
        expect(await focused()).toContain(wanted);
      };
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Aller au contenu');
      await reach('decision');
      await page.keyboard.press('Space');
      await reach('remarks');
      await page.keyboard.type('Lu et compris.');
      await reach('Envoyer ma décision');
      await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.keyboard.press('Enter')]);
      expect(acts).toEqual([{ what: 'answer', input: { request: 'q7Hc2', raw: { decision: 'approved', remarks: 'Lu et compris.' } } }]);
    });
  });

  test('nothing needs a script: problems come back, then the answer is taken', async () => {
    await onPage({ view: viewOf('approve'), javaScriptEnabled: false }, async (page, acts) => {
      await page.getByRole('radio', { name: /modifications/ }).check();
      await page.getByRole('button', { name: 'Envoyer ma décision' }).click();
      expect(await page.title()).toContain('À revoir');
      await page.getByRole('textbox', { name: /Vos remarques/ }).fill('Préciser le budget.');
      await page.getByRole('button', { name: 'Envoyer ma décision' }).click();
      expect(acts.at(-1)?.input).toEqual({ request: 'q7Hc2', raw: { decision: 'changes-requested', remarks: 'Préciser le budget.' } });
      await page.getByRole('textbox', { name: /Vos remarques/ }).fill('À finir');
      await page.getByRole('button', { name: 'Garder et revenir plus tard' }).click();
      expect(acts.at(-1)?.what).toBe('saveDraft');
    });
  });

  test('what is typed is kept by itself, and says so', async () => {
    await onPage({ view: viewOf('interview') }, async (page, acts) => {
      await page.getByLabel('Quels problèmes aigus voyez-vous ?').pressSequentially('Une chose');
      await page.getByText('Ce que vous avez écrit est gardé.').waitFor();
      expect(acts.map(({ what }) => what)).toEqual(['saveDraft']);
    });
  });

  test('opening a page, with its scripts, saves nothing', async () => {
    await onPage({ view: viewOf('interview') }, async (page, acts) => {
      await page.evaluate(
        "document.querySelector('textarea').value = 'x'; document.querySelector('textarea').dispatchEvent(new Event('input', { bubbles: true }))",
      );
      await page.waitForTimeout(2500);
      expect(acts).toEqual([]);
    });
  });

  test('a link from a mail opens the page at a clean address', async () => {
    await onPage({ view: viewOf('approve'), path: '/a/q7Hc2/sealed' }, async (page) => {
      expect(new URL(page.url()).pathname).toBe('/r/q7Hc2');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Validez-vous');
    });
  });

  test('an application starts from the public call', async () => {
    await onPage({ path: '/call/val-d-oise-2023' }, async (page, acts) => {
      await page.getByLabel('Votre nom').fill('Camille Roy');
      await page.getByLabel('Votre adresse de messagerie').fill('camille@naitre.example');
      await page.getByLabel('Le nom de votre solution').fill('Parcours');
      await page.getByRole('button', { name: 'Recevoir le lien' }).click();
      await page.getByRole('heading', { level: 1, name: 'Regardez votre messagerie' }).waitFor();
      expect(acts.map(({ what }) => what)).toEqual(['askToApply']);
    });
  });

  test('an application begins behind its link', async () => {
    await onPage({ path: '/b/s7/sealed' }, async (page, acts) => {
      await page.getByRole('button', { name: 'Commencer ma candidature' }).click();
      expect(acts).toEqual([{ what: 'beginApplication', input: 's7' }]);
      expect(new URL(page.url()).pathname).toBe('/r/d4');
    });
  });

  test('the console opens with one press', async () => {
    await onPage({ path: `/sign-in/${good.key}` }, async (page, acts) => {
      await page.getByRole('button', { name: 'Ouvrir la console' }).click();
      await page.getByRole('heading', { level: 1, name: 'Éditions' }).waitFor();
      expect(acts).toEqual([
        { what: 'enterByKey', input: { key: good.key, device: 'Chrome, Linux' } },
        { what: 'signOut', input: 's-1' },
      ]);
    });
  });
});
