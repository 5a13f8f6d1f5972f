/** The tab Mails over a real edition: what left, what is to come as it would be written today, what waits for somebody. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { doAct } from '../../activities/preview.js';
import type { Installation } from '../../client/installation.js';
import type { ActSpec } from '../../domain/acts.js';
import { mailRef } from '../../domain/mailrefs.js';
import type { Backend, MailQuery } from '../../web/backend.js';
import { liveBackend } from '../../web/live.js';
import { publicUrl } from '../support/chronicle.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { actOn } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;

async function asked(): Promise<Bench & { at: number; backend: Backend }> {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [interview]);
  return {
    ...bench,
    at,
    backend: liveBackend({
      store: bench.store,
      linkKey,
      publicUrl,
      engine: { cohort: async () => undefined },
      realNow: () => at,
    } as unknown as Installation),
  };
}
const act = (bench: Bench & { at: number }, spec: ActSpec) => doAct(bench.store, actOn(bench, spec, bench.at));
const listed = async ({ backend, id }: Awaited<ReturnType<typeof asked>>, query: Partial<MailQuery>) =>
  (await backend.mails(id, { view: 'left', from: 0, ...query }))?.mails ?? [];

describe('mails to come', () => {
  test('are listed one by one with what can be done, and held ones wait for somebody', async () => {
    const bench = await asked();
    const coming = await listed(bench, { view: 'coming' });
    expect(coming.map(({ at }) => at)).toEqual(coming.map(({ at }) => at).toSorted((a, b) => a - b));
    const mail = { ask: bench.idOf(interview), person: 'sante', rung: 'before-5' };
    const line = coming.find(({ id }) => id === mailRef(mail));
    expect(line).toMatchObject({ person: 'Service Santé', at: bench.on('2027-06-11'), state: 'coming', acts: ['hold', 'nudge'] });
    expect(coming.find(({ asks }) => asks[0]?.about !== undefined)?.acts).toEqual(['hold']);
    await act(bench, { act: 'hold', mail });
    expect((await listed(bench, { view: 'coming' })).map(({ id }) => id)).not.toContain(mailRef(mail));
    expect(await listed(bench, { view: 'waiting' })).toMatchObject([
      { id: mailRef(mail), state: 'held', acts: ['release'], at: bench.on('2027-06-11') },
    ]);
    expect((await bench.backend.edition(bench.id))?.held).toBe(1);
  });

  test('are narrowed to a person, by id or name, and to an ask; a page has fifty at most', async () => {
    const bench = await asked();
    for (const who of ['sante', 'service san']) {
      const mails = await listed(bench, { view: 'coming', who });
      expect([...new Set(mails.map(({ person }) => person))]).toEqual(['Service Santé']);
    }
    expect(await listed(bench, { view: 'coming', ask: 'nulle.part' })).toEqual([]);
    expect(await listed(bench, { view: 'left', who: 'sante', state: 'accepted' })).toHaveLength(1);
    expect(await listed(bench, { view: 'left', who: '%' })).toEqual([]);
    await act(bench, { act: 'message', whom: ['everybody'], subject: 'Salle B', text: 'Bonjour.' });
    await bench.store.pool.query(
      `insert into outbox (edition, key, person, template, message_id, queued_at, due_at)
       select $1, $1 || '.x' || n, 'sante', 'message', n, $2, $2 from generate_series(1, 90) n`,
      [bench.id, new Date(bench.at)],
    );
    const seen: string[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const part = await bench.backend.mails(bench.id, { view: 'coming', from });
      expect(part?.mails.length).toBeLessThanOrEqual(50);
      seen.push(...(part?.mails ?? []).map(({ id }) => id));
      from = part?.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(100);
  });

  test('of an ask to hundreds are those of its first people, and of whoever is looked for', async () => {
    const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
    const bench = await database.bench((file) => {
      file.relays = Array.from({ length: 260 }, (_, n) => ({
        id: `r-${1000 + n}`,
        name: `Relais ${1000 + n}`,
        email: `r${n}@reseau.example`,
      }));
    });
    const at = bench.on('2027-06-08', '10:00');
    await bench.live(bench.on('2027-06-07'), at, [relay]);
    const backend = liveBackend({ store: bench.store, linkKey, publicUrl, realNow: () => at } as unknown as Installation);
    const part = await backend.mails(bench.id, { view: 'coming', from: 0 });
    expect([part?.cut, part?.mails.length]).toEqual([200, 50]);
    const found = await backend.mails(bench.id, { view: 'coming', from: 0, who: 'Relais 1259' });
    expect([...new Set(found?.mails.map(({ person }) => person))]).toEqual(['Relais 1259']);
    const mail = { ask: bench.idOf(relay), person: 'r-1259', rung: found?.mails[0]?.asks[0]?.rung ?? '' };
    expect(await doAct(bench.store, actOn(bench, { act: 'hold', mail }, at))).toMatchObject({ ok: true });
    expect((await backend.mails(bench.id, { view: 'waiting', from: 0 }))?.mails).toMatchObject([{ id: mailRef(mail), state: 'held' }]);
  });

  test('are read as they would be written today, their personal links blanked', async () => {
    const bench = await asked();
    const page = await bench.backend.mail(bench.id, mailRef({ ask: bench.idOf(interview), person: 'sante', rung: 'before-5' }));
    expect(page).toMatchObject({ asToday: true, to: 'Service Santé', state: 'coming', acts: ['hold', 'nudge'] });
    expect(page?.text).toContain('vendredi 18 juin');
    expect(`${page?.text}${page?.html}`).toMatch(/\/a\/[\w-]+\/…/);
    expect(`${page?.text}${page?.html}`).not.toMatch(/\/a\/[\w-]+\/\w/);
    expect(await bench.backend.mail(bench.id, mailRef({ ask: bench.idOf(interview), person: 'sante', rung: 'opening' }))).toBeUndefined();
    const other = await asked();
    expect(await other.backend.mail(other.id, mailRef({ ask: bench.idOf(interview), person: 'sante', rung: 'due' }))).toBeUndefined();
  });

  test('that wait to be sent are read too, before they have any bytes', async () => {
    const bench = await asked();
    await act(bench, { act: 'message', whom: ['coordinator'], subject: 'Salle B', text: 'Bonjour à vous.' });
    const [line] = await listed(bench, { view: 'coming', who: 'coordo' });
    expect(line).toMatchObject({ template: 'message', acts: ['hold'] });
    expect((await bench.backend.mail(bench.id, line?.id ?? ''))?.text).toContain('Bonjour à vous.');
    await act(bench, { act: 'hold', mail: { row: Number(line?.id) } });
    expect(await listed(bench, { view: 'waiting' })).toMatchObject([{ id: line?.id, state: 'held', acts: ['release'] }]);
  });
});

test('what was given up can be sent again, from its list', async () => {
  const bench = await asked();
  await bench.store.pool.query(`update outbox set state = 'failed' where edition = $1 and person = 'sante'`, [bench.id]);
  const [line] = await listed(bench, { view: 'waiting' });
  expect(line).toMatchObject({ state: 'failed', acts: ['resend'] });
  expect(await act(bench, { act: 'resend', mail: { row: Number(line?.id) } })).toMatchObject({ ok: true });
  expect(await listed(bench, { view: 'waiting' })).toEqual([]);
  expect(await act(bench, { act: 'resend', mail: { row: Number(line?.id) } })).toMatchObject({
    ok: false,
    refused: { reason: 'no-resend' },
  });
});
