import { describe, expect, test } from '@jest/globals';
import { call, good } from './support/backend.js';
import { readable, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

const start = { name: 'Camille Roy', email: 'camille@naitre.example', title: 'Parcours' };

describe('the public call', () => {
  test('says what is looked for, until when, and keeps a relay’s link', async () => {
    const html = await (await site().get('/call/val-d-oise-2023?relay=alumni', {})).text();
    expect(readable(html)).toContain('il se ferme le lundi 2 octobre 2023 à 23 h 59 (heure de Paris)');
    expect(html).toContain('name="relay" value="alumni"');
    expect(await (await site().get('/call/val-d-oise-2023?relay=%22%3E%3Cb%3E', {})).text()).not.toContain('name="relay"');
    expect((await site().get('/call/nothing', {})).status).toBe(404);
  });

  test('only has a link sent: it begins nothing, and lets nobody in', async () => {
    const { post, acts } = site();
    const answer = await post('/call/val-d-oise-2023', { ...start, relay: 'alumni' }, { cookie: '' });
    expect(answer.status).toBe(202);
    expect(await answer.text()).toContain('camille@naitre.example');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(acts).toEqual([{ what: 'askToApply', input: { edition: 'val-d-oise-2023', ...start, relay: 'alumni' } }]);
  });

  test('keeps what was typed when something is missing', async () => {
    const { post, acts } = site();
    const answer = await post('/call/val-d-oise-2023', { ...start, email: 'camille' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('value="Camille Roy"');
    expect(html).toContain('href="#f-email"');
    expect(acts).toEqual([]);
  });

  test('points at the field that the backend refuses', async () => {
    const problems = [{ field: 'title', problem: 'required' as const }];
    const { post } = site(undefined, { askToApply: async () => ({ ok: false, reason: 'invalid', problems }) });
    const html = await (await post('/call/val-d-oise-2023', start)).text();
    expect(html).toContain('href="#f-title"');
    expect(html).not.toContain('href="#f-email"');
  });

  test.each(['not-yet', 'closed'] as const)('takes nothing when it is %s', async (state) => {
    const { get, post, acts } = site(undefined, { call: async () => ({ ...call, state }) });
    expect(await (await get('/call/val-d-oise-2023', {})).text()).not.toContain('<form');
    expect((await post('/call/val-d-oise-2023', start)).status).toBe(409);
    expect(acts).toEqual([]);
  });
});

describe('the link that begins an application', () => {
  const path = `/b/s7/${good.mac}`;

  test('shows what was typed, and begins nothing when it is read', async () => {
    const { get, acts } = site();
    const html = await (await get(path, {})).text();
    for (const words of ['Camille Roy', 'Parcours', 'Commencer ma candidature', 'Ce n’est pas moi'])
      expect(readable(html)).toContain(words);
    expect(acts).toEqual([]);
  });

  test('begins it with the button, and leads to the draft', async () => {
    const { post, acts } = site();
    const answer = await post(path, {}, { cookie: '' });
    expect(answer.headers.get('location')).toBe('/r/d4?started');
    expect(answer.headers.get('set-cookie')).toMatch(/^__Secure-link=sealed;.*Path=\/r\/d4/);
    expect(acts).toEqual([{ what: 'beginApplication', input: 's7' }]);
  });

  test('erases what was typed when it was somebody else', async () => {
    const { post, acts } = site();
    expect(readable(await (await post(`${path}/not-me`, {}, { cookie: '' })).text())).toContain('C’est effacé');
    expect(acts).toEqual([{ what: 'forgetApplication', input: 's7' }]);
  });

  test.each(['/b/s7/other', '/b/s8/sealed'])('opens nothing when it is not whole: %s', async (wrong) => {
    const { get, post, acts } = site();
    expect((await get(wrong, {})).status).toBe(404);
    expect((await post(wrong, {}, { cookie: '' })).status).toBe(404);
    expect((await post(`${wrong}/not-me`, {}, { cookie: '' })).status).toBe(404);
    expect(acts).toEqual([]);
  });

  test('says that the call is over, and begins nothing, once it is', async () => {
    const { get, post } = site(undefined, {
      call: async () => ({ ...call, state: 'closed' }),
      beginApplication: async () => ({ ok: false, reason: 'late' }),
    });
    expect(readable(await (await get(path, {})).text())).not.toContain('Commencer ma candidature');
    expect((await post(path, {}, { cookie: '' })).status).toBe(409);
  });
});

describe('a draft', () => {
  test('says that it is not an application, and when the call closes', async () => {
    const html = await (await site(viewOf('apply')).get('/r/q7Hc2')).text();
    expect(readable(html)).toContain('Un brouillon n’est pas une candidature');
    expect(readable(html)).toContain('mardi 19 septembre à 23 h 59 (heure de Paris), heure ferme');
    expect(html).toMatch(/value="perinatalite"[^>]*checked/);
  });

  test('is kept by one button and submitted by the other', async () => {
    const { post, acts } = site(viewOf('apply'));
    const raw = { title: 'T', need: 'mineurs', summary: 'S' };
    await post('/r/q7Hc2/draft', raw);
    await post('/r/q7Hc2', raw);
    expect(acts).toEqual([
      { what: 'saveApplication', input: { request: 'q7Hc2', raw, submit: false } },
      { what: 'saveApplication', input: { request: 'q7Hc2', raw, submit: true } },
    ]);
  });

  test('comes back with what was typed when it is not complete', async () => {
    const { post } = site(viewOf('apply'), {
      saveApplication: async () => ({ ok: false, reason: 'invalid', problems: [{ field: 'need', problem: 'required' }] }),
    });
    const answer = await post('/r/q7Hc2', { title: 'Mon titre', summary: 'Mon texte' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const words of ['value="Mon titre"', 'Mon texte</textarea>', 'href="#f-need"']) expect(html).toContain(words);
  });

  test('is refused by the clock after the closing, with what was kept', async () => {
    const { get, post, acts } = site(viewOf('apply', {}, { dueAt: monday, endsAt: monday }));
    const page = readable(await (await get('/r/q7Hc2')).text());
    expect(page).toContain('Votre brouillon n’est pas devenu une candidature');
    expect(page).toContain('Des rendez-vous réguliers');
    expect((await post('/r/q7Hc2', { title: 'T' })).status).toBe(409);
    expect(acts).toEqual([]);
    expect(good.mac).toBeTruthy();
  });

  test('is shown in words once it is submitted', async () => {
    const answer = { title: 'Mon titre', need: 'mineurs', summary: 'Mon texte' };
    const { application: _, ...view } = viewOf('apply', { closed: { state: 'answered', at: monday, answer } });
    const page = readable(await (await site(view).get('/r/q7Hc2')).text());
    for (const words of ['Votre candidature est envoyée', 'Mon titre', 'Protéger les mineurs vulnérables', 'Mon texte'])
      expect(page).toContain(words);
  });

  test('that was sent is corrected from its page until the call closes, and not after', async () => {
    const sent = viewOf('apply', {
      closed: { state: 'answered', at: monday, answer: { title: 'Mon titre', need: 'mineurs', summary: 'Mon texte' } },
    });
    const { get, post, acts } = site(sent);
    expect(await (await get('/r/q7Hc2')).text()).toContain('action="/r/q7Hc2/correct"');
    expect((await post('/r/q7Hc2/correct', {})).headers.get('location')).toBe('/r/q7Hc2');
    expect(acts.at(-1)?.what).toBe('correct');
    const over = site({ ...sent, ask: { ...sent.ask, dueAt: monday, endsAt: monday } });
    expect(await (await over.get('/r/q7Hc2')).text()).not.toContain('/correct');
    const again = readable(
      await (await site({ ...viewOf('apply'), reopened: true, draft: { title: 'Mon titre' } }).get('/r/q7Hc2')).text(),
    );
    expect(again).toContain('Votre candidature envoyée compte toujours');
  });

  test('cannot be passed on to somebody else', async () => {
    expect((await site(viewOf('apply')).get('/r/q7Hc2/absent')).status).toBe(303);
  });
});
