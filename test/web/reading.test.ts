import { describe, expect, test } from '@jest/globals';
import { askKinds } from '../../domain/asks.js';
import { good } from './support/backend.js';
import { baseUrl, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

const paths = [
  `/a/q7Hc2/${good.mac}`,
  `/a/q7Hc2/${good.revoked}`,
  '/a/q7Hc2/forged',
  '/r/q7Hc2',
  '/r/q7Hc2?kept',
  '/r/q7Hc2/draft',
  '/r/q7Hc2/absent',
  '/r/q7Hc2/fresh-link',
  '/r/q7Hc2/document/1',
  '/r/unknown',
  `/p/a1b2c3/${good.mac}`,
  '/p/a1b2c3/forged',
  '/preferences/a1b2c3',
  '/preferences/a1b2c3?saved',
  '/call/val-d-oise-2023?relay=alumni',
  '/r/q7Hc2/leave',
  `/b/s7/${good.mac}`,
  `/b/s7/${good.mac}/not-me`,
  '/b/s7/forged',
  '/sign-in',
  '/sign-in/code',
  '/sign-in/factor',
  '/sign-in/with/proconnect',
  `/sign-in/${good.key}`,
  `/enter/e7/${good.mac}`,
  '/enter/e7/forged',
  '/accounts',
  '/accounts/acc-2',
  '/accounts/acc-2/rights',
  '/accounts/acc-2/block',
  '/account',
  '/account?done',
  '/account/language',
  '/account/sessions',
  '/account/factor',
  '/account/factor/confirm',
  '/account/factor/codes',
  '/account/factor/remove',
  '/sign-out',
  '/search',
  '/search?q=Marchand',
  '/',
  '/editions/val-d-oise-2023',
  '/editions/val-d-oise-2023/people/maternite',
  '/editions/val-d-oise-2023/mails/12',
  '/editions/val-d-oise-2023/mails',
  '/editions/val-d-oise-2023/mails?view=coming&who=a&state=held&ask=b&from=50&done=hold',
  '/editions/val-d-oise-2023/mails/coming?mail=a/b/due',
  '/editions/val-d-oise-2023/acts/message',
  '/editions/val-d-oise-2023/acts/hold?mail=12',
  '/editions/val-d-oise-2023/journal',
  '/editions/val-d-oise-2023/journal?who=a&kind=ask&since=2023-01-01&until=2023-02-01&from=50',
  '/editions/val-d-oise-2023/answers?ask=a&person=maternite',
  '/editions/val-d-oise-2023/plan',
  '/editions/val-d-oise-2023/projects',
  '/editions/val-d-oise-2023/engine',
  '/editions/val-d-oise-2023/engine/retry',
  '/engine',
  '/api/engine',
  '/api/editions/val-d-oise-2023/engine',
  '/editions/val-d-oise-2023/acts/cancel',
  '/editions/val-d-oise-2023/answer-for?ask=a&person=maternite',
  '/editions/val-d-oise-2023/acts/extend?ask=a&date=2023-09-15',
  '/editions/val-d-oise-2023/clock',
  '/editions/val-d-oise-2023/clock/stop',
  '/api/editions/val-d-oise-2023/clock',
  '/api/editions/val-d-oise-2023',
  '/healthz',
  '/accessibility',
  '/data',
  '/robots.txt',
  `/c/a1b2c3/${good.mac}`,
  '/c/a1b2c3/forged',
  '/nowhere',
];

describe('reading a page', () => {
  test.each(['GET', 'HEAD'])('never acts, whatever a mail scanner opens with %s', async (method) => {
    for (const kind of askKinds) {
      const { get, acts } = site(viewOf(kind));
      for (const path of paths) await get(path, undefined, method);
      expect(acts).toEqual([]);
    }
  });

  test('carries the headers that keep tokens in and frames out', async () => {
    const { get } = site(viewOf('approve'));
    for (const path of paths) {
      const answer = await get(path);
      const { headers } = answer;
      if (answer.body !== null) expect([path, headers.get('content-type')]).toEqual([path, expect.stringMatching(/charset=utf-8$|json$/i)]);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    }
  });

  test('keeps the style sheet for ever, under a name that changes with it', async () => {
    const { get } = site();
    const html = await (await get('/data')).text();
    const path = /href="(\/assets\/style-[0-9a-f]{12}\.css)"/.exec(html)?.[1] ?? '';
    const style = await get(path, {});
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect(await (await get('/robots.txt')).text()).toContain('Disallow: /');
  });

  test('says a failure in words, without what failed', async () => {
    const { get } = site(viewOf('approve'), { request: () => Promise.reject(new Error('password=hunter2')) });
    const answer = await get('/r/q7Hc2');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect((await get('/nowhere')).status).toBe(404);
  });

  test('reads a frozen document with its fingerprint', async () => {
    const { get } = site(viewOf('approve'));
    const html = await (await get('/r/q7Hc2/document/1')).text();
    expect(html).toContain('Six séances, chaque mercredi.');
    expect(html).toContain('7f3a99b2');
    expect((await get('/r/q7Hc2/document/2')).status).toBe(404);
  });
});

describe('a link', () => {
  test('moves into a cookie that only its own pages receive, and leaves the address', async () => {
    const { get } = site(viewOf('approve'));
    const answer = await get(`/a/q7Hc2/${good.mac}`, {});
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/r/q7Hc2?opened');
    expect((await get('/r/q7Hc2?opened')).headers.get('location')).toBe('/r/q7Hc2');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Secure-link=sealed;/);
    for (const flag of ['Path=/r/q7Hc2', 'HttpOnly', 'SameSite=Lax', 'Secure']) expect(cookie).toContain(flag);
  });

  test.each(['.', ')', ',', '>', '/', '%20', '»', '%C2%BB', '".', '%3E).'])('with %s behind it finds its page', async (more) => {
    const { get } = site(viewOf('approve'));
    for (const path of [`/a/q7Hc2/${good.mac}`, '/call/val-d-oise-2023', `/p/a1b2c3/${good.mac}`]) {
      const answer = await get(`${path}${more}`, {});
      expect([answer.status, answer.headers.get('location')]).toEqual([302, path]);
    }
    expect((await get(`/call/val-d-oise-2023${more}?relay=alumni`, {})).headers.get('location')).toBe('/call/val-d-oise-2023?relay=alumni');
  });

  test('never leads to another site, whatever is behind it', async () => {
    const { get } = site(viewOf('approve'));
    for (const path of ['//elsewhere.example/', '//elsewhere.example.', '/./.', '/nowhere'])
      expect((await get(path, {})).headers.get('location') ?? '/').toMatch(/^\/(?!\/)/);
  });

  test('answers the same when it is revoked, forged or for nothing, and gives no cookie', async () => {
    const { get } = site(viewOf('approve'));
    const answers = await Promise.all([`/a/q7Hc2/${good.revoked}`, '/a/q7Hc2/forged', '/a/nothing/forged'].map((path) => get(path, {})));
    const pages = await Promise.all(answers.map(async (answer) => (await answer.text()).replaceAll(/nothing|q7Hc2/g, '')));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(new Set(pages).size).toBe(1);
    for (const { headers } of answers) expect(headers.get('set-cookie')).toBeNull();
  });

  test('is offered afresh by one button, with the same answer whatever exists', async () => {
    const { get, post, acts } = site(viewOf('approve'));
    expect(await (await get('/r/q7Hc2', {})).text()).toContain('action="/r/q7Hc2/fresh-link"');
    const [known, unknown] = await Promise.all([post('/r/q7Hc2/fresh-link', {}), post('/r/nothing/fresh-link', {})]);
    expect(await known?.text()).toBe(await unknown?.text());
    expect(acts.map(({ what }) => what)).toEqual(['freshLink', 'freshLink']);
  });

  test('opens nothing of another request', async () => {
    const { get, post, acts } = site(viewOf('approve'), {
      checkLink: async (request, mac) => (request === 'other' && mac === good.mac ? 'ok' : 'unknown'),
    });
    expect((await get('/r/q7Hc2')).status).toBe(403);
    expect((await get('/r/q7Hc2/document/1')).status).toBe(403);
    expect((await post('/r/q7Hc2', { decision: 'approved' })).status).toBe(403);
    expect(acts).toEqual([]);
  });
});

