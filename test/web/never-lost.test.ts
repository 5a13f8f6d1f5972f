import { describe, expect, test } from '@jest/globals';
import type { Raw } from '../../domain/asks/forms.js';
import { askKinds } from '../../domain/asks.js';
import { fieldsOf } from '../../domain/kinds/index.js';
import { labelled } from '../../domain/typography.js';
import { LOCALES } from '../../domain/words.js';
import { wordsOf } from '../../web/words/index.js';
import { call, good, preferences } from './support/backend.js';
import { readable, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

const person = '/editions/val-d-oise-2023/people/maternite';
/** What no page may take for markup. */
const sharp = '</textarea><script>alert(1)</script>"\'& fin';
const escaped = '&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; fin';
/** Every form that holds text, and where it goes. */
const forms: { name: string; path: string; typed: Raw }[] = [
  { name: 'an answer', path: '/r/q7Hc2', typed: { problems: `Mes mots ${sharp}`, leads: 'Une piste' } },
  { name: 'a draft', path: '/r/q7Hc2/draft', typed: { problems: `Mes mots ${sharp}` } },
  { name: 'the choice of a text', path: '/r/q7Hc2/draft/other', typed: { problems: `Mes mots ${sharp}` } },
  { name: 'an application', path: '/r/q7Hc2', typed: { title: 'Le bus', summary: `Deux\nlignes ${sharp}` } },
  { name: 'a delegation', path: '/r/q7Hc2/absent', typed: { name: `Claude ${sharp}`, email: 'claude@valdoise.example' } },
  {
    name: 'the start of an application',
    path: '/call/val-d-oise-2023',
    typed: { name: `Nour ${sharp}`, email: 'n@asso.example', title: 'Le bus' },
  },
  { name: 'an address of the console', path: person, typed: { email: 'm@terrain.example', reason: `Vu au téléphone ${sharp}` } },
];
const behindACookie = forms.filter(({ path }) => !path.startsWith('/call'));

/** The page gives back every word, as text that acts on nothing. */
function givesBack(html: string, typed: Raw): void {
  expect(html).toContain('id="typed"');
  for (const text of Object.values(typed).flat()) expect(html).toContain(text.replace(sharp, escaped));
  expect(html).not.toContain('<script>alert');
  const given = /<section[^>]*id="typed".*?<\/section>/s.exec(html)?.[0] ?? '';
  expect(given).not.toMatch(/<form|<button|<a |type="hidden"|formaction/);
  for (const [, id] of given.matchAll(/<(?:input|textarea)[^>]* id="([^"]+)"/g)) expect(given).toContain(`for="${id}"`);
}

describe('what was typed is given back by the page that refuses it, and nothing is done', () => {
  test.each(behindACookie)('$name, without its cookie', async ({ path, typed }) => {
    const { post, acts } = site(viewOf('interview'));
    for (const cookie of ['', '__Secure-link=forged; __Host-session=ended']) {
      const answer = await post(path, typed, { cookie });
      expect([401, 403]).toContain(answer.status);
      givesBack(await answer.text(), typed);
    }
    expect(acts).toEqual([]);
  });

  test.each(forms)('$name, from another origin', async ({ path, typed }) => {
    const { post, acts } = site(viewOf('interview'));
    const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null', 'sec-fetch-site': 'cross-site' }];
    for (const headers of foreign) {
      const answer = await post(path, typed, headers);
      expect(answer.status).toBe(403);
      givesBack(await answer.text(), typed);
    }
    expect(acts).toEqual([]);
  });

  test('when something fails on our side', async () => {
    const fails = async () => {
      throw new Error('the database is away');
    };
    const { post } = site(viewOf('interview'), { request: fails, call: fails, giveAddress: fails });
    for (const { path, typed } of forms) {
      const answer = await post(path, typed);
      expect(answer.status).toBe(500);
      givesBack(await answer.text(), typed);
    }
  });

  test('when the call is closed, or is none', async () => {
    const { path, typed } = forms.find(({ name }) => name === 'the start of an application') ?? { path: '', typed: {} };
    const closed = site(undefined, { call: async () => ({ ...call, state: 'closed' }) });
    const closing = site(undefined, { askToApply: async () => ({ ok: false, reason: 'late' }) });
    const none = site(undefined, { call: async () => undefined });
    for (const [{ post }, status] of [
      [closed, 409],
      [closing, 409],
      [none, 404],
    ] as const) {
      const answer = await post(path, typed);
      expect(answer.status).toBe(status);
      givesBack(await answer.text(), typed);
    }
  });

  test('the name and the address of somebody else, when the question was closed meanwhile', async () => {
    const { post } = site(viewOf('interview'), { delegate: async () => ({ ok: false, reason: 'closed' }) });
    const answer = await post('/r/q7Hc2/absent', { name: 'Claude Martin', email: 'claude@valdoise.example' });
    expect(answer.status).toBe(409);
    const page = readable(await answer.text());
    for (const words of ['Claude Martin', 'claude@valdoise.example']) expect(page).toContain(words);
  });

  test('the marks of a juror, in the order of their page, and by their names once the call to score is closed', async () => {
    const raw = { 'scores.app-1.need': '4', 'scores.app-1.team': '', 'scores.app-2.need': '2,5', remarks: 'Bien' };
    const { post } = site(viewOf('score'));
    expect(await (await post('/r/q7Hc2', raw, { cookie: '' })).text()).toContain('value="4 ; – ; 2,5"');
    const late = site(viewOf('score', {}, { dueAt: monday - 1, endsAt: monday - 1 }));
    const page = readable(await (await late.post('/r/q7Hc2', raw)).text());
    expect(page).toContain('Parler avant – Réponse au besoin du territoire : 2,5 ; Équipe et capacité à coopérer : —');
  });

  test.each(LOCALES)('every field that is typed into has a name for it, in %s', (locale) => {
    const names = wordsOf(locale).page.typedNames;
    for (const kind of askKinds)
      for (const field of fieldsOf(viewOf(kind).form))
        if (field.type !== 'choice' && field.type !== 'options') expect(names).toHaveProperty(field.name);
  });

  test('and once more by the page that says that a fresh link has left', async () => {
    const { post, acts } = site(viewOf('interview'));
    const typed = { problems: `Mes mots ${sharp}`, leads: 'Une piste' };
    const html = await (await post('/r/q7Hc2', typed, { cookie: '' })).text();
    for (const name of Object.keys(typed)) expect(html).toMatch(new RegExp(`<(input|textarea)[^>]*name="${name}" form="fresh"`));
    givesBack(await (await post('/r/q7Hc2/fresh-link', typed, { cookie: '' })).text(), typed);
    expect(acts.map(({ what }) => what)).toEqual(['freshLink']);
  });

  test('and says the same whether the place exists or not', async () => {
    const { post } = site(viewOf('interview'));
    const pages = ['q7Hc2', 'nothing'].map(async (request) => {
      const answer = await post(`/r/${request}`, { problems: 'Mes mots' }, { cookie: '' });
      return (await answer.text()).replaceAll(request, '');
    });
    expect(new Set(await Promise.all(pages)).size).toBe(1);
  });

  test('to the script, in a sentence: the words are still in its page, and how to go on', async () => {
    const { post, acts } = site(viewOf('interview'));
    const answer = await post('/r/q7Hc2/draft', { problems: 'x' }, { cookie: '', accept: 'application/json' });
    expect([answer.status, await answer.json()]).toEqual([403, { kept: false, say: expect.stringContaining('dans un autre onglet') }]);
    expect(acts).toEqual([]);
  });
});

describe('a browser that refuses cookies', () => {
  /** Follows redirects without ever sending a cookie; the addresses it went through, and the last page. */
  async function follow(path: string): Promise<{ went: string[]; status: number; html: string }> {
    const { get } = site(viewOf('approve'));
    const went = [path];
    for (;;) {
      const answer = await get(went.at(-1) ?? '', {});
      const to = answer.headers.get('location');
      if (to === null || went.length > 5) return { went, status: answer.status, html: await answer.text() };
      went.push(to);
    }
  }

  test.each([`/a/q7Hc2/${good.mac}`, `/p/${preferences.ref}/${good.mac}`])('is told so, at %s, and what to do: no loop', async (path) => {
    const { went, status, html } = await follow(path);
    expect([went.length, status]).toEqual([2, 403]);
    expect(went[1]).toMatch(/^\/(r\/q7Hc2|preferences\/a1b2c3)\?opened$/); // nothing of a person, and no seal
    expect(html).toContain('<h1>Votre navigateur refuse les cookies</h1>');
    expect(html).toContain('autorisez les cookies de ce site');
    expect(html).not.toContain('fresh-link');
  });

  test('is told so after the start of an application too', async () => {
    const { post, get } = site();
    const began = await post('/call/val-d-oise-2023', { name: 'N', email: 'n@asso.example', title: 'T' }, { cookie: '' });
    expect(await (await get(began.headers.get('location') ?? '', {})).text()).toContain('refuse les cookies');
  });

  test('is told so where it opened the console', async () => {
    const { post, get } = site();
    expect((await post(`/sign-in/${good.key}`, {}, { cookie: '' })).headers.get('location')).toBe('/');
    expect(await (await get('/', {})).text()).toContain('refuse les cookies');
  });

  test('and one that keeps them comes to the clean address', async () => {
    const { get } = site(viewOf('approve'));
    for (const path of ['/r/q7Hc2', `/preferences/${preferences.ref}`]) {
      const answer = await get(`${path}?opened`);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    }
  });

  test('a link that was replaced since is not taken for refused cookies', async () => {
    const { get } = site(viewOf('approve'));
    expect(await (await get('/r/q7Hc2?opened', { cookie: `__Secure-link=${good.revoked}` })).text()).toContain('fresh-link');
  });
});

describe('an old tab', () => {
  const newer = { draft: { problems: 'le nouveau' }, draftVersion: 3 };
  const json = { accept: 'application/json' };
  const refusing = { saveDraft: async () => ({ ok: false, reason: 'newer' }) as const };

  test('says which draft its form was drawn from', async () => {
    const { get } = site(viewOf('interview', newer));
    expect(await (await get('/r/q7Hc2')).text()).toContain('name="draft-version" value="3"');
    expect(await (await site(viewOf('interview')).get('/r/q7Hc2')).text()).toContain('name="draft-version" value="0"');
    const { post, acts } = site(viewOf('interview', newer));
    await post('/r/q7Hc2/draft', { problems: 'x', 'draft-version': '2' });
    await post('/r/q7Hc2', { problems: 'x', 'draft-version': '2' });
    expect(acts.map(({ input }) => input)).toEqual([
      { request: 'q7Hc2', raw: { problems: 'x' }, from: 2 },
      { request: 'q7Hc2', raw: { problems: 'x' } }, // an answer is an answer
    ]);
  });

  test('gets 409, and both texts with the choice between them', async () => {
    const { post } = site(viewOf('interview', { ...newer, otherDraft: { problems: 'l’ancien' } }), refusing);
    const answer = await post('/r/q7Hc2/draft', { problems: 'l’ancien', 'draft-version': '2' });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain('le nouveau</textarea>');
    expect(html).toContain('name="draft-version" value="3"');
    expect(readable(html)).toContain('Un texte plus récent a été gardé entre-temps');
    expect(html).toMatch(/<section class="card" id="other">.*l’ancien.*form="answer" formaction="\/r\/q7Hc2\/draft\/other"/s);
  });

  test('is told by its script, in a sentence', async () => {
    const { post } = site(viewOf('interview', newer), refusing);
    const answer = await post('/r/q7Hc2/draft', { problems: 'l’ancien', 'draft-version': '2' }, json);
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { kept: false, newer: true, say: expect.stringContaining('Le vôtre est gardé aussi') },
    ]);
  });

  test('takes the other text by a post that keeps what the form holds, and by nothing else', async () => {
    const view = viewOf('interview', { ...newer, otherDraft: { problems: 'l’ancien' } });
    const { post, acts } = site(view);
    const answer = await post('/r/q7Hc2/draft/other', { problems: 'le nouveau, plus long', 'draft-version': '3' });
    expect(answer.headers.get('location')).toBe('/r/q7Hc2?kept');
    expect(acts).toEqual([
      { what: 'saveDraft', input: { request: 'q7Hc2', raw: { problems: 'le nouveau, plus long' }, from: 3 } },
      { what: 'swapDraft', input: 'q7Hc2' },
    ]);
    const stale = site(view, refusing);
    expect((await stale.post('/r/q7Hc2/draft/other', { problems: 'x', 'draft-version': '1' })).status).toBe(409);
    expect(stale.acts.map(({ what }) => what)).toEqual(['saveDraft']);
  });

  test('whose answer is refused stays the old tab it is', async () => {
    const { post } = site(viewOf('interview', newer));
    const html = await (await post('/r/q7Hc2', { leads: 'l’ancien', 'draft-version': '2' })).text();
    expect(html).toContain('name="draft-version" value="2"');
    expect(html).toContain('l’ancien</textarea>');
  });

  test('of an application likewise', async () => {
    const { post, get, acts } = site(
      viewOf('apply', { ...newer, draft: { title: 'Nouveau' }, otherDraft: { title: 'Ancien', need: 'mineurs' } }),
    );
    await post('/r/q7Hc2/draft', { title: 'x', 'draft-version': '3' });
    expect(acts[0]?.input).toEqual({ request: 'q7Hc2', raw: { title: 'x' }, from: 3, submit: false });
    const page = readable(await (await get('/r/q7Hc2')).text());
    for (const words of ['Ancien', 'Protéger les mineurs vulnérables', 'Reprendre ce texte']) expect(page).toContain(words);
  });

  test('and what it held is still shown once the time is over', async () => {
    const late = viewOf(
      'score',
      { draft: { remarks: 'le nouveau' }, otherDraft: { remarks: 'l’ancien' } },
      { dueAt: monday, endsAt: monday },
    );
    const page = readable(await (await site(late).get('/r/q7Hc2')).text());
    for (const words of ['le nouveau', 'l’ancien']) expect(page).toContain(words);
  });
});

