/** A stranger at the doors, over HTTP: the web as it is served, a real database, and nobody's word taken for who they are. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { type Installation, openInstallation } from '../../client/installation.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { linkOf } from '../../store/links.js';
import { applicationsOf } from '../../store/selection.js';
import { createApp } from '../../web/app.js';
import { liveBackend } from '../../web/live.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';
import { readable } from './support/client.js';

const key = '0b'.repeat(32);
const publicUrl = 'https://essais.example';
let database: BenchDatabase;
let installation: Installation;
let server: ReturnType<typeof serve>;
let served: string;
beforeAll(async () => {
  database = await benchDatabase();
  const environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: `doors-${process.pid}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    PUBLIC_URL: publicUrl,
    LINK_KEY: key,
  };
  installation = await openInstallation(readConfig(environment, INSTALLATION));
  // no run lives these editions: a wake would begin one, and set their clocks back to where it begins
  const app = createApp(liveBackend({ ...installation, wake: async () => true }), { secure: true, baseUrl: publicUrl });
  await new Promise<void>((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) => {
      served = `http://127.0.0.1:${port}`;
      ready();
    });
  });
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await installation.close();
  await database.drop();
});

/** What a program sends that passes for a browser on our own page. */
const post = (path: string, form: Record<string, string> = {}, cookie = '') =>
  fetch(`${served}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'sec-fetch-site': 'same-origin', cookie },
    redirect: 'manual',
  });
const get = (path: string, cookie = '') => fetch(`${served}${path}`, { headers: { cookie }, redirect: 'manual' });
const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;
const interview = { step: 'interviews', kind: 'interview' } as const;

/** An edition whose clock says Tuesday 8 June 2027, ten o'clock, with what was asked on Monday. */
async function onTuesday(...asked: (typeof call | typeof interview)[]): Promise<Bench & { now: number; left(): Promise<string[]> }> {
  const bench = await database.bench();
  const now = bench.on('2027-06-08', '10:00');
  await bench.store.pool.query('delete from attempt'); // every test comes from one network
  await bench.store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [bench.id, now - Date.now()]);
  await bench.review(bench.on('2027-06-07', '10:00'), asked);
  const transport = scripted();
  await bench.deliver(bench.on('2027-06-07', '10:00'), transport);
  const base = { publicUrl, linkKey: Buffer.from(key, 'hex') };
  return {
    ...bench,
    now,
    /** The texts of what has left since. */
    async left() {
      const out = scripted();
      await bench.deliver(now + 3_600_000, out, { deps: base });
      return Promise.all(out.sent.map(async ({ bytes, to }) => `${to}\n${(await simpleParser(bytes)).text ?? ''}`));
    },
  };
}
const typed = { name: 'Concurrent', title: 'Votre offre est refusée' };

describe('a stranger', () => {
  test('applies in nobody’s name: the page is the same for every address, and lets nobody in', async () => {
    const bench = await onTuesday(call);
    const pages = [];
    for (const email of ['contact@concurrent.example', 'maison@terrain.example', 'sante@plateau.example']) {
      const answer = await post(`/call/${bench.id}`, { ...typed, email });
      expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('location')]).toEqual([202, null, null]);
      pages.push((await answer.text()).replaceAll(email, 'X'));
    }
    expect(new Set(pages).size).toBe(1);
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);

    const mails = await bench.left();
    expect(mails.map((mail) => mail.split('\n')[0]).sort()).toEqual([
      'contact@concurrent.example',
      'maison@terrain.example',
      'sante@plateau.example',
    ]);
    for (const mail of mails) for (const words of Object.values(typed)) expect(mail).not.toContain(words);

    // only whoever reads the mail begins, by a button
    const path = new URL(/https:\S+\/b\/\S+/.exec(mails.find((mail) => mail.startsWith('contact')) ?? '')?.[0] ?? '').pathname;
    expect(readable(await (await get(path)).text())).toContain('Commencer ma candidature');
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);
    const begun = await post(path);
    expect(begun.status).toBe(303);
    const place = new URL(begun.headers.get('location') ?? '', served).pathname;
    expect((await get(place, cookieOf(begun))).status).toBe(200);
    expect(await applicationsOf(bench.store.pool, bench.id)).toHaveLength(1);
    expect(readable(await (await post(`${path}/not-me`)).text())).toContain('C’est effacé');
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);
    expect((await get(path)).status).toBe(404);
    expect((await get(place, cookieOf(begun))).status).toBe(403);
  });

  test('floods nobody: of two hundred starts from one place, twenty mails leave, three to one mailbox, and the answer does not change', async () => {
    const bench = await onTuesday(call);
    const statuses = new Set<number>();
    for (let n = 0; n < 200; n++)
      statuses.add(
        (await post(`/call/${bench.id}`, { ...typed, email: n < 10 ? `contact+${n}@cible.example` : `n${n}@domaine.example` })).status,
      );
    expect([...statuses]).toEqual([202]);
    const mails = await bench.left();
    expect(mails).toHaveLength(20);
    expect(mails.filter((mail) => mail.includes('@cible.example'))).toHaveLength(3);
  });

  test('has a person written to once in five minutes, and learns nothing of which places there are', async () => {
    const bench = await onTuesday(interview);
    const pages = new Set<string>();
    const real = bench.request(interview, 'direction');
    for (const request of [...Array<string>(30).fill(real), 'no-such-place']) {
      const answer = await post(`/r/${request}/fresh-link`);
      pages.add(`${answer.status} ${await answer.text()}`);
    }
    expect(pages.size).toBe(1);
    expect(await bench.left()).toHaveLength(1);
  });

  test('who was named in somebody’s place opens that place, and no other', async () => {
    const bench = await onTuesday(interview);
    const open = async (person: string, n = 1) => {
      const request = bench.request(interview, person);
      return { request, cookie: cookieOf(await get(new URL(linkOf(publicUrl, Buffer.from(key, 'hex'), request, n)).pathname)) };
    };
    const health = await open('sante');
    expect((await post(`/r/${health.request}/absent`, { name: 'Chargée', email: 'chargee@plateau.example' }, health.cookie)).status).toBe(
      303,
    );
    const named = await open('sante-1');
    expect((await get(`/r/${named.request}`, named.cookie)).status).toBe(200);
    for (const person of ['direction', 'transports']) {
      const other = bench.request(interview, person);
      expect((await get(`/r/${other}`, named.cookie)).status).toBe(403);
      expect((await post(`/r/${other}`, { problems: 'Rien.' }, named.cookie)).status).toBe(403);
    }
    expect((await bench.places(interview)).sort()).toEqual(['direction open', 'sante delegated', 'sante-1 open']);
    expect((await get('/')).status).toBe(401);
  });
});
