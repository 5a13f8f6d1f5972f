/** A week of a coordinator: what concerns people. In a browser, scripts off, on a real database; what is asked and sent is read there. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Installation } from '../../client/installation.js';
import { answer } from '../../store/acts/answer.js';
import { liveBackend } from '../../web/live.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { openBrowser, openContext, type Served, serveApp } from './browser.js';

let browser: Browser;
let served: Served;
let database: BenchDatabase;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveApp();
  database = await benchDatabase();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await database.drop();
});

const interview = { step: 'interviews', kind: 'interview' } as const;
const approval = { step: 'diagnosis-approval', kind: 'approve', part: '1' } as const;
const seat = { step: 'jury', kind: 'seat', after: '2027-06-04' } as const;

/** A coordinator at the page of people of an edition, on Tuesday at ten, and what happens until the evening. */
async function onTuesday(
  asks: readonly Asked[],
  {
    before = async () => {},
    story,
  }: { before?: (bench: Bench, at: number) => Promise<void>; story: (page: Page, bench: Bench) => Promise<void> },
): Promise<Bench> {
  const bench = await database.bench();
  const { store, id } = bench;
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, asks);
  await before(bench, at + 1);
  await bench.live(at + 2, at + 60_000, asks);
  const now = at + 120_000;
  const session = `session-of-${id}`;
  const installation = {
    ...{ store, linkKey, realNow: () => now, publicUrl: served.url, providers: [], wake: async () => true },
    engine: { cohort: async () => undefined },
  } as unknown as Installation;
  served.over({
    ...liveBackend(installation),
    viewer: async () => ({
      ...{
        account: `of-${id}`,
        name: 'Coordination',
        email: 'coordo@plateau.example',
        session,
        provedAt: now,
        factor: false,
        strong: false,
      },
      held: [{ right: 'coordinator', edition: id }] as const,
    }),
  });
  const context = await openContext(browser, { locale: 'fr-FR', javaScriptEnabled: false, viewport: { width: 375, height: 800 } });
  try {
    await context.addCookies([{ name: 'session', value: session, url: served.url, httpOnly: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    await page.goto(`${served.url}/editions/${id}`);
    await page.getByRole('link', { name: 'Personnes' }).click();
    await story(page, bench);
  } finally {
    await context.close();
  }
  await bench.live(now + 1, bench.on('2027-06-08', '18:00'), asks);
  expect(await bench.broken()).toEqual([]);
  return bench;
}

/** Sees what an act would change, then does it. */
async function seeAndDo(page: Page, reason: string, done: string): Promise<void> {
  await page.getByLabel('Pourquoi').fill(reason);
  await page.getByRole('button', { name: 'Appliquer' }).click();
  expect(await page.getByRole('status').textContent()).toContain(done);
}

describe('a coordinator, scripts off', () => {
  test('replaces who left, everywhere: open and to come; the new person is asked, the former one told', async () => {
    const bench = await onTuesday([interview, approval], {
      story: async (page) => {
        await page.getByRole('link', { name: 'Service Santé' }).click();
        await page.getByRole('link', { name: 'Remplacer…' }).click();
        await page.getByLabel('Nom').fill('Nadia Ferrand');
        await page.getByLabel('Adresse').fill('nadia@plateau.example');
        await page.getByRole('button', { name: 'Calculer' }).click();
        expect(page.url()).not.toContain('nadia');
        expect(await page.getByText('Rien n’est encore changé').isVisible()).toBe(true);
        expect(await page.getByText('Demande confiée à quelqu’un d’autre').isVisible()).toBe(true);
        await seeAndDo(page, 'Départ à la retraite', 'La personne est remplacée partout.');
        expect(await page.getByText('remplacé·e par Nadia Ferrand').isVisible()).toBe(true);
      },
    });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante not-needed', 'sante-1 open']);
    expect(await bench.places(approval)).toEqual(['sante not-needed', 'sante-1 open', 'transports open']);
    expect((await bench.mailed('sante-1')).join()).toContain('opening');
    expect((await bench.mailed('sante')).join()).toContain('handed-over');
  });

  test('corrects an address: a fresh link leaves', async () => {
    const bench = await onTuesday([interview], {
      before: async ({ store, id }, at) => {
        await store.pool.query(`update person set unreachable_at = $2 where edition = $1 and id = 'sante'`, [id, new Date(at)]);
      },
      story: async (page) => {
        expect(await page.getByText('revient depuis le mardi 8 juin').isVisible()).toBe(true);
        await page.getByRole('link', { name: 'Service Santé' }).click();
        await page.getByRole('link', { name: 'Corriger l’adresse…' }).click();
        expect(await page.getByLabel('Adresse').inputValue()).toBe('sante@plateau.example');
        await page.getByLabel('Adresse').fill('sante.publique@plateau.example');
        await page.getByRole('button', { name: 'Calculer' }).click();
        await seeAndDo(page, 'Elle a changé de messagerie', 'L’adresse est notée');
        expect(await page.getByText('revient depuis').count()).toBe(0);
      },
    });
    expect((await bench.mailed('sante')).join()).toContain('link');
  });

  test('adds a forgotten juror, found by name afterwards', async () => {
    const bench = await onTuesday([seat], {
      story: async (page) => {
        await page.getByRole('link', { name: 'Ajouter une personne…' }).click();
        await page.getByLabel('Nom').fill('Anne Lefèvre');
        await page.getByLabel('Adresse').fill('anne@plateau.example');
        await page.getByLabel('Rôle').selectOption('expert');
        await page.getByLabel('Aussi').selectOption('jury');
        await page.getByRole('button', { name: 'Calculer' }).click();
        await seeAndDo(page, 'Oubliée dans le fichier', 'La personne est ajoutée.');
        await page.getByLabel('Chercher un nom').fill('LEFEVRE');
        await page.getByRole('button', { name: 'Chercher', exact: true }).click();
        expect(await page.getByText('Une personne', { exact: true }).isVisible()).toBe(true);
        expect(await page.getByRole('link', { name: 'Anne Lefèvre' }).isVisible()).toBe(true);
      },
    });
    expect(await bench.places(seat)).toContain('expert-1 open');
    expect((await bench.mailed('expert-1')).join()).toContain('opening seat');
  });

  test('reopens an answer from today’s page; its author corrects it', async () => {
    const bench = await onTuesday([interview], {
      before: async (bench, at) => void (await bench.answer(interview, 'sante', { problems: 'La nuit.' }, at)),
      story: async (page) => {
        await page.getByRole('link', { name: 'Aujourd’hui' }).click();
        await page.getByText('Une personne a répondu').click();
        await page.getByRole('link', { name: 'Rouvrir sa réponse… : Service Santé' }).click();
        await seeAndDo(page, 'Un chiffre était faux', 'La réponse est rouverte');
      },
    });
    expect(await bench.places(interview)).toContain('sante answered');
    const corrected = {
      request: bench.request(interview, 'sante'),
      raw: { problems: 'Le jour.' },
      realNow: bench.on('2027-06-08', '18:01'),
    };
    expect((await answer(bench.store, corrected)).ok).toBe(true);
    expect((await bench.mailed('sante')).slice(1).map((mail) => mail.slice(17))).toEqual(['receipt', 'link', 'receipt']);
  });
});
