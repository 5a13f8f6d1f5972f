/** The clock of a demonstration in the console: offered on its edition's pages only, to who may act, and moved beside the page that says how far it is. */
import { describe, expect, test } from '@jest/globals';
import { PERSONA_SETS } from '../../rehearsal/personas/read.js';
import type { Backend, ClockPage } from '../../web/backend.js';
import { wordsOf } from '../../web/words/index.js';
import { clockPage, coordinator, editionPage, enginePart, good } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

const path = '/editions/val-d-oise-2023';
const shifted = { ...editionPage(), edition: { ...editionPage().edition, shifted: true } };
const demonstration: Partial<Backend> = {
  edition: async () => shifted,
  engine: async () => ({ ...enginePart, edition: shifted.edition }),
};
const offered = 'Jusqu’au prochain message';
const moving: ClockPage = { ...clockPage(), last: { ...clockPage().last, ended: null, running: true } as NonNullable<ClockPage['last']> };

describe('the band', () => {
  test('offers to move the clock on the pages of an edition whose clock is shifted, and on no other', async () => {
    const demo = site(undefined, demonstration);
    for (const tab of ['', '/plan', '/projects', '/engine']) {
      expect(readable(await (await demo.get(`${path}${tab}`)).text())).toContain(offered);
      expect(readable(await (await site().get(`${path}${tab}`)).text())).not.toContain(offered);
    }
    expect(readable(await (await demo.get('/')).text())).not.toContain(offered);
  });

  test('says the date to a reader, and offers nothing', async () => {
    const reader = { ...coordinator, held: [{ right: 'reader', edition: 'val-d-oise-2023' } as const] };
    const here = site(undefined, { ...demonstration, viewer: async (session) => (session === good.session ? reader : undefined) });
    const page = readable(await (await here.get(path)).text());
    expect(page).toContain('Démonstration : pour cette édition, nous sommes le lundi 4 septembre 2023.');
    expect(page).not.toContain(offered);
  });
});

