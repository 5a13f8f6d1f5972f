import { describe, expect, test } from '@jest/globals';
import { good } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

describe('answering', () => {
  test('records what the form says, and shows a clean page', async () => {
    const { post, acts } = site(viewOf('approve'));
    const answer = await post('/r/q7Hc2', { decision: 'approved', remarks: '' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/r/q7Hc2');
    expect(acts).toEqual([{ what: 'answer', input: { request: 'q7Hc2', raw: { decision: 'approved', remarks: '' } } }]);
  });

  test('keeps several choices of one field as a list', async () => {
    const { post, acts } = site(viewOf('shortlist'));
    await post('/r/q7Hc2', { applications: ['app-1', 'app-2'], reason: 'les deux' });
    expect(acts[0]?.input).toEqual({ request: 'q7Hc2', raw: { applications: ['app-1', 'app-2'], reason: 'les deux' } });
  });

  test('comes back with everything typed, and each problem linked to its field', async () => {
    const { post } = site(viewOf('deliberation'));
    const answer = await post('/r/q7Hc2', { retained: ['app-1'], reserve: ['app-1', 'app-2'], reason: 'Une raison « fine » & <rare>' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('Une raison « fine » &amp; &lt;rare&gt;</textarea>');
    expect([...html.matchAll(/<input[^>]*value="(app-\d)"[^>]*checked/g)].map(([, id]) => id)).toEqual(['app-1', 'app-1', 'app-2']);
    expect(html).toContain('href="#f-reserve"');
    expect(html).toContain('id="f-reserve"');
    expect(html).toMatch(/<title>À revoir/);
    expect(html).toMatch(/id="errors"[^>]*tabindex="-1"[^>]*autofocus/);
  });

  test('leads to the mark that is missing, and keeps the others', async () => {
    const { post } = site(viewOf('score'));
    const html = await (await post('/r/q7Hc2', { 'scores.app-1.need': '4', 'scores.app-1.team': '', 'scores.app-2.need': '2,5' })).text();
    expect(html).toContain('href="#f-scores-0-1"');
    expect(html).toMatch(/id="f-scores-0-0"[^>]*value="4"/);
    expect(html).toMatch(/id="f-scores-0-1"[^>]*aria-invalid="true"/);
  });

  test('is refused from a foreign page, and nothing is done', async () => {
    const { post, acts } = site(viewOf('approve'));
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: baseUrl, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      for (const path of [
        '/r/q7Hc2',
        '/r/q7Hc2/draft',
        '/r/q7Hc2/absent',
        '/r/q7Hc2/fresh-link',
        '/call/val-d-oise-2023',
        `/sign-in/${good.key}`,
      ])
        expect((await post(path, { decision: 'approved' }, headers)).status).toBe(403);
    expect(acts).toEqual([]);
  });

  test('is taken from our own page, which sends no referrer and so no origin', async () => {
    const { post, acts } = site(viewOf('approve'));
    await post('/r/q7Hc2', { decision: 'approved' }, { origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect(acts.length).toBe(1);
  });

  test('needs the link, whoever posts', async () => {
    const { post, acts } = site(viewOf('approve'));
    expect((await post('/r/q7Hc2', { decision: 'approved' }, { cookie: '' })).status).toBe(403);
    expect((await post('/r/q7Hc2/absent', { name: 'X', email: 'x@y.fr' }, { cookie: '__Secure-link=forged' })).status).toBe(403);
    expect(acts).toEqual([]);
  });

  test('refuses what is too long in words', async () => {
    const { post } = site(viewOf('interview'));
    const answer = await post('/r/q7Hc2', { problems: 'x'.repeat(1024 * 1024 + 1) }, { 'content-length': String(1024 * 1024 + 20) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('<h1>');
  });
});

describe('keeping a draft', () => {
  test('keeps it without asking for a complete answer, and shows it again', async () => {
    const { post, acts } = site(viewOf('interview'));
    const answer = await post('/r/q7Hc2/draft', { problems: 'à moitié' });
    expect(answer.headers.get('location')).toBe('/r/q7Hc2?kept');
    expect(acts).toEqual([{ what: 'saveDraft', input: { request: 'q7Hc2', raw: { problems: 'à moitié' } } }]);
    const { get } = site(viewOf('interview', { draft: { problems: 'à moitié' } }));
    expect(await (await get('/r/q7Hc2?kept')).text()).toContain('à moitié</textarea>');
  });

  test('answers a script without a page', async () => {
    const { post } = site(viewOf('interview'));
    const answer = await post('/r/q7Hc2/draft', { problems: 'x' }, { accept: 'application/json' });
    expect(await answer.json()).toMatchObject({ kept: true, say: expect.stringContaining('est gardé') });
  });
});

describe('an ask that is over', () => {
  const text = async (...given: Parameters<typeof site>) => readable(await (await site(...given).get('/r/q7Hc2')).text());

  test('says what was answered, by whom and when', async () => {
    const answer = { decision: 'changes-requested', remarks: 'Préciser le budget.' };
    const page = await text(viewOf('approve', { closed: { state: 'answered', at: monday, answer, by: 'Direction générale adjointe' } }));
    expect(page).toContain('Direction générale adjointe a répondu à votre place, le lundi 4 septembre 2023 à 10 h 12.');
    expect(page).toContain('Je demande des modifications');
    expect(page).toContain('Préciser le budget.');
  });

  test('says why nothing is needed any more', async () => {
    expect(await text(viewOf('document', { closed: { state: 'not-needed', at: monday, by: 'Incubateur' } }))).toContain(
      'Incubateur a déjà répondu',
    );
    expect(await text(viewOf('approve', { closed: { state: 'not-needed', at: monday } }, { outcome: 'cancelled' }))).toContain(
      'n’a plus lieu d’être',
    );
    expect(await text(viewOf('approve', { closed: { state: 'delegated', at: monday, by: 'Direction adjointe' } }))).toContain(
      'Vous avez désigné Direction adjointe',
    );
    expect(await text(viewOf('approve', {}, { outcome: 'none', closedOn: '2023-09-01' }))).toContain('fermée le vendredi 1er septembre');
  });

  test('is refused by the clock after a hard end, with what was typed', async () => {
    const late = viewOf('score', {}, { dueAt: monday - 1, endsAt: monday - 1 });
    const { get, post, acts } = site(late);
    expect(await (await get('/r/q7Hc2')).text()).not.toContain('<textarea');
    const answer = await post('/r/q7Hc2', { remarks: 'Mes remarques gardées' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('Mes remarques gardées');
    expect(acts).toEqual([]);
  });

  test('shows what was typed when somebody answered first', async () => {
    const { post } = site(viewOf('document'), { answer: async () => ({ ok: false, reason: 'already-answered', by: 'Incubateur' }) });
    const answer = await post('/r/q7Hc2', { title: 'Ma feuille', body: 'Mon texte' });
    const page = readable(await answer.text());
    expect(answer.status).toBe(409);
    for (const words of ['Incubateur a répondu avant vous', 'Ma feuille', 'Mon texte']) expect(page).toContain(words);
  });

  test('sent twice says when it was recorded, as a page of one who answered, not of one who came late', async () => {
    const open = viewOf('interview');
    const view = { ...open, closed: { state: 'answered' as const, at: monday, answer: { problems: 'Mes mots' } } };
    const { post } = site(view, { answer: async () => ({ ok: false, reason: 'already-answered' }) });
    const page = readable(await (await post('/r/q7Hc2', { problems: 'Mes mots' })).text());
    expect(page).toContain('Une réponse était déjà enregistrée Enregistrée le lundi');
    expect(page).not.toContain('Les réponses nécessaires ont été reçues');
  });

  test('from the link of somebody who named another says whom they named', async () => {
    const view = { ...viewOf('interview'), closed: { state: 'delegated' as const, at: monday, by: 'Mme Adjointe' } };
    const { post } = site(view, { answer: async () => ({ ok: false, reason: 'already-answered' }) });
    expect(readable(await (await post('/r/q7Hc2', { problems: 'Mes mots' })).text())).toContain('Vous avez désigné Mme Adjointe');
  });

  test('of an edition that was ended says so, not that a new version is on its way', async () => {
    const open = viewOf('interview');
    const edition = { ...open.edition, status: 'cancelled' as const };
    const ask = { ...open.ask, outcome: 'cancelled' as const };
    const { get } = site({ ...open, edition, ask, closed: { state: 'not-needed' as const, at: monday } });
    expect(readable(await (await get('/r/q7Hc2')).text())).toContain('L’édition est terminée');
  });

  test('in a body that no browser writes is refused without an incident, and without losing what was drafted', async () => {
    const { post, acts } = site(viewOf('interview'));
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x'])
      for (const path of ['/r/q7Hc2', '/r/q7Hc2/draft', '/call/val-d-oise-2023'])
        expect((await post(path, { problems: 'x' }, { 'content-type': type })).status).toBe(400);
    expect(acts).toEqual([]);
  });

  test('says what is wrong with the name of a substitute', async () => {
    const problems = [{ field: 'name', problem: 'control-characters' as const }];
    const { post } = site(viewOf('interview'), { delegate: async () => ({ ok: false, reason: 'invalid', problems }) });
    const page = await (await post('/r/q7Hc2/absent', { name: 'A\u0085B', email: 'a@b.example' })).text();
    expect(page).toContain('id="f-name-problem"');
    expect((await post('/r/q7Hc2/absent', { name: 'AB', email: 'a\u0000@b.example' })).status).toBe(422);
  });

  test('takes answers while the edition is paused, and says so', async () => {
    const view = viewOf('interview', {}, { endsAt: Date.UTC(2023, 0, 10) }); // no end passes during a pause
    const { get } = site({ ...view, edition: { ...view.edition, status: 'paused' as const } });
    const html = await (await get('/r/q7Hc2')).text();
    expect(readable(html)).toContain('Le programme est en pause : vous pouvez répondre');
    expect(html).toContain('action="/r/q7Hc2"');
  });

  test('is only announced before its hour: nothing to fill in', async () => {
    const session = viewOf('session', {}, { openedAt: null, opensAt: Date.UTC(2023, 8, 13, 16) });
    const html = await (await site(session).get('/r/q7Hc2')).text();
    expect(readable(html)).toContain('les questions seront ici le mercredi 13 septembre à 18 h');
    expect(html).not.toContain('action="/r/q7Hc2"');
  });
});

describe('naming a substitute', () => {
  test('passes the name and the address on', async () => {
    const { post, acts } = site(viewOf('approve'));
    const answer = await post('/r/q7Hc2/absent', { name: ' Claude Martin ', email: 'claude.martin@valdoise.example' });
    expect(answer.status).toBe(303);
    expect(acts[0]?.input).toEqual({ request: 'q7Hc2', name: 'Claude Martin', email: 'claude.martin@valdoise.example' });
  });

  test('keeps what was typed when the address is not one', async () => {
    const { post, acts } = site(viewOf('approve'));
    const answer = await post('/r/q7Hc2/absent', { name: 'Claude', email: 'claude' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="claude"');
    expect(acts).toEqual([]);
  });
});

describe('a shared computer', () => {
  test('is left by a button on every page of a link: its cookie ends, and nothing else happens', async () => {
    const { get, post, acts } = site(viewOf('approve'));
    for (const path of ['/r/q7Hc2', '/r/q7Hc2/absent', '/r/q7Hc2/document/1'])
      expect(await (await get(path)).text()).toContain('action="/r/q7Hc2/leave"');
    const left = await post('/r/q7Hc2/leave', {});
    expect(left.headers.get('set-cookie')).toMatch(/^__Secure-link=; Max-Age=0; Path=\/r\/q7Hc2/);
    expect(readable(await left.text())).toContain('Le lien reçu par mail l’ouvre de nouveau');
    expect(acts).toEqual([]);
  });

  test('on which another site has set cookies of our names is not let in by them', async () => {
    const { get } = site(viewOf('interview'));
    const cookie = `link=${good.mac}; preferences=${good.mac}; session=${good.session}`;
    expect((await get('/r/q7Hc2', { cookie })).status).toBe(403);
    expect((await get('/', { cookie })).status).toBe(401);
  });
});
