/** Every address the web answers, whoever asks: generated from the router, so that none is forgotten. */
import { describe, expect, test } from '@jest/globals';
import type { Held } from '../../domain/rights.js';
import { DEEDS, isVisible, may, RIGHTS } from '../../domain/rights.js';
import { account, coordinator, good, preferences, where } from './support/backend.js';
import { baseUrl, site } from './support/client.js';
import { viewOf } from './support/views.js';

const edition = where.edition;
/** Who may be in. */
const viewers: Record<string, readonly Held[]> = {
  admin: [{ right: 'admin' }],
  coordinator: [{ right: 'coordinator', edition }],
  'coordinator of the territory': [{ right: 'coordinator', territory: where.territory }],
  reader: [{ right: 'reader', edition }],
  'coordinator elsewhere': [{ right: 'coordinator', territory: 'ailleurs' }],
  'reader of another edition': [{ right: 'reader', edition: 'val-d-oise-2024' }],
  'nobody in particular': [],
};
const everybody = Object.keys(viewers);
const those = (...who: string[]) => who;
const outside = those('coordinator elsewhere', 'reader of another edition', 'nobody in particular');

/** What each of the console's addresses answers to whom; whoever is not named is not in the edition, for whom it does not exist. */
const consoleRoutes: Record<string, { ok: string[]; refused?: string[] }> = {
  'GET /': { ok: everybody },
  'GET /editions': { ok: everybody },
  'GET /search': { ok: everybody },
  'POST /search': { ok: everybody },
  'GET /editions/:edition': { ok: those('admin', 'coordinator', 'coordinator of the territory', 'reader') },
  'GET /editions/:edition/plan': { ok: those('admin', 'coordinator', 'coordinator of the territory', 'reader') },
  'GET /editions/:edition/projects': { ok: those('admin', 'coordinator', 'coordinator of the territory', 'reader') },
  'GET /engine': { ok: those('admin') },
  'GET /api/engine': { ok: those('admin') },
  'GET /api/editions/:edition/engine': { ok: those('admin'), refused: those('coordinator', 'coordinator of the territory', 'reader') },
  'POST /api/editions/:edition/engine': { ok: those('admin'), refused: those('coordinator', 'coordinator of the territory', 'reader') },
  'GET /editions/:edition/engine': { ok: those('admin'), refused: those('coordinator', 'coordinator of the territory', 'reader') },
  'POST /editions/:edition/engine/retry': { ok: those('admin'), refused: those('coordinator', 'coordinator of the territory', 'reader') },
  'POST /editions/:edition/engine/restart': { ok: those('admin'), refused: those('coordinator', 'coordinator of the territory', 'reader') },
  'GET /editions/:edition/documents': { ok: those('coordinator', 'coordinator of the territory', 'reader'), refused: those('admin') },
  'GET /editions/:edition/applications.csv': {
    ok: those('coordinator', 'coordinator of the territory'),
    refused: those('admin', 'reader'),
  },
  'GET /editions/:edition/documents/figures': {
    ok: those('coordinator', 'coordinator of the territory', 'reader'),
    refused: those('admin'),
  },
  'GET /editions/:edition/documents/figures.csv': {
    ok: those('coordinator', 'coordinator of the territory', 'reader'),
    refused: those('admin'),
  },
  'GET /api/editions/:edition/figures': { ok: those('coordinator', 'coordinator of the territory', 'reader'), refused: those('admin') },
  'GET /editions/:edition/documents/interviews.csv': {
    ok: those('coordinator', 'coordinator of the territory'),
    refused: those('admin', 'reader'),
  },
  'GET /editions/:edition/documents/interviews': {
    ok: those('coordinator', 'coordinator of the territory'),
    refused: those('admin', 'reader'),
  },
  'GET /editions/:edition/documents/:step': { ok: those('coordinator', 'coordinator of the territory', 'reader'), refused: those('admin') },
  'GET /editions/:edition/documents/:step/:project': {
    ok: those('coordinator', 'coordinator of the territory', 'reader'),
    refused: those('admin'),
  },
  'GET /editions/:edition/applications': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/applications/:application': {
    ok: those('coordinator', 'coordinator of the territory'),
    refused: those('admin', 'reader'),
  },
  'GET /editions/:edition/live': { ok: those('coordinator', 'coordinator of the territory', 'reader'), refused: those('admin') },
  'GET /editions/:edition/people': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/people': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/people/:person': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/people/:person': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/mails': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/journal': { ok: those('coordinator', 'coordinator of the territory', 'reader'), refused: those('admin') },
  'GET /editions/:edition/answers': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/mails/:mail': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/acts/:act': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/acts/:act': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/answer-for': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/answer-for': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /editions/:edition/clock': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/clock': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /api/editions/:edition/clock': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /api/editions/:edition/clock': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /editions/:edition/clock/stop': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'POST /api/editions/:edition/acts': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
  'GET /accounts': { ok: those('admin') },
  'POST /accounts': { ok: those('admin') },
  'GET /accounts/:account': { ok: those('admin') },
  'POST /accounts/:account/rights': { ok: those('admin') },
  'POST /accounts/:account/rights/remove': { ok: those('admin') },
  'POST /accounts/:account/sessions': { ok: those('admin') },
  'POST /accounts/:account/reset': { ok: those('admin') },
  'POST /accounts/:account/block': { ok: those('admin') },
  'POST /accounts/:account/unblock': { ok: those('admin') },
  'GET /account': { ok: everybody },
  'POST /account/language': { ok: everybody },
  'POST /account/sessions': { ok: everybody },
  'GET /account/factor': { ok: everybody },
  'POST /account/factor': { ok: everybody },
  'POST /account/factor/confirm': { ok: everybody },
  'POST /account/factor/codes': { ok: everybody },
  'POST /account/factor/remove': { ok: everybody },
  'GET /api/editions/:edition': { ok: those('coordinator', 'coordinator of the territory'), refused: those('admin', 'reader') },
};
/** Behind a seal in their path, or the cookie that one left: a stranger opens nothing there. */
const sealed = ['/a/', '/r/', '/p/', '/preferences/', '/c/', '/b/', '/enter/'];
/** For everybody. */
const open = ['/assets/', '/robots.txt', '/accessibility', '/data', '/healthz', '/metrics', '/call/', '/sign-in', '/sign-out'];

