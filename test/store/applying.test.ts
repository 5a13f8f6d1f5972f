import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Raw } from '../../domain/asks/forms.js';
import { type Started, saveApplication, startApplication } from '../../store/acts/application.js';
import { close } from '../../store/acts/close.js';
import { correctApplication } from '../../store/acts/correct.js';
import { journal } from '../../store/audit.js';
import { applicationsOf } from '../../store/selection.js';
import { findView } from '../../store/views/index.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;
const whole: Raw = { title: 'Le bus des soins', need: 'soins', summary: 'Un bus\r\nqui passe.' };

/** A call that is open from Monday 7 June until the end of Sunday 20, moved outwards to Monday 21. */
async function openCall(): Promise<Bench & { begin(email: string, at?: number, relay?: string): Promise<Started> }> {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07', '10:00'), [call]);
  return {
    ...bench,
    begin: (email, at = bench.on('2027-06-08', '10:00'), relay) =>
      startApplication(bench.store, {
        edition: bench.id,
        name: 'Nour',
        email,
        title: 'Le bus',
        realNow: at,
        ...(relay === undefined ? {} : { relay }),
      }),
  };
}

const requestOf = (started: Started): string => {
  if (!started.ok || started.request === undefined) throw new Error(`no place: ${JSON.stringify(started)}`);
  return started.request;
};

