/** Mails held back, let go and written by hand (console.md, "Acts"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { doAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import { journalPage } from '../../store/audit.js';
import { waitingOn } from '../../store/board.js';
import { findEdition } from '../../store/editions.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';
import { actOn, previewOn } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;

async function asked(...asks: (typeof interview | typeof relay)[]): Promise<Bench & { at: number }> {
  const bench = await database.bench();
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  await bench.live(monday, tuesday, asks);
  return { ...bench, at: tuesday };
}
const act = (bench: Bench, spec: ActSpec, at: number) => doAct(bench.store, actOn(bench, spec, at));
const rungOf = (bench: Bench, person: string, rung: string) => ({ ask: bench.idOf(interview), person, rung });

describe('a reminder that is held', () => {
  test('does not leave, those after it do, and it is shown to nobody as to come', async () => {
    const bench = await asked(interview);
    const mail = rungOf(bench, 'sante', 'before-5');
    const preview = await previewOn(bench, { act: 'hold', mail }, bench.at);
    expect(preview.mails).toMatchObject([{ person: 'sante', rung: 'before-5', change: 'cancelled' }]);
    expect(await act(bench, { act: 'hold', mail }, bench.at)).toMatchObject({ ok: true, wake: true });
    const row = await findEdition(bench.store.pool, bench.id);
    const waiting = row === undefined ? [] : await waitingOn(bench.store.pool, row, bench.at);
    const next = (person: string) => waiting.find((line) => line.person.id === person)?.coming[0]?.at;
    expect([next('sante'), next('direction')]).toEqual([bench.on('2027-06-16'), bench.on('2027-06-11')]);
    await bench.live(bench.at + 1, bench.on('2027-06-18'), [interview]);
    expect(await bench.mailed('sante')).toEqual([
      '2027-06-07 09:00 opening interview',
      '2027-06-16 09:00 before-2 interview',
      '2027-06-18 09:00 due interview',
    ]);
    expect(await bench.mailed('direction')).toContain('2027-06-11 09:00 before-5 interview');
    expect(await bench.broken()).toEqual([]);
  });

  test('leaves in its time once it is released before; at the next sending time after, if nothing left lately', async () => {
    const bench = await asked(interview);
    const mail = rungOf(bench, 'sante', 'before-5');
    await act(bench, { act: 'hold', mail }, bench.at);
    await bench.live(bench.at + 1, bench.on('2027-06-14', '21:00'), [interview]);
    const night = bench.on('2027-06-14', '21:00');
    const preview = await previewOn(bench, { act: 'release', mail }, night);
    expect(preview.mails).toMatchObject([
      { person: 'sante', rung: 'before-5', change: 'added', at: { after: bench.on('2027-06-15') } },
      {},
    ]);
    expect(await act(bench, { act: 'release', mail }, night)).toMatchObject({ ok: true });
    await bench.live(night + 1, bench.on('2027-06-18'), [interview]);
    // two working days lie between what left on the 15th and what would have on the 16th
    expect((await bench.mailed('sante')).slice(1)).toEqual(['2027-06-15 09:00 before-5 interview', '2027-06-18 09:00 due interview']);
    expect(await bench.broken()).toEqual([]);
  });

  test('and released too late never leaves: its ask is answered, or another left the day before', async () => {
    const bench = await asked(interview);
    const mail = rungOf(bench, 'sante', 'before-5');
    await act(bench, { act: 'hold', mail }, bench.at);
    await bench.live(bench.at + 1, bench.on('2027-06-17', '10:00'), [interview]);
    const thursday = bench.on('2027-06-17', '10:00');
    expect((await previewOn(bench, { act: 'release', mail }, thursday)).mails).toEqual([]);
    await act(bench, { act: 'release', mail }, thursday);
    await bench.live(thursday + 1, bench.on('2027-06-18'), [interview]);
    expect(await bench.mailed('sante')).not.toContainEqual(expect.stringContaining('before-5'));
  });

  test('of an ask to many that is quiet is seen by the next review', async () => {
    const bench = await database.bench();
    const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
    await bench.live(monday, tuesday, [relay]);
    await bench.review(tuesday, [relay]);
    const ask = bench.idOf(relay);
    const { rows } = await bench.store.pool.query<{ rung: string }>(`select quiet_until as rung from ask where id = $1`, [ask]);
    expect(rows[0]?.rung).not.toBeNull();
    const { mails } = await previewOn(bench, { act: 'close', ask }, tuesday);
    const first = mails.find(({ person, about }) => person === 'presse' && about === undefined);
    const mail = { ask, person: 'presse', rung: first?.rung ?? '' };
    await act(bench, { act: 'hold', mail }, tuesday);
    await bench.live(tuesday + 1, bench.on('2027-07-30'), [relay]);
    const left = (await bench.mails()).filter(({ asks }) => asks.some(({ rung }) => rung === mail.rung)).map(({ person }) => person);
    expect(left).toContain('reseau');
    expect(left).not.toContain('presse');
  });

  test('is held once; a first request is never, nor what has left, nor what will not', async () => {
    const bench = await asked(interview);
    const refusal = async (spec: ActSpec) => (await previewOn(bench, spec, bench.at)).refused?.code;
    const mail = rungOf(bench, 'sante', 'due');
    expect(await refusal({ act: 'release', mail })).toBe('not-held');
    await act(bench, { act: 'hold', mail }, bench.at);
    expect(await refusal({ act: 'hold', mail })).toBe('held');
    expect(await refusal({ act: 'hold', mail: rungOf(bench, 'sante', 'opening') })).toBe('opening');
    expect(await refusal({ act: 'hold', mail: rungOf(bench, 'transports', 'due') })).toBe('mail-left');
    const page = await journalPage(bench.store.pool, bench.id, { from: 0, limit: 50 });
    expect(page.entries.filter(({ verb }) => verb === 'mail.held')).toMatchObject([{ detail: { person: 'sante', rung: 'due' } }]);
  });
});

describe('a letter that is held', () => {
  test('waits until somebody lets it go, then leaves at the next sending time', async () => {
    const bench = await asked(interview);
    const night = bench.on('2027-06-08', '22:00');
    await act(bench, { act: 'cancel' }, night);
    const letter = (await bench.mails()).find(({ template, person }) => template === 'ended' && person === 'sante');
    const mail = { row: letter?.id ?? 0 };
    expect((await previewOn(bench, { act: 'hold', mail }, night)).told).toEqual([]);
    expect(await act(bench, { act: 'hold', mail }, night)).toMatchObject({ ok: true });
    await bench.deliver(bench.on('2027-06-09'));
    const states = async () => (await bench.mails()).filter(({ template }) => template === 'ended').map((one) => [one.person, one.state]);
    expect(await states()).toEqual(
      expect.arrayContaining([
        ['sante', 'held'],
        ['direction', 'accepted'],
      ]),
    );
    const evening = bench.on('2027-06-09', '20:00');
    const { told } = await previewOn(bench, { act: 'release', mail }, evening);
    expect(told).toEqual([{ person: 'sante', template: 'ended', at: bench.on('2027-06-10') }]);
    await act(bench, { act: 'release', mail }, evening);
    await bench.deliver(evening);
    expect(await states()).toContainEqual(['sante', 'queued']);
    await bench.deliver(bench.on('2027-06-10'));
    expect(await states()).toContainEqual(['sante', 'accepted']);
  });
});

describe('a free message', () => {
  const message = {
    act: 'message',
    subject: 'Salle changée',
    text: 'La réunion a lieu salle B.\n\nPlan : https://plan.example/b?x=1&y=2',
  } as const;

  test('goes to those it names, in working hours, is no reminder, and is kept beside the journal', async () => {
    const bench = await asked(interview);
    const night = bench.on('2027-06-08', '23:00');
    const spec = { ...message, whom: ['directorate', bench.idOf(interview)] };
    const preview = await previewOn(bench, spec, night);
    const people = ['direction', 'sante', 'transports'];
    expect(preview.told).toEqual(people.map((person) => ({ person, template: 'message', at: bench.on('2027-06-09') })));
    expect([preview.mails, preview.asks]).toEqual([[], []]);
    await act(bench, spec, night);
    const transport = scripted();
    await bench.deliver(night, transport);
    expect(transport.sent).toEqual([]);
    await bench.live(night + 1, bench.on('2027-06-11'), [interview]);
    const mails = (await bench.mails()).filter(({ template }) => template === 'message');
    expect(mails.map(({ person, state, reminder }) => [person, state, reminder])).toEqual(
      people.map((person) => [person, 'accepted', false]),
    );
    expect(await bench.mailed('sante')).toContain('2027-06-11 09:00 before-5 interview'); // its reminder leaves all the same
    expect(await bench.broken()).toEqual([]);
    const page = await journalPage(bench.store.pool, bench.id, { from: 0, limit: 50 });
    const entry = page.entries.find(({ verb }) => verb === 'message.sent');
    expect(entry?.detail).toMatchObject({ people: 3 });
    expect(JSON.stringify(entry)).not.toContain('Salle');
    const { rows } = await bench.store.pool.query('select subject, body, people from message where edition = $1', [bench.id]);
    expect(rows).toEqual([{ subject: message.subject, body: message.text, people: 3 }]);
  });

  test('carries its text and no HTML of its author', async () => {
    const bench = await asked(interview);
    const text = '<a href="https://faux.example">cliquez</a> ou https://vrai.example';
    await act(bench, { ...message, whom: ['coordinator'], text }, bench.at);
    const transport = scripted();
    await bench.deliver(bench.at, transport);
    const { simpleParser } = await import('mailparser');
    const parsed = await simpleParser(transport.sent[0]?.bytes ?? Buffer.alloc(0), { skipTextToHtml: true });
    expect(parsed.subject).toBe(message.subject);
    expect(parsed.text).toContain('<a href="https://faux.example">cliquez</a> ou https://vrai.example');
    expect(parsed.html).not.toContain('href="https://faux.example"');
    expect(parsed.html).not.toContain('href="https://vrai.example"');
  });

  test('is not sent twice by mistake, nor often, nor to nobody, nor to whom another edition knows', async () => {
    const bench = await asked(interview);
    const other = await asked(interview);
    const everybody = { ...message, whom: ['everybody'] };
    const refusal = async (spec: ActSpec, at = bench.at) => (await previewOn(bench, spec, at)).refused?.code;
    await act(bench, everybody, bench.at);
    expect(await refusal(everybody)).toBe('twice');
    expect(await refusal({ ...message, whom: ['expert'] })).toBe('nobody');
    await expect(previewOn(bench, { ...message, whom: [other.idOf(interview)] }, bench.at)).rejects.toThrow();
    for (const n of [2, 3, 4, 5]) await act(bench, { ...everybody, subject: `Message ${n}` }, bench.at);
    expect(await refusal({ ...everybody, subject: 'Message 6' })).toBe('too-many');
    expect(await refusal({ ...everybody, subject: 'Message 6' }, bench.at + 3_600_000)).toBeUndefined();
  });

  test('leaves out whom no mail reaches, and says so where that is everybody', async () => {
    const bench = await asked(interview);
    await bench.store.pool.query('update person set unreachable_at = $2 where edition = $1 and role = $3', [
      bench.id,
      new Date(bench.at),
      'coordinator',
    ]);
    expect((await previewOn(bench, { ...message, whom: ['coordinator'] }, bench.at)).refused?.code).toBe('unreachable');
    const { told } = await previewOn(bench, { ...message, whom: ['everybody'] }, bench.at);
    expect(told.map(({ person }) => person)).not.toContain('coordo');
  });

  test('to many takes the statements of one to few', async () => {
    const statements = async (relays: number) => {
      const bench = await database.bench((file) => {
        file.relays = Array.from({ length: relays }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r${n}@reseau.example` }));
      });
      let n = 0;
      const { store } = bench;
      const connect = async () => {
        const client = await store.pool.connect();
        const query: typeof client.query = (text, values) => {
          n++;
          return client.query(text, values);
        };
        return { query, release: (error?: Error) => client.release(error) };
      };
      const spec = { ...message, whom: ['relay'] };
      expect(await doAct({ ...store, pool: { ...store.pool, connect } }, actOn(bench, spec, bench.on('2027-06-07')))).toMatchObject({
        ok: true,
      });
      expect((await bench.mails()).length).toBe(relays);
      return n;
    };
    const [few, many] = [await statements(3), await statements(300)];
    expect(many).toBe(few);
    expect(few).toBeLessThanOrEqual(10);
  });
});