const plain = (path: string) => path.replace(/\{(?:[^{}]|\{[^}]*\})*\}/g, '');
const filled = (path: string, values: Record<string, string>) => plain(path).replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'x');
const routesOf = ({ app }: ReturnType<typeof site>) => [
  ...new Set(app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/*').map(({ method, path }) => `${method} ${path}`)),
];

const ours = {
  request: 'q7Hc2',
  edition,
  person: 'maternite',
  mail: '12',
  act: 'cancel',
  step: 'diagnosis',
  project: 'p-01',
  application: 'a-01',
  ref: preferences.ref,
  id: 's7',
  account: account.id,
};
const as = (held: readonly Held[] | undefined) =>
  site(viewOf('approve'), {
    viewer: async (session) => (held !== undefined && session === good.session ? { ...coordinator, held } : undefined),
  });
const ask = (here: ReturnType<typeof site>, route: string, values: Record<string, string>, cookie: string) => {
  const [method = '', path = ''] = route.split(' ');
  return here.app.request(`${baseUrl}${filled(path, values)}`, {
    method,
    headers: { cookie, origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'POST' ? { body: `email=x%40y.example&reason=vu&code=${good.code}` } : {}),
  });
};
const inside = `__Host-session=${good.session}`;

test('every route is one of the console’s, behind a seal, or for everybody: none is missing', () => {
  const unknown = routesOf(site()).filter((route) => {
    const [, path = ''] = route.split(' ');
    return !(Object.hasOwn(consoleRoutes, plain(route)) || [...sealed, ...open].some((known) => path.startsWith(known)));
  });
  expect(unknown).toEqual([]);
});

describe.each(routesOf(site()).filter((route) => Object.hasOwn(consoleRoutes, plain(route))))('%s', (route) => {
  const { ok = [], refused = [] } = consoleRoutes[plain(route)] ?? {};

  test.each(everybody)('asked by: %s', async (who) => {
    const here = as(viewers[who]);
    const { status } = await ask(here, route, ours, inside);
    const expected = ok.includes(who) ? [200, 303, 400, 422] : refused.includes(who) ? [403] : [404];
    expect(expected).toContain(status);
    if (!ok.includes(who)) expect(here.acts).toEqual([]);
  });

  test('opens neither without a session, nor by a stakeholder’s cookie, nor by one of another name', async () => {
    const here = as(viewers.coordinator);
    for (const cookie of [
      '',
      `__Secure-link=${good.mac}; __Secure-preferences=${good.mac}`,
      `session=${good.session}`,
      '__Host-session=ended',
    ]) {
      const { status } = await ask(here, route, ours, cookie);
      expect(plain(route) === 'GET /editions' ? [303] : [401]).toContain(status);
    }
    expect(here.acts).toEqual([]);
  });

  if (route.includes(':edition'))
    test('tells an edition that one may not see from none in nothing', async () => {
      for (const who of outside) {
        const here = as(viewers[who]);
        const answers = await Promise.all([edition, 'no-such-edition'].map((id) => ask(here, route, { ...ours, edition: id }, inside)));
        const [theirs, none] = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
        expect(theirs).toBe(none);
      }
    });
});

test.each(routesOf(site()).filter((route) => sealed.some((known) => route.split(' ')[1]?.startsWith(known))))(
  'a stranger opens nothing at %s',
  async (route) => {
    const here = as(undefined);
    const { status } = await ask(here, route, { ...ours, mac: 'forged', n: '1' }, '');
    if (plain(route).endsWith('/fresh-link')) return expect(status).toBe(202); // always the same, and a link goes to its own address only
    if (plain(route).endsWith('/leave')) return expect(status).toBe(200);
    expect([303, 403, 404]).toContain(status);
    expect(here.acts).toEqual([]);
  },
);

describe('rights', () => {
  test('of an admin are the installation’s: nothing of a programme', () => {
    const held: Held[] = [{ right: 'admin' }];
    const deeds = Object.keys(DEEDS).filter((deed): deed is keyof typeof DEEDS => may(held, deed as keyof typeof DEEDS, where));
    expect(deeds).toEqual(['alerts.see', 'accounts', 'erasure', 'edition.engine']);
  });

  test('of one edition start none: there is only its territory then', () => {
    const { territory } = where;
    const starts = (held: Held) => may([held], 'edition.start', { territory });
    expect(starts({ right: 'coordinator', territory })).toBe(true);
    for (const held of [
      { right: 'coordinator', edition },
      { right: 'reader', territory },
      { right: 'coordinator', territory: 'ailleurs' },
    ] as const)
      expect(starts(held)).toBe(false);
  });

  test('of a territory or an edition are nobody’s elsewhere', () => {
    for (const right of RIGHTS.filter((one) => one !== 'admin'))
      for (const held of [
        { right, territory: 'ailleurs' },
        { right, edition: 'autre' },
      ])
        expect(isVisible([held], where)).toBe(false);
    expect(may([{ right: 'coordinator', edition }], 'alerts.see')).toBe(false);
  });
});