describe('an application', () => {
  test('begins with a person, a draft that holds its title, and a link of its own by mail, at once and at any hour', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example', bench.on('2027-06-12', '23:00'), 'reseau'));
    expect(request).toBe(bench.request(call, 'applicant-01'));
    expect(await findView(bench.store.pool, request, () => bench.on('2027-06-12', '23:00'))).toMatchObject({
      draft: { title: 'Le bus' },
      person: { id: 'applicant-01', name: 'Nour', role: 'applicant' },
    });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ id: 'a-01', state: 'draft', relay: 'reseau' }]);
    await bench.deliver(bench.on('2027-06-12', '23:00'));
    expect(await bench.mailed('applicant-01')).toEqual(['2027-06-12 23:00 link']);
  });

  test('is tracked to a relay only if there is such a relay', async () => {
    const bench = await openCall();
    await bench.begin('a@asso.example', undefined, 'nobody');
    await bench.begin('b@asso.example', undefined, 'coordo');
    expect((await applicationsOf(bench.store.pool, bench.id)).map((a) => a.relay)).toEqual([null, null]);
  });

  test('is one an address, however it is written: the link is mailed again instead, once in a while', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    const again = await bench.begin('  Nour@ASSO.example ', bench.on('2027-06-08', '10:20'));
    expect(again).toMatchObject({ ok: true, wake: true, request });
    await bench.begin('nour@asso.example', bench.on('2027-06-08', '10:20'));
    expect(await applicationsOf(bench.store.pool, bench.id)).toHaveLength(1);
    expect(await bench.mailed('applicant-01')).toEqual(['2027-06-08 10:00 link', '2027-06-08 10:20 link']);
  });

  test.each([
    ['composed otherwise', 'josé@collectivité.example'.normalize('NFD')],
    ['with its domain in punycode', 'josé@xn--collectivit-lbb.example'],
    ['in capitals and both', ' JOSÉ@XN--COLLECTIVIT-LBB.EXAMPLE '.normalize('NFD')],
  ])('is one an address %s', async (_, email) => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('josé@collectivité.example'));
    expect(await bench.begin(email, bench.on('2027-06-08', '10:20'))).toMatchObject({ ok: true, request });
    expect(await applicationsOf(bench.store.pool, bench.id)).toHaveLength(1);
  });

  test('is kept with its letters composed, and without what cannot be seen as a name', async () => {
    const bench = await openCall();
    const start = (change: object) =>
      startApplication(bench.store, {
        edition: bench.id,
        name: 'Zoé'.normalize('NFD'),
        email: 'zoé@asso.example'.normalize('NFD'),
        title: 'Périnatalité'.normalize('NFD'),
        realNow: bench.on('2027-06-08'),
        ...change,
      });
    expect(await start({ name: '\u3164', title: '\u200b' })).toMatchObject({
      problems: [
        { field: 'name', problem: 'required' },
        { field: 'title', problem: 'required' },
      ],
    });
    const request = requestOf(await start({}));
    const view = await findView(bench.store.pool, request, () => bench.on('2027-06-08'));
    expect([view?.person.name, view?.person.email, view?.application?.title]).toEqual(
      ['Zoé', 'zoé@asso.example', 'Périnatalité'].map((text) => text.normalize('NFC')),
    );
  });

  test('is one an address when a form is sent twice at one moment', async () => {
    const bench = await openCall();
    const both = await Promise.all([bench.begin('nour@asso.example'), bench.begin('nour@asso.example')]);
    expect(new Set(both.map(requestOf)).size).toBe(1);
    expect(await applicationsOf(bench.store.pool, bench.id)).toHaveLength(1);
  });

  test('of somebody the edition knows already stays with that person', async () => {
    const bench = await openCall();
    expect(await bench.begin('maison@terrain.example')).toMatchObject({ ok: true });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ person: 'maison' }]);
    expect(await bench.places(call)).toEqual(['maison open']);
  });

  test('is refused an address, a name or a title that cannot be one', async () => {
    const bench = await openCall();
    const start = (change: object) =>
      startApplication(bench.store, {
        edition: bench.id,
        name: 'Nour',
        email: 'n@asso.example',
        title: 'Le bus',
        realNow: bench.on('2027-06-08'),
        ...change,
      });
    expect(await start({ email: 'n@asso.example, coordo@plateau.example' })).toMatchObject({ ok: false, reason: 'address' });
    expect(await start({ name: ' ', title: 'Le\nbus' })).toMatchObject({
      ok: false,
      reason: 'invalid',
      problems: [{ field: 'name' }, { field: 'title' }],
    });
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);
  });

  test('is kept as far as it goes, and submitted only whole', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    const realNow = bench.on('2027-06-09', '21:00');
    const save = (raw: Raw, submit: boolean) => saveApplication(bench.store, { request, raw, submit, realNow });
    expect(await save({ title: '', need: 'soins', summary: '' }, false)).toMatchObject({ ok: true, wake: false });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ title: 'Le bus', need: 'soins', state: 'draft' }]);
    expect(await save({ title: '', need: '', summary: '' }, true)).toEqual({
      ok: false,
      reason: 'invalid',
      problems: [
        { field: 'title', problem: 'required' },
        { field: 'need', problem: 'required' },
        { field: 'summary', problem: 'required' },
      ],
    });
    expect(await save({ ...whole, need: 'autre' }, true)).toMatchObject({ problems: [{ field: 'need', problem: 'not-a-choice' }] });
    expect(await save(whole, true)).toMatchObject({ ok: true, wake: false });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([
      { title: 'Le bus des soins', summary: 'Un bus\nqui passe.', state: 'submitted' },
    ]);
    expect((await findView(bench.store.pool, request, () => realNow))?.draft).toBeUndefined();
    expect(await save({ ...whole, title: 'Autre chose' }, true)).toMatchObject({ ok: false, reason: 'already-answered' });
    expect(await save(whole, true)).toMatchObject({ ok: true, wake: false }); // a second click
    expect(await bench.mailed('applicant-01')).toEqual(['2027-06-08 10:00 link', '2027-06-09 21:00 receipt']);
    expect((await journal(bench.store.pool, bench.id)).map((line) => line.verb).slice(1)).toEqual([
      'application.started',
      'application.saved',
      'application.submitted',
    ]);
  });

  test('saved by itself as it is typed, is told once in the journal', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    for (const [seconds, summary] of ['Un', 'Un bus', 'Un bus qui passe'].entries()) {
      const realNow = bench.on('2027-06-09', '21:00') + 2000 * seconds;
      expect(await saveApplication(bench.store, { request, raw: { ...whole, summary }, submit: false, realNow })).toMatchObject({
        ok: true,
      });
    }
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ summary: 'Un bus qui passe' }]);
    expect((await journal(bench.store.pool, bench.id)).filter((line) => line.verb === 'application.saved')).toHaveLength(1);
  });

  test('in draft is reminded that it is none; a submitted one is left in peace', async () => {
    const bench = await openCall();
    await bench.begin('nour@asso.example');
    const submitted = requestOf(await bench.begin('ali@asso.example', bench.on('2027-06-08', '10:05')));
    await saveApplication(bench.store, { request: submitted, raw: whole, submit: true, realNow: bench.on('2027-06-10', '11:00') });
    await bench.deliver(bench.on('2027-06-10', '11:00'));
    await bench.live(bench.on('2027-06-10', '11:00'), bench.on('2027-06-30'), [call]);
    expect((await bench.mailed('applicant-01')).slice(1)).toEqual([
      '2027-06-14 09:00 before-5 apply',
      '2027-06-17 09:00 before-2 apply',
      '2027-06-21 09:00 due apply',
    ]);
    expect((await bench.mailed('applicant-02')).slice(1)).toEqual(['2027-06-10 11:00 receipt']);
    expect(await bench.broken()).toEqual([]);
  });
});

