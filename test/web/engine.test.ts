/** The engine of an edition on screen: why it moves or does not, and what is done about it. */
import { describe, expect, test } from '@jest/globals';
import { findingJson } from '../../client/checks/finding.js';
import type { Execution } from '../../client/execution.js';
import { verdictOf } from '../../client/verdict.js';
import type { Held } from '../../domain/rights.js';
import { wordsOf } from '../../web/words/index.js';
import { checks, coordinator, enginePart, good } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';
import { monday } from './support/views.js';

const path = '/editions/val-d-oise-2023/engine';
const shown = async (change: Partial<typeof enginePart> = {}, lang = 'fr') =>
  readable(await (await site(undefined, { engine: async () => ({ ...enginePart, ...change }) }).get(`${path}?lang=${lang}`)).text());

describe('the engine of an edition', () => {
  test('says what fails, how often, with what, and when it is tried again', async () => {
    const page = await shown();
    expect(page).toContain('Une activité échoue, et est réessayée');
    expect(page).toContain('L’envoi des messages attend un worker, 2e essai sur 3');
    expect(page).toContain('delivery failed (ECONNREFUSED); the console shows why lundi 4 septembre à 10 h 12');
    expect(page).toContain('Le prochain essai, après un échec lundi 4 septembre à 10 h 13');
    expect(page).toContain('Réveil dû depuis le lundi 4 septembre à 10 h 11, tenté le lundi 4 septembre à 10 h 12');
    expect(page).toContain('commencée par 1.24.0+db28db28db28, menée par build-2');
    expect(page).toContain('Messages en attente 3 (le plus ancien dû il y a 2 h)');
    expect(page).toContain('3 messages ne partent pas');
    expect(page).toContain('412 événements, 69 ko');
    expect(page).toContain('l’envoi des messages, 3 fois');
    expect(page).not.toMatch(/undefined|\[object|NaN/);
    expect(await (await site().get(path)).text()).toContain(`href="${enginePart.ui}"`);
  });

  test('says so when Temporal does not answer, or knows no run', async () => {
    const { execution: _, ...unknown } = enginePart;
    const { get } = site(undefined, { engine: async () => ({ ...unknown, verdict: 'no-answer' }) });
    expect(readable(await (await get(path)).text())).toContain('Temporal ne répond pas Ce que les personnes répondent est gardé.');
    const missing = await shown({ verdict: 'run-missing', execution: null });
    expect(missing).toContain('Que faire Relancer l’édition depuis le début');
    expect(missing).toContain('aucune exécution connue');
  });

  test.each(['fr', 'en'] as const)('has words for every verdict (%s)', async (lang) => {
    const { verdicts } = wordsOf(lang).engine;
    for (const verdict of Object.keys(verdicts) as (keyof typeof verdicts)[])
      expect(await shown({ verdict }, lang)).toContain(readable(verdicts[verdict]));
  });

  test('is acted on with a reason, kept with who acts', async () => {
    for (const act of ['retry', 'restart'] as const) {
      const { post, acts } = site();
      const refused = await post(`${path}/${act}`, { reason: ' … ' });
      expect([refused.status, acts]).toEqual([422, []]);
      expect(readable(await refused.text())).toContain('Dites pourquoi, en quelques mots');
      const done = await post(`${path}/${act}`, { reason: 'Serveur réparé' });
      expect([done.status, done.headers.get('location')]).toEqual([303, `${path}?done=${act}`]);
      expect(acts).toEqual([
        { what: 'engineAct', input: { edition: 'val-d-oise-2023', act, reason: 'Serveur réparé', actor: 'account:acc-1' } },
      ]);
    }
    expect(readable(await (await site().get(`${path}?done=restart`)).text())).toContain('Une nouvelle exécution a commencé.');
  });

  test.each(['over', 'away'] as const)('says that nothing was started again: %s', async (engineAct) => {
    const answer = await site(undefined, { engineAct: async () => engineAct }).post(`${path}/restart`, { reason: 'Bloquée' });
    expect([answer.status, readable(await answer.text())]).toEqual([
      422,
      expect.stringContaining(readable(wordsOf('fr').engine.acts[engineAct])),
    ]);
  });

  test('is read and acted on as JSON', async () => {
    const { get, app, acts } = site();
    expect(await (await get(`/api${path}`)).json()).toMatchObject({
      verdict: 'activity-failing',
      execution: { activities: [{ type: 'deliver', attempt: 2 }, {}] },
      alerts: [{ kind: 'mail-still', count: 3 }],
    });
    const post = (body: object) =>
      app.request(`${baseUrl}/api${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { cookie: `__Host-session=${good.session}`, origin: baseUrl, 'content-type': 'application/json' },
      });
    for (const body of [{ act: 'retry', reason: ' ' }, { act: 'stop', reason: 'vu' }, {}]) expect((await post(body)).status).toBe(400);
    expect(acts).toEqual([]);
    const done = await post({ act: 'restart', reason: 'Bloquée' });
    expect([done.status, await done.json(), acts.length]).toEqual([200, { done: 'done' }, 1]);
  });

  test('is where an admin who does not coordinate the edition is led, and all they see of it', async () => {
    const { get } = site(undefined, { viewer: async () => ({ ...coordinator, held: [{ right: 'admin' }] }) });
    for (const tab of ['', '/plan', '/projects']) {
      const answer = await get(`/editions/val-d-oise-2023${tab}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    }
    const html = await (await get(path)).text();
    expect(html.match(/<nav class="tabs".*?<\/nav>/s)?.[0].match(/href="/g)).toHaveLength(1);
    expect(html).not.toContain('Direction générale');
  });
});

test('the first reason that an edition does not move is the one that is told', () => {
  const { task: _, ...whole } = enginePart.execution as Execution;
  const fine = { ...whole, activities: [], timers: [] };
  const looks = { lookAt: null, owedSince: null, wokenAt: null };
  const minute = 60_000;
  const told = (change: Partial<Parameters<typeof verdictOf>[0]>) =>
    verdictOf({ execution: fine, looks, status: 'running', offsetMs: 0, incidents: 0, realNow: monday, ...change });
  expect([
    told({}),
    told({ status: 'paused' }),
    told({ execution: undefined }),
    told({ execution: null }),
    told({ execution: null, status: 'closed' }),
    told({ execution: { ...fine, status: 'terminated' } }),
    told({ execution: { ...fine, untakenSince: monday - minute } }),
    told({ execution: { ...fine, untakenSince: monday } }),
    told({ execution: { ...fine, task: { attempts: 2, since: monday } } }),
    told({ execution: whole }),
    told({ execution: { ...fine, timers: whole.timers } }),
    told({ incidents: 1 }),
    told({ looks: { ...looks, owedSince: monday - 3 * minute } }),
    told({ looks: { ...looks, lookAt: monday - 3 * minute } }),
    told({ looks: { ...looks, lookAt: monday - 3 * minute }, offsetMs: -5 * minute }),
    told({ looks: { ...looks, lookAt: monday - minute } }),
    told({ status: 'cancelled' }),
  ]).toEqual([
    ...['fine', 'paused', 'no-answer', 'run-missing', 'over', 'run-missing', 'no-worker', 'fine', 'task-failing', 'activity-failing'],
    ...['incident', 'incident', 'wake-owed', 'wake-owed', 'fine', 'fine', 'over'],
  ]);
});

describe('the engine of the installation', () => {
  test('says what is wrong first, with what to do and the way to the edition, then all that was looked at', async () => {
    const html = await (await site().get('/engine')).text();
    const page = readable(html);
    expect(page).toContain('Une chose ne va pas (✗), une à regarder (!).');
    expect(page).toContain(
      'N’avance plus (ne va pas) L’édition entière ne peut plus être revue Moteur de val-d-oise-2023 → troismains doctor',
    );
    expect(page).toContain('En ordre Version Trois Mains 0.1.0, Node 20.19.0');
    expect(html).toContain('href="/editions/val-d-oise-2023/engine"');
  });

  test('is told as JSON as `doctor --json` tells it', async () => {
    const answer = await site().get('/api/engine?lang=en');
    expect(await answer.json()).toEqual({ ok: false, checks: checks.map((one) => findingJson(one, 'en')) });
  });

  test('is in the menu of admins', async () => {
    const menu = async (held: Held[]) =>
      (await (await site(undefined, { viewer: async () => ({ ...coordinator, held }) }).get('/')).text()).includes('href="/engine"');
    expect([await menu([{ right: 'admin' }]), await menu([{ right: 'coordinator', territory: 'val-d-oise' }])]).toEqual([true, false]);
  });
});
