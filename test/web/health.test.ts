import { describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import type { Health } from '../../client/health.js';
import { createApp } from '../../web/app.js';
import type { AlertLine } from '../../web/backend.js';
import { webMeasures } from '../../web/measures.js';
import { fakeBackend, good, well } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

const silent = { ok: false, seen: '2027-06-07T09:00:00.000Z' };
const answer = async (path: string, health: Health) => {
  const { get } = site(undefined, { health: async () => health });
  const response = await get(path, {});
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('whoever watches from outside', () => {
  test('is told whether this process can do its work: an answer is recorded without engine and worker', async () => {
    const ailing: Health = { ...well, engine: 'down', worker: silent, alerts: { open: 2, untold: 1 } };
    expect(await answer('/healthz', well)).toMatchObject({ status: 200, body: { ok: true, database: 'up' } });
    expect(await answer('/healthz', ailing)).toMatchObject({ status: 200, body: { ok: true, engine: 'down', worker: silent } });
    expect(await answer('/healthz', { ...well, database: 'down' })).toMatchObject({ status: 503, body: { ok: false } });
  });

  test('has one address that fails when anything is wrong', async () => {
    const path = '/healthz/installation';
    expect(await answer(path, well)).toMatchObject({ status: 200, body: { ok: true } });
    const wrong: Partial<Health>[] = [
      { database: 'down' },
      { engine: 'down' },
      { worker: silent },
      { sweep: silent },
      { watch: silent },
      { alerts: { open: 1, untold: 0 } },
      { disk: { ok: false, freePercent: 1.9, words: { fr: 'Un disque est presque plein', en: 'A disk is nearly full' } } },
    ];
    for (const one of wrong) expect(await answer(path, { ...well, ...one })).toMatchObject({ status: 503, body: { ok: false, ...one } });
  });
});

describe('measures of the web', () => {
  const store = {
    pool: { query: () => Promise.reject(new Error('none')), connect: () => Promise.reject(new Error('none')) },
    close: async () => {},
  };
  const measured = () => {
    const { backend } = fakeBackend();
    const metrics = { ...webMeasures({ store, realNow: Date.now }), token: 'a token of some length' };
    const app = createApp(backend, { secure: true, baseUrl, metrics });
    return (path: string, headers: Record<string, string> = {}) => app.request(`${baseUrl}${path}`, { headers });
  };

  test('are not there without a token, and shut to whoever does not show it', async () => {
    expect((await site().get('/metrics', {})).status).toBe(404);
    const get = measured();
    for (const authorization of ['', 'Bearer', 'Bearer a token', 'a token of some length', 'Bearer a token of some lengthy kind'])
      expect((await get('/metrics', { authorization })).status).toBe(403);
    const open = await get('/metrics', { authorization: 'Bearer a token of some length' });
    expect([open.status, open.headers.get('content-type')]).toEqual([200, new Registry().contentType]);
  });

  test('know the pattern of an address, never the address: a link is a secret', async () => {
    const get = measured();
    await get(`/a/some-request/${good.mac}`);
    await get(`/sign-in/${good.key}`);
    await get('/editions/val-d-oise-2023');
    await get('/wp-login.php?who=me');
    await get('/healthz');
    const text = await (await get('/metrics', { authorization: 'Bearer a token of some length' })).text();
    for (const secret of ['some-request', good.mac, good.key, 'val-d-oise-2023', 'wp-login', 'who=me']) expect(text).not.toContain(secret);
    expect(text).toMatch(/troismains_http_request_seconds_count\{method="GET",route="\/sign-in\/:key[^"]*",status="200"\} 1/);
    expect(text).toMatch(/troismains_http_request_seconds_count\{method="GET",route="\/editions\/:edition[^"]*",status="401"\} 1/);
    expect(text).toContain('troismains_http_request_seconds_count{method="GET",route="none",status="404"} ');
    expect(text).toContain('route="/healthz",status="200"} 1');
  });
});

describe('the board', () => {
  const still: AlertLine = {
    kind: 'mail-still',
    scope: 'val-d-oise-2023',
    count: 12,
    since: Date.UTC(2027, 5, 7, 7),
    told: false,
    timezone: 'Europe/Paris',
    title: 'Expérimentations sociales',
  };
  const board = async (language: string, alerts: AlertLine[]) =>
    readable(await (await site(undefined, { alerts: async () => alerts }).get(`/?lang=${language}`)).text());

  test('says what stands still, since when, what people miss and what to do', async () => {
    const page = await board('fr', [still, { ...still, kind: 'sweep-late', scope: '', told: true }]);
    expect(page).toContain('12 messages ne partent pas');
    expect(page).toContain('Depuis le lundi 7 juin 2027 à 9 h.');
    expect(page).toContain('L’administration n’a pas encore été prévenue.');
    expect(page).toContain('troismains mail list');
    expect(page).toContain('La ronde ne passe plus');
  });

  test('is complete in English, and silent where nothing stands still', async () => {
    const page = await board('en', [still]);
    expect(page).toContain('12 mails do not leave');
    expect(page).not.toMatch(/Depuis|messages|prévenue/);
    expect(await board('fr', [])).not.toContain('Ce qui n’avance plus');
  });
});