describe('the closing of a call', () => {
  test('refuses by the clock, to the minute, with nothing else running', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    expect((await bench.ask(call)).due).toBe('2027-06-21');
    const closing = bench.on('2027-06-22', '00:00');
    expect(await bench.begin('late@asso.example', closing)).toMatchObject({ ok: false, reason: 'late' });
    expect(await saveApplication(bench.store, { request, raw: whole, submit: false, realNow: closing })).toMatchObject({ reason: 'late' });
    expect(await saveApplication(bench.store, { request, raw: whole, submit: true, realNow: closing })).toMatchObject({ reason: 'late' });
    expect(await saveApplication(bench.store, { request, raw: whole, submit: true, realNow: closing - 1 })).toMatchObject({ ok: true });
  });

  test('ends it on its last day with what was submitted, whenever we look; drafts have missed it', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    await bench.begin('draft@asso.example');
    await saveApplication(bench.store, { request, raw: whole, submit: true, realNow: bench.on('2027-06-10') });
    const { settled } = await bench.review(bench.on('2027-06-24', '15:00'), [call]);
    expect(settled).toEqual([{ id: bench.idOf(call), outcome: 'complete', on: '2027-06-21', items: ['a-01'] }]);
    expect(await bench.places(call)).toEqual(['applicant-01 answered', 'applicant-02 missed']);
    expect(await bench.begin('late@asso.example', bench.on('2027-06-24', '16:00'))).toMatchObject({ ok: false, reason: 'closed' });
  });

  test('without a single application is an outcome of its own', async () => {
    const bench = await openCall();
    await bench.begin('draft@asso.example');
    const { settled } = await bench.review(bench.on('2027-06-22', '00:00'), [call]);
    expect(settled).toMatchObject([{ outcome: 'none', on: '2027-06-21', items: [] }]);
  });

  test('is not the end for a draft when the call is opened again, and what was submitted stays where it was written', async () => {
    const bench = await openCall();
    const submitted = requestOf(await bench.begin('nour@asso.example'));
    await bench.begin('draft@asso.example');
    await saveApplication(bench.store, { request: submitted, raw: whole, submit: true, realNow: bench.on('2027-06-09') });
    await close(bench.store, { ask: bench.idOf(call), reason: 'trop tôt', realNow: bench.on('2027-06-09', '12:00') });
    const again = { ...call, generation: 2, after: '2027-06-09' };
    await bench.review(bench.on('2027-06-10'), [call, again]);
    expect(await bench.places(again)).toEqual(['applicant-02 open']);
    await bench.begin('nour@asso.example', bench.on('2027-06-10', '10:00'));
    await bench.begin('draft@asso.example', bench.on('2027-06-10', '10:00'));
    await bench.deliver(bench.on('2027-06-10', '10:00'));
    const links = (await bench.mails()).filter((mail) => mail.key.includes('.link.') && mail.due_at.getTime() > bench.on('2027-06-10'));
    expect(links.map(({ state, context }) => [state, context.request])).toEqual([
      ['accepted', submitted],
      ['accepted', bench.request(again, 'applicant-02')],
    ]);
  });
});

describe('what was sent', () => {
  test('is corrected by its applicant until the call closes; it counts until it is sent again', async () => {
    const bench = await openCall();
    const request = requestOf(await bench.begin('nour@asso.example'));
    const save = (raw: Raw, submit: boolean, at: number) => saveApplication(bench.store, { request, raw, submit, realNow: at });
    const day = (n: number, time = '10:00') => bench.on(`2027-06-${String(n).padStart(2, '0')}`, time);
    const correct = (at: number) => correctApplication(bench.store, { request, realNow: at });
    expect(await correct(day(8, '10:30'))).toMatchObject({ ok: true }); // a draft is written anyway
    expect((await findView(bench.store.pool, request, () => day(8, '10:30')))?.reopened).toBeUndefined();
    await save(whole, true, day(9));
    expect(await save({ ...whole, title: 'Un car' }, true, day(10))).toMatchObject({ ok: false, reason: 'already-answered' });
    expect(await correct(day(10))).toMatchObject({ ok: true });
    expect(await correct(day(10))).toMatchObject({ ok: true });
    const view = await findView(bench.store.pool, request, () => day(10));
    expect(view).toMatchObject({ reopened: true, draft: { title: 'Le bus des soins', need: 'soins' } });
    await save({ ...whole, title: 'Un car' }, false, day(10));
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ state: 'submitted', title: 'Le bus des soins' }]);
    expect(await save({ ...whole, title: 'Un car' }, true, day(10, '11:00'))).toMatchObject({ ok: true });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ state: 'submitted', title: 'Un car' }]);
    const told = (await journal(bench.store.pool, bench.id)).map(({ verb }) => verb);
    expect(told.filter((verb) => verb === 'ask.reopened' || verb === 'ask.corrected')).toEqual(['ask.reopened', 'ask.corrected']);
    await correct(day(11));
    await save({ ...whole, title: 'Ni l’un ni l’autre' }, false, day(11));
    expect(await correct(day(22))).toMatchObject({ ok: false, reason: 'late' });
    expect(await save({ ...whole, title: 'Trop tard' }, true, day(22))).toMatchObject({ ok: false });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ state: 'submitted', title: 'Un car' }]);
  });
});
