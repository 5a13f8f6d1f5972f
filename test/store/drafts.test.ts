import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AskView } from '../../domain/view.js';
import { saveApplication, startApplication } from '../../store/acts/application.js';
import { saveDraft, swapDraft } from '../../store/acts/draft.js';
import { applicationsOf } from '../../store/selection.js';
import { findView } from '../../store/views/index.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { until } from '../support/waiting.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** How often two transactions of this database have waited for each other in turn. */
const deadlocks = async (): Promise<string> => {
  const { rows } = await database.store.pool.query<{ n: string }>(
    'select pg_stat_force_next_flush(), deadlocks::text as n from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.n ?? '';
};

const interview = { step: 'interviews', kind: 'interview' } as const;
const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;

/** One form of an interview on Monday 7 June, and what its tabs do. */
async function form(): Promise<
  Bench & { save(text: string, from?: number): ReturnType<typeof saveDraft>; view(): Promise<AskView | undefined> }
> {
  const bench = await database.bench();
  const realNow = bench.on('2027-06-07', '10:00');
  await bench.review(realNow, [interview]);
  const request = bench.request(interview, 'sante');
  return {
    ...bench,
    save: (text, from) => saveDraft(bench.store, { request, raw: { problems: text }, realNow, ...(from === undefined ? {} : { from }) }),
    view: () => findView(bench.store.pool, request, () => realNow),
  };
}

describe('a draft', () => {
  test('is written over only by a form that was drawn from it: of an old tab both texts are kept', async () => {
    const { save, view } = await form();
    expect(await save('un', 0)).toMatchObject({ ok: true, version: 1 });
    expect(await save('un, deux', 1)).toMatchObject({ ok: true, version: 2 });
    expect(await save('ancien', 0)).toEqual({ ok: false, reason: 'newer' });
    expect(await view()).toMatchObject({ draft: { problems: 'un, deux' }, draftVersion: 2, otherDraft: { problems: 'ancien' } });
    expect(await save('ancien, et la suite', 0)).toEqual({ ok: false, reason: 'newer' });
    expect(await save('un, deux, trois', 2)).toMatchObject({ ok: true, version: 3 });
    expect(await view()).toMatchObject({ draft: { problems: 'un, deux, trois' }, otherDraft: { problems: 'ancien, et la suite' } });
  });

  test('of two tabs opened at one moment keeps both texts, also when both save at one moment', async () => {
    const { save, view } = await form();
    const both = await Promise.all([save('à gauche', 0), save('à droite', 0)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const { draft, otherDraft } = (await view()) ?? {};
    expect([draft?.problems, otherDraft?.problems].sort()).toEqual(['à droite', 'à gauche']);
  });

  test('that is the same text is no older text: a second click', async () => {
    const { save, view } = await form();
    await save('le même', 0);
    expect(await save('le même', 0)).toMatchObject({ ok: true });
    expect((await view())?.otherDraft).toBeUndefined();
  });

  test('from a page without a number, drawn before there were any, replaces what is there', async () => {
    const { save, view } = await form();
    await save('un', 0);
    expect(await save('deux')).toMatchObject({ ok: true, version: 2 });
    expect((await view())?.draft).toEqual({ problems: 'deux' });
  });

  test('is exchanged for the other, and nothing is lost by it', async () => {
    const { save, view, store, on, request } = await form();
    const swap = () => swapDraft(store, { request: request(interview, 'sante'), realNow: on('2027-06-07', '10:00') });
    await save('le nouveau', 0);
    expect(await swap()).toMatchObject({ ok: true });
    expect(await view()).toMatchObject({ draft: { problems: 'le nouveau' } }); // there is no other
    await save('l’ancien', 0);
    expect(await swap()).toMatchObject({ ok: true });
    expect(await view()).toMatchObject({ draft: { problems: 'l’ancien' }, draftVersion: 2, otherDraft: { problems: 'le nouveau' } });
  });

  test('that is being kept as its answer comes is gone once both are done: the answer waits for it', async () => {
    const bench = await form();
    const { pool } = bench.store;
    const request = bench.request(interview, 'sante');
    const keeping = await pool.connect();
    await keeping.query('begin');
    await keeping.query('select 1 from ask_person where request = $1 for share', [request]);
    await keeping.query("insert into draft (request, body, saved_at) values ($1, '{}', now())", [request]);
    const answering = bench.answer(interview, 'sante', { problems: 'un' }, bench.on('2027-06-07', '11:00'));
    await until('the answer does not wait', async () => {
      const { rows } = await pool.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows[0]?.n === 1;
    });
    await keeping.query('commit');
    keeping.release();
    expect(await answering).toMatchObject({ ok: true });
    expect((await pool.query('select 1 from draft where request = $1', [request])).rows).toEqual([]);
  });

  test('does not keep an answer back: what is sent from an old tab is the answer', async () => {
    const { save, view, ...bench } = await form();
    await save('le nouveau', 0);
    expect(await bench.answer(interview, 'sante', { problems: 'ce que j’envoie' }, bench.on('2027-06-07', '11:00'))).toMatchObject({
      ok: true,
    });
    expect((await view())?.closed).toMatchObject({ state: 'answered', answer: { problems: 'ce que j’envoie' } });
  });
});

describe('the draft of an application', () => {
  async function begun() {
    const bench = await database.bench();
    const realNow = bench.on('2027-06-08', '10:00');
    await bench.review(realNow, [call]);
    const begun = await startApplication(bench.store, {
      edition: bench.id,
      name: 'Nour',
      email: 'n@asso.example',
      title: 'Le bus',
      realNow,
    });
    if (!begun.ok || begun.request === undefined) throw new Error('no place');
    const { request } = begun;
    return {
      view: () => findView(bench.store.pool, request, () => realNow + 1),
      applications: () => applicationsOf(bench.store.pool, bench.id),
      save: (raw: Record<string, string>, from?: number) =>
        saveApplication(bench.store, { request, raw, submit: false, realNow: realNow + 1, ...(from === undefined ? {} : { from }) }),
      submit: (raw: Record<string, string>) => saveApplication(bench.store, { request, raw, submit: true, realNow: realNow + 1 }),
    };
  }

  test.each([
    ['a title that is too long', { title: 'x'.repeat(201) }, { need: 'soins', summary: 'Un bus.' }],
    ['a text that is too long', { summary: 'x'.repeat(20_001) }, { title: 'Autre', need: 'soins' }],
    ['a need that is none', { need: 'ailleurs' }, { title: 'Autre', summary: 'Un bus.' }],
    ['a character that no text may hold', { summary: 'Un\u000cbus' }, { title: 'Autre', need: 'soins' }],
  ])('with %s keeps that and all the rest; only the application does not take it', async (_, wrong, right) => {
    const { save, submit, view, applications } = await begun();
    expect(await save({ ...wrong, ...right }, 1)).toMatchObject({ ok: true, version: 2 });
    expect((await view())?.draft).toEqual({ ...wrong, ...right });
    expect(await applications()).toMatchObject([right]);
    expect(await submit({ ...wrong, ...right })).toMatchObject({
      ok: false,
      reason: 'invalid',
      problems: [{ field: Object.keys(wrong)[0] }],
    });
  });

  test('that cannot be taken leaves the last one that could; one that is emptied empties', async () => {
    const { save, applications } = await begun();
    await save({ title: 'Le bus', need: 'soins', summary: 'Un bus.' }, 1);
    await save({ title: 'x'.repeat(201), need: 'ailleurs', summary: 'x'.repeat(20_001) }, 2);
    expect(await applications()).toMatchObject([{ title: 'Le bus', need: 'soins', summary: 'Un bus.' }]);
    await save({ title: 'Le bus', need: '', summary: '' }, 3);
    expect(await applications()).toMatchObject([{ title: 'Le bus', need: null, summary: '' }]);
  });

  test('and what is sent at the same moment do not wait for each other in turn', async () => {
    const { save, submit } = await begun();
    const whole = { title: 'Le bus', need: 'soins', summary: 'Un bus.' };
    const before = await deadlocks();
    for (let i = 0; i < 8; i++) await save({ ...whole, summary: `Un bus ${i}.` });
    await Promise.all([...Array.from({ length: 6 }, (_, i) => save({ ...whole, summary: `Encore ${i}.` })), submit(whole)]);
    expect(await deadlocks()).toBe(before);
  });

  test('is not written over by an old tab, nor is the application', async () => {
    const { save, view, applications } = await begun();
    expect(await save({ title: 'Nouveau', need: 'soins', summary: 'long' }, 1)).toMatchObject({ version: 2 });
    expect(await save({ title: 'Ancien', need: '', summary: 'court' }, 1)).toEqual({ ok: false, reason: 'newer' });
    expect(await view()).toMatchObject({ draft: { title: 'Nouveau' }, otherDraft: { title: 'Ancien', summary: 'court' } });
    expect(await applications()).toMatchObject([{ title: 'Nouveau', need: 'soins', summary: 'long' }]);
  });
});