describe('a field that is too long', () => {
  const cases = [
    { kind: 'apply', field: 'title', text: 'x'.repeat(201), limit: /200\b/, label: 'Le nom de votre solution' },
    { kind: 'apply', field: 'summary', text: 'x'.repeat(20_001), limit: /20.000/, label: 'Votre solution en quelques paragraphes' },
    { kind: 'document', field: 'title', text: 'x'.repeat(201), limit: /200\b/, label: 'Titre' },
    { kind: 'interview', field: 'leads', text: 'x'.repeat(20_001), limit: /20.000/, label: 'Quelles pistes voyez-vous ?' },
  ] as const;

  test.each(cases)(
    '($field of $kind) does not keep a draft from being kept: it is named, with its own limit',
    async ({ kind, field, text, limit, label }) => {
      const { post, acts } = site(viewOf(kind));
      const raw = { remarks: 'Le reste', [field]: text };
      const answer = await post('/r/q7Hc2/draft', raw, { accept: 'application/json' });
      expect(answer.status).toBe(200);
      const told = (await answer.json()) as { kept: boolean; say: string }; // looked at below
      expect(told).toMatchObject({ kept: true });
      expect(told.say.replace(/\s/g, ' ')).toContain(labelled(label, 'le texte est trop long', 'fr').replace(/\s/g, ' '));
      expect(told.say).toMatch(limit);
      expect(acts).toMatchObject([{ input: { raw } }]);
    },
  );

  test.each(cases)('($field of $kind) is pointed at when the draft is opened again', async ({ kind, field, text, limit }) => {
    const { get } = site(viewOf(kind, { draft: { [field]: text } }));
    const html = await (await get('/r/q7Hc2?kept')).text();
    expect(html).toContain(`href="#f-${field}"`);
    expect(html).toContain(text);
    expect(/id="errors".*?<\/ul>/s.exec(html)?.[0]).toMatch(limit);
  });

  test.each([
    ['/call/val-d-oise-2023', { askToApply: 'title' }],
    ['/r/q7Hc2/absent', { delegate: 'name' }],
  ] as const)('at %s has the limit of a line', async (path, refusing) => {
    const change = Object.fromEntries(
      Object.entries(refusing).map(([act, field]) => [
        act,
        async () => ({ ok: false, reason: 'invalid', problems: [{ field, problem: 'too-long' }] }),
      ]),
    );
    const { post } = site(viewOf('interview'), change);
    const page = readable(await (await post(path, { name: 'N', email: 'n@asso.example', title: 'T' })).text());
    expect(page).toContain('le texte est trop long (200 caractères au plus)');
    expect(page).not.toContain('20 000');
  });
});

