/** The journal over a real edition: narrowed to a person, a sort of thing, a period; and from "answered" to what was answered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Installation } from '../../client/installation.js';
import { addAccount } from '../../store/accounts.js';
import { extend } from '../../store/acts/extend.js';
import { inTransaction } from '../../store/db.js';
import { createApp } from '../../web/app.js';
import type { JournalQuery } from '../../web/backend.js';
import { liveBackend } from '../../web/live.js';
import { publicUrl } from '../support/chronicle.js';
import { type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { readable } from './support/client.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;

async function lived() {
  const bench = await database.bench();
  const { store } = bench;
  const at = bench.on('2027-06-10', '10:00');
  await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08', '10:00'), [interview]);
  await bench.answer(interview, 'sante', { problems: 'Il manque des relais la nuit.' }, bench.on('2027-06-08', '11:00'));
  const { id } = await inTransaction(store.pool, (tx) =>
    addAccount(tx, { id: `acc-${bench.id}`, email: `${bench.id}@x.example`, name: 'Camille Labo', by: 'machine', realNow: at }),
  );
  const act = { ask: bench.idOf(interview), date: '2027-06-30', reason: 'congés', actor: `account:${id}`, realNow: bench.on('2027-06-09') };
  expect(await extend(store, act)).toMatchObject({ ok: true });
  const backend = liveBackend({ store, linkKey, publicUrl, realNow: () => at } as unknown as Installation);
  const lines = async (query: Partial<JournalQuery>) =>
    ((await backend.journal(bench.id, { from: 0, ...query }))?.journal.lines ?? []).map(({ what }) => what);
  return { bench, backend, lines };
}

test('is narrowed to a person or an account, to a sort of thing, and to days, which are included', async () => {
  const { lines } = await lived();
  expect(await lines({})).toEqual(['ask.extended', 'ask.answered', 'ask.opened']);
  expect(await lines({ who: 'service san' })).toEqual(['ask.answered']);
  expect(await lines({ who: 'sante' })).toEqual(['ask.answered']);
  expect(await lines({ who: 'camille' })).toEqual(['ask.extended']);
  expect(await lines({ who: 'nobody' })).toEqual([]);
  expect(await lines({ kind: 'ask', since: '2027-06-08', until: '2027-06-08' })).toEqual(['ask.answered']);
  expect(await lines({ kind: 'mail' })).toEqual([]);
  expect(await lines({ since: '2027-06-09' })).toEqual(['ask.extended']);
});

test('leads from an answer to what was answered, for coordinators, and nobody else', async () => {
  const { bench, backend } = await lived();
  const pages = async (right: 'coordinator' | 'reader') => {
    const viewer = { account: 'a', name: 'A', email: 'a@b.example', session: 's', provedAt: 0, factor: false, strong: false };
    const app = createApp(
      { ...backend, noteRefused: async () => {}, viewer: async () => ({ ...viewer, held: [{ right, edition: bench.id }] }) },
      { secure: true, baseUrl: 'https://essais.example' },
    );
    const get = (path: string) =>
      app.request(`https://essais.example/editions/${bench.id}${path}`, { headers: { cookie: '__Host-session=s' } });
    const journal = await (await get('/journal')).text();
    return { href: /href="[^"]*(\/answers\?[^"]*)"/.exec(journal)?.[1]?.replaceAll('&amp;', '&'), get };
  };
  const coordinator = await pages('coordinator');
  const page = readable(await (await coordinator.get(coordinator.href ?? '')).text());
  expect(page).toContain('Réponse : Service Santé');
  expect(page).toContain('Il manque des relais la nuit.');
  const reader = await pages('reader');
  expect(reader.href).toBeUndefined();
  expect((await reader.get(coordinator.href ?? '')).status).toBe(403);
  expect((await coordinator.get(`/answers?ask=${bench.idOf(interview)}&person=personne`)).status).toBe(404);
});