describe('the page of the clock', () => {
  test('says where it stands and why, who is waited for, where mail is read, and offers what was chosen before', async () => {
    const page = await (await site().get(`${path}/clock`)).text();
    const text = readable(page);
    expect(text).toContain('Pour cette édition, nous sommes le lundi 4 septembre 2023, il est 10 h 12.');
    expect(text).toContain('L’horloge est arrivée. Partie du dimanche 3 septembre 2023 ; 3 messages depuis.');
    expect(text).toContain('On attend : Direction générale &lt;élue&gt;.');
    expect(page).toContain('href="http://127.0.0.1:1080/secret"');
    for (const [name, value] of [
      ['goal', 'next'],
      ['others', 'realistic'],
      ['acting', 'labo'],
    ] as const)
      expect(page).toMatch(new RegExp(`name="${name}" value="${value}" checked`));
    expect(page).toContain('name="seed" value="7"');
  });

  test('moves it as far, with those others and as those people that were chosen', async () => {
    const here = site();
    const chosen = { date: '2023-09-15', step: 'jury', others: 'punctual', acting: ['labo', 'direction'], seed: '12' };
    for (const goal of ['next', 'date', 'step']) expect((await here.post(`${path}/clock`, { goal, ...chosen })).status).toBe(303);
    const as = { others: 'punctual', acting: ['labo', 'direction'], seed: 12, edition: 'val-d-oise-2023', actor: 'account:acc-1' };
    expect(here.acts).toEqual(['next', '2023-09-15', 'jury'].map((goal) => ({ what: 'moveClock', input: { ...as, goal } })));
  });

  test('moves it from the band with whoever played before; the first time, nobody', async () => {
    const here = site();
    const { last: _, ...first } = clockPage();
    const anew = site(undefined, { clock: async () => first });
    for (const one of [here, anew]) await one.post(`${path}/clock`, { goal: 'next' });
    expect(here.acts[0]?.input).toMatchObject({ goal: 'next', others: 'realistic', acting: ['labo'], seed: 7 });
    expect(anew.acts[0]?.input).toMatchObject({ goal: 'next', others: 'nobody', acting: [], seed: 1 });
  });

  test('shows how far it is while it moves, again and again without a script, and can have it stopped', async () => {
    const here = site(undefined, { clock: async () => moving });
    const answer = await here.get(`${path}/clock`);
    expect(answer.headers.get('refresh')).toBe('2');
    const text = readable(await answer.text());
    expect(text).toContain('L’horloge avance. Partie du dimanche 3 septembre 2023 ; 3 messages depuis.');
    expect(text).not.toContain(offered);
    expect((await here.post(`${path}/clock/stop`, {})).status).toBe(303);
    expect(here.acts).toEqual([{ what: 'stopClock', input: 'val-d-oise-2023' }]);
    expect((await site().get(`${path}/clock`)).headers.get('refresh')).toBeNull();
  });

  test('says that an advance was cut off, and offers to go on', async () => {
    const cut = { ...moving, last: { ...moving.last, running: false } as NonNullable<ClockPage['last']> };
    const text = readable(await (await site(undefined, { clock: async () => cut }).get(`${path}/clock`)).text());
    expect(text).toContain('ce qui la faisait avancer s’est interrompu');
    expect(text).toContain('Avancer');
  });

  test.each([
    ['advancing', 409, 'elle avance déjà'],
    ['past', 422, 'ce jour est passé'],
    ['goal', 422, 'choisissez une date ou une étape'],
    ['begun', 422, 'cette étape a déjà commencé'],
    ['real-mail', 422, 'le courrier de cette installation part chez de vraies personnes'],
  ] as const)('refuses in words: %s', async (why, status, words) => {
    const here = site(undefined, { moveClock: async () => why });
    const answer = await here.post(`${path}/clock`, { goal: 'date', date: '2023-01-02', others: 'punctual', acting: 'direction' });
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(readable(page)).toContain(`L’horloge n’a pas bougé : ${words}`);
    expect(page).toContain('value="2023-01-02"');
    expect(page).toMatch(/name="acting" value="direction" checked/);
  });

  test('is moved by the API too: begun, done, or why not', async () => {
    const ask = async (body: unknown, change: Partial<Backend> = {}) => {
      const here = site(undefined, change);
      const headers = { cookie: `__Host-session=${good.session}`, origin: baseUrl, 'content-type': 'application/json' };
      const answer = await here.app.request(`${baseUrl}/api${path}/clock`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json(), acts: here.acts };
    };
    const done = await ask({ goal: '2023-09-15', others: 'punctual', acting: ['labo'], seed: 3 });
    expect(done).toMatchObject({ status: 200, body: { at: new Date(clockPage().at).toISOString(), last: { ended: 'there', mails: 3 } } });
    expect(done.acts[0]?.input).toMatchObject({
      goal: '2023-09-15',
      others: 'punctual',
      acting: ['labo'],
      seed: 3,
      actor: 'account:acc-1',
    });
    expect((await ask({}, { moveClock: async () => 'moving' })).status).toBe(202);
    expect(await ask({}, { moveClock: async () => 'advancing' })).toMatchObject({ status: 409, body: { refused: 'advancing' } });
    expect(await ask({}, { moveClock: async () => 'past' })).toMatchObject({ status: 422, body: { refused: 'past' } });
    expect((await ask({ seed: 0 })).status).toBe(400);
    expect((await ask({}, { clock: async () => undefined })).status).toBe(404);
    expect(await (await site().get(`/api${path}/clock`)).json()).toMatchObject({ waitingOn: ['Direction générale <élue>'] });
  });

  test('is none where an edition lives by our clock', async () => {
    const here = site(undefined, { clock: async () => undefined });
    expect((await here.get(`${path}/clock`)).status).toBe(404);
    for (const one of ['', '/stop']) expect((await here.post(`${path}/clock${one}`, { goal: 'next' })).status).toBe(404);
    expect(here.acts).toEqual([]);
  });

  test('is complete in English, and knows every set of personas', async () => {
    const page = readable(await (await site().get(`${path}/clock?lang=en`)).text());
    expect(page).toContain('For this edition, today is Monday 4 September 2023, and it is 10:12.');
    expect(page).not.toMatch(/undefined|horloge|messages/);
    for (const locale of ['fr', 'en'] as const) expect(Object.keys(wordsOf(locale).clock.players)).toEqual(['nobody', ...PERSONA_SETS]);
  });
});
