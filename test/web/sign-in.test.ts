/** The ways into the console, as pages: what enters, what only shows, and what is asked again. */
import { describe, expect, test } from '@jest/globals';
import type { Backend, Viewer } from '../../web/backend.js';
import { coordinator, good } from './support/backend.js';
import { readable, site } from './support/client.js';
import { edition, monday, viewOf } from './support/views.js';

const path = '/editions/val-d-oise-2023';
const browser = `__Host-browser=${good.browser}`;
const text = async (answer: Response) => readable(await answer.text());
const cookies = (answer: Response) => answer.headers.getSetCookie();

describe('a mailed link', () => {
  test('is asked for from the very page that one wanted, and leads there', async () => {
    const { get, post, acts } = site();
    const refused = await get(path, {});
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain(`name="to" value="${path}"`);
    const asked = await post('/sign-in', { email: ' labo@valdoise.example ', to: path }, { cookie: '' });
    expect(asked.status).toBe(202);
    expect(cookies(asked)).toEqual([expect.stringMatching(/^__Host-browser=B{32};.*HttpOnly.*Secure.*SameSite=Lax/i)]);
    const input = { email: 'labo@valdoise.example', browser: good.browser, wanted: path, locale: 'fr' };
    expect(acts).toEqual([{ what: 'askToEnter', input }]);
    const entered = await post(`/enter/e7/${good.mac}`, {}, { cookie: browser });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, path]);
    expect(cookies(entered).find((one) => one.startsWith('__Host-session=s-1'))).toMatch(/Max-Age=43200/);
    expect(cookies(entered).find((one) => one.startsWith('__Host-browser='))).toMatch(/Max-Age=0/);
  });

  test('answers the same, whoever is asked about', async () => {
    const { post } = site();
    const answers = await Promise.all(
      ['labo@valdoise.example', 'qui@nulle.part.example'].map(async (email) => {
        const answer = await post('/sign-in', { email }, { cookie: '' });
        return `${answer.status} ${(await answer.text()).replaceAll(email, '')}`;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
  });

  test('asks again for an address that is none, with what was typed', async () => {
    const { post, acts } = site();
    const answer = await post('/sign-in', { email: 'labo <b>', to: path }, { cookie: '' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('value="labo &lt;b&gt;"');
    expect(html).toContain(`name="to" value="${path}"`);
    expect(acts).toEqual([]);
  });

  test('shows a code in any other browser, and enters there whatever is posted: a mail scanner opens nothing', async () => {
    const { get, post, acts } = site();
    const link = `/enter/e7/${good.mac}`;
    for (const cookie of ['', `__Host-browser=${'C'.repeat(32)}`, `browser=${good.browser}`]) {
      for (const answer of [await get(link, { cookie }), await post(link, {}, { cookie })]) {
        expect(answer.status).toBe(200);
        expect(cookies(answer)).toEqual([]);
        expect(await text(answer)).toContain('123 456');
      }
    }
    expect(acts).toEqual([]);
    expect(await text(await get(link, { cookie: browser }))).not.toContain('123 456');
  });

  test('enters by its code in the browser that asked, and in no other', async () => {
    const { post } = site();
    const entered = await post('/sign-in/code', { code: good.code }, { cookie: browser });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, path]);
    for (const [code, cookie] of [
      ['000000', browser],
      [good.code, ''],
      [good.code, `__Host-browser=${'C'.repeat(32)}`],
    ] as const) {
      const answer = await post('/sign-in/code', { code }, { cookie });
      expect(answer.status).toBe(422);
      expect(cookies(answer)).toEqual([]);
      expect(await text(answer)).toContain('Ce n’est pas ce code');
    }
  });

  test('that was used, is too old or was made up says how to get another', async () => {
    const answer = await site().post('/enter/e7/forged', {}, { cookie: browser });
    expect(answer.status).toBe(403);
    expect(await text(answer)).toContain('Demander un autre lien');
  });

  test('leads to our own pages only', async () => {
    const { post, acts } = site();
    const elsewhere = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb', '', 'x'.repeat(400)];
    const dotted = ['/.//evil.example', '/a/..//evil.example', '/%2e//evil.example'];
    for (const to of [...elsewhere, ...dotted]) await post('/sign-in', { email: 'a@b.example', to }, { cookie: '' });
    expect(new Set(acts.map(({ input }) => (input as { wanted: string }).wanted))).toEqual(new Set(['/']));
    const proved = await post('/sign-in/factor', { code: good.code, to: '/.//evil.example' });
    expect(proved.headers.get('location')).toBe('/');
    const led = site(undefined, { enterByKey: async () => ({ session: 's-1', wanted: '//evil.example/', pending: false }) });
    expect((await led.post(`/sign-in/${good.key}`, {}, { cookie: '' })).headers.get('location')).toBe('/');
  });

  test('is asked for as from a browser that was in, by one that was', async () => {
    const { post, acts } = site();
    const entered = await post(`/enter/e7/${good.mac}`, {}, { cookie: browser });
    const known = cookies(entered).find((one) => one.startsWith('__Secure-known=')) ?? '';
    expect(known).toMatch(/^__Secure-known=mark-of-s-1; Max-Age=7776000; Path=\/sign-in; HttpOnly; Secure; SameSite=Lax/);
    await post('/sign-in', { email: 'labo@valdoise.example' }, { cookie: known.split(';')[0] ?? '' });
    expect(acts.at(-1)).toMatchObject({ what: 'askToEnter', input: { known: 'mark-of-s-1' } });
  });

  test('ends the session that the browser had', async () => {
    const { post, acts } = site();
    await post(`/enter/e7/${good.mac}`, {}, { cookie: `${browser}; __Host-session=former` });
    expect(acts.at(-1)).toEqual({ what: 'signOut', input: 'former' });
  });
});

describe('a provider', () => {
  test('is offered where one asks to enter, and that page alone may lead there', async () => {
    const { get, post } = site();
    const page = await get('/sign-in', {});
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://connect.example;");
    expect(await text(page)).toContain('Continuer avec ProConnect');
    expect((await get('/account')).headers.get('content-security-policy')).toContain("form-action 'self';");
    const sent = await post('/sign-in/with/proconnect', { to: path }, { cookie: '' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, 'https://connect.example/authorize?state=st']);
    expect(cookies(sent)[0]).toMatch(/^__Host-browser=/);
    expect((await post('/sign-in/with/nobody', {}, { cookie: '' })).status).toBe(503);
  });

  test('enters in the browser that was sent there, and says why where it does not', async () => {
    const { get } = site();
    const back = '/sign-in/from/proconnect?code=c&state=st';
    expect((await get(back, { cookie: browser })).headers.get('location')).toBe(path);
    expect((await get(back, {})).status).toBe(403);
    expect((await get('/sign-in/from/proconnect?code=c&state=other', { cookie: browser })).status).toBe(403);
    for (const why of ['refused', 'cancelled', 'not-verified', 'weak', 'away', 'no-account'] as const) {
      const { get } = site(undefined, { enterByProvider: async () => why });
      const answer = await get(back, { cookie: browser });
      expect(answer.status).toBe(why === 'away' ? 503 : 403);
      expect(cookies(answer)).toEqual([]);
      expect(await text(answer)).toContain('Entrer autrement');
    }
  });

  test('ends its own session when one signs out', async () => {
    const { post } = site(undefined, { signOut: async () => 'https://connect.example/end' });
    const out = await post('/sign-out', {});
    expect(cookies(out)[0]).toMatch(/^__Host-session=; Max-Age=0/);
    expect(await out.text()).toContain('href="https://connect.example/end"');
  });
});

describe('a second factor', () => {
  const pending: Partial<Backend> = { enterByKey: async () => ({ session: 's-half', wanted: path, pending: true }) };

  test('is asked before anything opens, and the session goes on under another id', async () => {
    const { post } = site(undefined, pending);
    const entered = await post(`/sign-in/${good.key}`, {}, { cookie: '' });
    expect(entered.headers.get('location')).toBe('/sign-in/factor');
    const shown = await post('/sign-in/factor', { code: good.code }, { cookie: '__Host-session=s-half' });
    expect([shown.status, shown.headers.get('location')]).toEqual([303, path]);
    expect(cookies(shown)[0]).toMatch(/^__Host-session=s-2;/);
  });

  test('that is wrong says so; typed too often, that one has to wait; without a session, one begins again', async () => {
    const { post } = site();
    expect((await post('/sign-in/factor', { code: '1' })).status).toBe(422);
    const often = site(undefined, { showFactor: async () => ({ ok: false, reason: 'too-often' }) });
    expect((await often.post('/sign-in/factor', { code: '1' })).status).toBe(429);
    const none = site(undefined, { showFactor: async () => ({ ok: false, reason: 'no-session' }) });
    expect((await none.post('/sign-in/factor', { code: '1' })).headers.get('location')).toBe('/sign-in');
    expect((await post('/sign-in/factor', { code: '1' }, { cookie: '' })).headers.get('location')).toBe('/sign-in');
  });

  test('is set up with a drawing and a secret, and shows its recovery codes once', async () => {
    const { get, post } = site();
    const html = await (await get('/account/factor')).text();
    expect(html).toContain('<svg');
    expect(readable(html)).toContain('JBSW Y3DP EHPK 3PXP');
    expect((await post('/account/factor/confirm', { code: '000000' })).status).toBe(422);
    expect(await text(await post('/account/factor/confirm', { code: good.code }))).toContain('aaaaaa-bbbbbb');
  });

  test('that an installation requires keeps coordinators and admins from all else until it is set up', async () => {
    const { get, post, acts } = site(undefined, {}, { needsFactor: true });
    const led = { '/': '', [path]: `?to=${encodeURIComponent(path)}`, '/account': '?to=%2Faccount' };
    for (const [page, to] of Object.entries(led)) expect((await get(page)).headers.get('location')).toBe(`/account/factor${to}`);
    expect((await get(`/api${path}`)).status).toBe(403);
    expect((await post(`${path}/people/maternite`, { email: 'a@b.example', reason: 'vu' })).headers.get('location')).toBe(
      `/account/factor${led[path]}`,
    );
    expect(acts).toEqual([]);
    const before = site(undefined, { viewer: async () => ({ ...coordinator, factor: true }) }, { needsFactor: true });
    expect((await before.get('/account/factor')).headers.get('location')).toBe('/sign-in/factor');
    expect((await before.post('/account/factor', {})).status).toBe(403);
    expect(await text(await get('/account/factor'))).toContain('La console s’ouvre une fois qu’il est installé');
    for (const viewer of [{ strong: true }, { held: [{ right: 'reader', territory: 'val-d-oise' }] as const }]) {
      const { get } = site(undefined, { viewer: async () => ({ ...coordinator, ...viewer }) }, { needsFactor: true });
      expect((await get('/')).status).toBe(200);
    }
  });
});

describe('what is asked of a coordinator, where a second factor is required', () => {
  const view = viewOf('document', {}, {});
  const asked = (role: string) => ({ ...view, person: { ...view.person, role, email: 'Labo@valdoise.example' } });
  const over = (role: string, viewer: Partial<Viewer> | undefined, needsFactor = true) =>
    site(asked(role), { viewer: async () => (viewer === undefined ? undefined : { ...coordinator, ...viewer }) }, { needsFactor });

  test('needs their own session beside the link, and leads to it', async () => {
    for (const viewer of [undefined, { strong: true, email: 'autre@valdoise.example' }]) {
      const { get, post, acts } = over('coordinator', viewer);
      const answer = await get('/r/q7Hc2');
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('name="to" value="/r/q7Hc2"');
      expect((await post('/r/q7Hc2', { title: 'Un titre' })).status).toBe(401);
      expect((await post('/r/q7Hc2/draft', { title: 'x' }, { accept: 'application/json' })).status).toBe(403);
      expect(acts).toEqual([]);
    }
    expect((await over('coordinator', { strong: false }).get('/r/q7Hc2')).headers.get('location')).toBe('/account/factor');
    expect((await over('coordinator', { strong: true }).get('/r/q7Hc2')).status).toBe(200);
  });

  test('opens nothing that the link does not, and asks it of nobody else', async () => {
    const { get } = over('coordinator', { strong: true });
    expect((await get('/r/q7Hc2', { cookie: `__Host-session=${good.session}` })).status).toBe(403);
    expect((await over('partner', undefined).get('/r/q7Hc2')).status).toBe(200);
    expect((await over('coordinator', undefined, false).get('/r/q7Hc2')).status).toBe(200);
  });
});

describe('rights, addresses and the second factor', () => {
  const quarter = 15 * 60_000;
  const changing = [
    [`${path}/people/maternite`, { email: 'nouvelle@b.example', reason: 'vu au téléphone' }],
    ['/account/sessions', { session: 'others' }],
    ['/accounts', { email: 'neuf@valdoise.example', name: 'Une Personne' }],
    ['/accounts/acc-2/rights', { right: 'admin', scope: 'installation' }],
    ['/accounts/acc-2/rights/remove', { right: 'reader', scope: 'edition:val-d-oise-2023' }],
    ['/accounts/acc-2/sessions', { session: 'there' }],
    ['/accounts/acc-2/reset', {}],
    ['/accounts/acc-2/block', {}],
    ['/accounts/acc-2/unblock', {}],
    ['/account/factor', {}],
    ['/account/factor/confirm', { code: good.code }],
    ['/account/factor/codes', {}],
    ['/account/factor/remove', {}],
  ] as const;

  test.each(changing)('%s asks who one is, a quarter of an hour after one came in, and gives back what was typed', async (where, form) => {
    const came = (provedAt: number, strong = true) =>
      site(undefined, { viewer: async () => ({ ...coordinator, factor: true, strong, provedAt }) });
    const late = came(monday - quarter);
    const answer = await late.post(where, form);
    expect(answer.status).toBe(403);
    const html = await answer.text();
    expect(html).toContain('Confirmez que c’est vous');
    expect(html).toMatch(/<a href="\/[^"]*">Revenir sans rien faire/);
    expect(html).toContain('action="/sign-in/factor?lang=fr"');
    for (const typed of Object.values<string>(form).filter((one) => one.includes(' '))) expect(html).toContain(typed);
    expect(late.acts).toEqual([]);
    expect((await came(monday - quarter + 1).post(where, form)).status).not.toBe(403);
    // open since before the second factor was set up: nothing in it has shown that one
    expect((await came(monday, false).post(where, form)).status).toBe(403);
  });

  test('whoever has no second factor confirms by mail, and comes back to the page', async () => {
    const { post, acts } = site(undefined, { viewer: async () => ({ ...coordinator, provedAt: 0 }) });
    const html = await (await post(`${path}/people/maternite`, { email: 'a@b.example', reason: 'vu' })).text();
    expect(html).toContain('name="again"');
    await post('/sign-in/with/proconnect', { again: '', to: path });
    expect(acts.at(-1)?.input).toMatchObject({ provider: 'proconnect', again: true, wanted: path });
    expect(html).toContain('name="email" value="labo@valdoise.example"');
    expect(html).toContain(`name="to" value="${path}"`);
  });
});

test('a reason is kept without characters that no text holds', async () => {
  const { post, acts } = site();
  await post(`${path}/people/maternite`, { email: 'a@b.example', reason: 'vu\u0000 \u001b[2J\u202eau téléphone' });
  expect(acts.map(({ input }) => (input as { reason: string }).reason)).toEqual(['vu [2Jau téléphone']);
});

describe('accounts', () => {
  test('are opened with a right or without, by whoever administers, in their name', async () => {
    const { post, acts } = site();
    const by = 'account:acc-1';
    const opened = await post('/accounts', {
      email: ' neuf@valdoise.example ',
      name: 'Neuf',
      right: 'coordinator',
      scope: 'territory:val-d-oise',
    });
    expect(opened.headers.get('location')).toBe('/accounts/acc-2?done');
    await post('/accounts', { email: 'autre@valdoise.example', name: '', right: '', scope: 'installation' });
    expect(acts.map(({ input }) => input)).toEqual([
      { by, email: 'neuf@valdoise.example', name: 'Neuf', held: { right: 'coordinator', territory: 'val-d-oise' } },
      { by, email: 'autre@valdoise.example' },
    ]);
  });

  test.each([
    ['pas une adresse', 'reader', 'territory:val-d-oise', 'Ce n’est pas une adresse complète'],
    ['a@b.example', 'admin', 'territory:val-d-oise', 'Choisissez le droit et sur quoi'],
    ['a@b.example', 'reader', 'installation', 'Choisissez le droit et sur quoi'],
    ['a@b.example', 'root', 'installation', 'Choisissez le droit et sur quoi'],
    ['a@b.example', 'reader', 'edition:../x', 'Choisissez le droit et sur quoi'],
  ])('refuses %s with %s on %s, and keeps what was typed', async (email, right, scope, why) => {
    const { post, acts } = site();
    const answer = await post('/accounts', { email, name: 'Nom gardé', right, scope });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(readable(html)).toContain(why);
    expect(html).toContain(`value="${email}"`);
    expect(html).toContain('value="Nom gardé"');
    for (const value of [right, scope].filter((one) => one !== 'installation' && html.includes(`<option value="${one}"`)))
      expect(html).toContain(`<option value="${value}" selected`);
    expect(acts).toEqual([]);
  });

  test('say what each may and where it is in; rights are given and taken, sessions ended, the last admin kept', async () => {
    const { get, post, acts } = site();
    const page = await text(await get('/accounts/acc-2'));
    expect(page).toContain('Élue &lt;déléguée&gt; ouvert elue@valdoise.example');
    expect(page).toContain(`lecture · ${edition.title}`);
    expect((await get('/accounts/acc-3')).status).toBe(404);
    const what = { by: 'account:acc-1', email: 'elue@valdoise.example', account: 'acc-2' };
    await post('/accounts/acc-2/rights', { right: 'admin', scope: 'installation' });
    await post('/accounts/acc-2/sessions', { session: 'there' });
    expect(acts.map(({ input }) => input)).toEqual([
      { ...what, held: { right: 'admin' } },
      { by: what.by, account: 'acc-2', which: 'there' },
    ]);
    const refused = await post('/accounts/acc-2/block', {});
    expect(refused.status).toBe(422);
    expect(await text(refused)).toContain('C’est la dernière personne qui administre');
  });

  test('are listed fifty at a time', async () => {
    const { get } = site();
    expect(await (await get('/accounts')).text()).toContain('href="/accounts?from=50"');
    const last = await (await get('/accounts?from=50')).text();
    expect(last).not.toContain('from=100');
    expect(last).toContain('Au début');
    expect((await get('/accounts?from=x')).status).toBe(200);
  });

  test('whoever asks for what is not theirs is journalled under their account', async () => {
    const refused: unknown[] = [];
    const { get } = site(undefined, {
      viewer: async () => ({ ...coordinator, held: [{ right: 'reader', edition: 'val-d-oise-2023' }] }),
      noteRefused: async (input) => void refused.push(input),
    });
    expect((await get('/accounts')).status).toBe(404);
    expect((await get(`${path}/mails/12`)).status).toBe(403);
    expect(refused).toEqual([
      { account: 'acc-1', deed: 'accounts' },
      { account: 'acc-1', deed: 'edition.mails', edition: 'val-d-oise-2023' },
    ]);
  });
});

test('whoever had to set up a second factor comes to the page they wanted', async () => {
  const { get, post } = site(undefined, {}, { needsFactor: true });
  const there = `/account/factor?to=${encodeURIComponent(path)}`;
  expect(await (await get(there)).text()).toContain(`name="to" value="${path}"`);
  expect((await post('/account/factor', { to: path })).headers.get('location')).toBe(there);
  expect(await (await post('/account/factor/confirm', { code: '000000', to: path })).text()).toContain(`name="to" value="${path}"`);
  expect(await (await post('/account/factor/confirm', { code: good.code, to: path })).text()).toContain(`class="button" href="${path}"`);
});

test('whoever signs out is told so', async () => {
  const { get, post } = site();
  const { headers } = await post('/sign-out', {});
  expect(headers.get('location')).toBe('/sign-in?out');
  expect(await text(await get('/sign-in?out', {}))).toContain('Votre session est fermée');
  expect(await text(await get('/sign-in', {}))).not.toContain('Votre session est fermée');
});

describe('one’s account', () => {
  test('says where one is in, and ends what one does not know', async () => {
    const { get, post, acts } = site();
    const html = await (await get('/account')).text();
    const page = readable(html);
    expect(page).toContain('Firefox, Linux celle-ci');
    expect(page).toContain('avec ProConnect');
    expect(html).toContain('aria-label="Fermer (inconnu, lundi 4 septembre');
    await post('/account/sessions', { session: 'there' });
    await post('/account/sessions', { session: 'others' });
    expect(acts.map(({ input }) => (input as { which: string }).which)).toEqual(['there', 'others']);
  });

  test('keeps the language that one chooses; another one can still be asked for in the address', async () => {
    const { post, acts } = site();
    await post('/account/language', { locale: 'en' });
    await post('/account/language', { locale: 'xx' });
    expect(acts).toEqual([{ what: 'chooseLocale', input: { account: 'acc-1', session: 'here', locale: 'en' } }]);
    const { get } = site(undefined, { viewer: async () => ({ ...coordinator, locale: 'en' }) });
    expect(await text(await get('/account'))).toContain('Your open sessions');
    expect(await text(await get('/account?lang=fr'))).toContain('Vos sessions ouvertes');
  });

  test('is complete in English, as are the ways in', async () => {
    const { get, post } = site();
    const pages = [
      await get('/sign-in?lang=en', {}),
      await get('/account?lang=en'),
      await get('/account/factor?lang=en'),
      await get('/sign-in/factor?lang=en'),
      await get(`/enter/e7/${good.mac}?lang=en`, {}),
      await get(`/enter/e7/${good.mac}?lang=en`, { cookie: browser }),
      await get('/enter/e7/forged?lang=en', {}),
      await post('/sign-in?lang=en', { email: 'a@b.example' }),
      await post('/sign-in/code?lang=en', { code: '1' }),
      await get('/sign-in/from/proconnect?lang=en', { cookie: browser }),
    ];
    for (const page of pages) expect(await text(page)).not.toMatch(/undefined|\[object|\bvous\b|\bvotre\b|\bcode de\b|Éditions/i);
  });
});