describe('a field that has to be filled in', () => {
  test.each(askKinds.flatMap((kind) => LOCALES.map((locale) => ({ kind, locale }))))(
    'says so: $kind, $locale',
    async ({ kind, locale }) => {
      const view = viewOf(kind, { locale });
      const html = await (await site(view).get('/r/q7Hc2')).text();
      const { required, optional } = wordsOf(locale).page;
      for (const [all, name] of html.matchAll(/<(?:textarea|input type="(?:text|radio|number|date)")[^>]* name="([^"]+)"[^>]*>/g)) {
        const field = fieldsOf(view.form).find((one) => name === one.name || name?.startsWith(`${one.name}.`));
        const needed = field === undefined || field.type === 'scores' || ('required' in field && field.required); // an application's are all needed
        expect([name, / required(=""|>| )/.test(all)]).toEqual([name, needed]);
      }
      const labels = [...html.matchAll(/<(?:label|legend) class="block"[^>]*>(.*?)<\/(?:label|legend)>/gs)].map(([, label]) => label ?? '');
      expect(labels.length).toBeGreaterThan(0);
      const conditional = Object.values<{ label: string; conditional?: true }>(wordsOf(locale).kinds[kind].fields(view)).filter(
        (words) => words.conditional,
      );
      for (const label of labels)
        if (!conditional.some((words) => label.startsWith(words.label.replaceAll("'", '&#39;'))))
          expect([required, optional].some((word) => label.includes(word))).toBe(true);
    },
  );

  test.each(['/call/val-d-oise-2023', '/r/q7Hc2/absent', '/editions/val-d-oise-2023'])('says so at %s', async (path) => {
    const html = await (await site(viewOf('interview')).get(path)).text();
    const inputs = [...html.matchAll(/<input type="(?:text|email)"[^>]*>/g)].map(([all]) => all);
    expect(inputs.length).toBeGreaterThan(1);
    for (const input of inputs) expect(input).toContain(' required=""');
    expect(html.split('(obligatoire)').length - 1).toBe(inputs.length);
  });

  test.each([
    ['/call/val-d-oise-2023', { name: '\u200b', email: 'n@asso.example', title: '\u3164' }],
    ['/r/q7Hc2/absent', { name: '\u200b', email: 'n@asso.example' }],
    [person, { email: 'm@terrain.example', reason: '\u3164' }],
  ])('is not filled in by characters nobody sees, at %s', async (path, typed) => {
    const { post, acts } = site(viewOf('interview'));
    expect((await post(path, typed)).status).toBe(422);
    expect(acts).toEqual([]);
  });

  test('takes a name and an address with their letters composed', async () => {
    const { post, acts } = site();
    const typed = { name: 'Zoé', email: 'zoé@asso.example', title: 'Périnatalité' };
    await post('/call/val-d-oise-2023', Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.normalize('NFD')])));
    expect(acts[0]?.input).toEqual({
      edition: 'val-d-oise-2023',
      ...Object.fromEntries(Object.entries(typed).map(([n, t]) => [n, t.normalize('NFC')])),
    });
  });
});