describe('applications', () => {
  test.each(['interests', 'prepare'] as const)('%s: are not opened, whatever the view carries', async (kind) => {
    const { applications } = viewOf('score');
    const html = await (await site(viewOf(kind, { applications })).get('/r/q7Hc2')).text();
    expect(html).not.toContain('Des rendez-vous réguliers');
  });

  test('are opened to who scores them', async () => {
    expect(await (await site(viewOf('score')).get('/r/q7Hc2')).text()).toContain('Des rendez-vous réguliers');
  });
});

describe('what people wrote', () => {
  const attack = '<script>alert(1)</script>"><img src=x onerror=alert(2)>';
  test.each(askKinds)('%s: is shown as text, never as markup', async (kind) => {
    const view = viewOf(kind);
    const hostile = {
      ...view,
      person: { ...view.person, name: attack },
      edition: { ...view.edition, title: attack, territory: attack, contact: { name: attack, email: 'javascript:alert(1)' } },
      project: { id: 'p1', title: attack, need: attack, directorate: attack },
      application: { id: 'a', title: attack, need: attack, summary: `${attack}\njavascript:alert(1)`, applicant: attack, material: attack },
      before: [{ who: attack, what: 'approved', on: '2023-08-28', remarks: attack }],
      documents: [{ title: attack, version: 1, body: attack, hash: attack, frozenOn: '2023-08-21', author: attack }],
      draft: { body: attack, remarks: attack, reason: attack, title: attack },
    };
    const { get } = site(hostile);
    for (const path of ['/r/q7Hc2', '/r/q7Hc2/absent', '/r/q7Hc2/document/1']) {
      const html = await (await get(path)).text();
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<img');
      expect(html).not.toMatch(/href="(?!\/|#|https?:|mailto:|data:,")/);
    }
    const closed = site({ ...hostile, closed: { state: 'answered', at: monday, answer: { remarks: attack }, by: attack } });
    expect(await (await closed.get('/r/q7Hc2')).text()).not.toContain('<script>alert');
  });

  test('links only to http and https addresses', async () => {
    const view = viewOf('score');
    const summary = 'https://exemple.example/a javascript:alert(1) http://x.example, data:text/html,x';
    const { get } = site({ ...view, applications: view.applications.map((one) => ({ ...one, summary })) });
    const html = await (await get('/r/q7Hc2')).text();
    expect([...html.matchAll(/<a href="(https?:[^"]+)" rel="[^"]*nofollow/g)].map(([, href]) => href)).toEqual([
      'https://exemple.example/a',
      'http://x.example',
    ]);
    expect(baseUrl).toMatch(/^https:/);
  });
});
