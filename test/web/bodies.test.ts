import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, describe, expect, test } from '@jest/globals';
import { askKinds } from '../../domain/asks.js';
import { maxLength } from '../../domain/text.js';
import { anyForm, limitOf } from '../../web/http.js';
import { formOf } from '../../web/pages/answers.js';
import { account, good, preferences } from './support/backend.js';
import { baseUrl, site } from './support/client.js';
import { viewOf } from './support/views.js';

const kibibyte = 1024;
/** What kept the web busy for seconds: a quarter of a million fields. */
const hostile = Array.from({ length: 150_000 }, (_, n) => n).join('&');

/** A body that is handed out piece by piece, and how much of it was taken. */
function watched(pieces: number, piece = 'a'.repeat(16 * kibibyte)) {
  const bytes = new TextEncoder().encode(piece);
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (taken.bytes >= pieces * bytes.length) return controller.close();
        taken.bytes += bytes.length;
        controller.enqueue(bytes);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken };
}

/** Every address that takes a post, with what opens it filled in, or not. */
function posts({ app }: ReturnType<typeof site>, seal: string): string[] {
  const values: Record<string, string> = {
    request: 'q7Hc2',
    edition: 'val-d-oise-2023',
    ref: preferences.ref,
    mac: seal,
    provider: 'proconnect',
    account: account.id,
    act: 'cancel',
    step: 'diagnosis',
    project: 'p-01',
    application: 'a-01',
  };
  values.key = seal === good.mac ? good.key : 'F'.repeat(32);
  const paths = app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
  return [...new Set(paths)].map((path) => path.replace(/:(\w+)(?:\{(?:[^{}]|\{[^}]*\})*\})?/g, (_, name: string) => values[name] ?? 'x'));
}

const headers = (cookie: string) => ({ cookie, origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded' });
const opened = `__Secure-link=${good.mac}; __Secure-preferences=${good.mac}; __Host-session=${good.session}`;

describe('what is posted', () => {
  test('is not read where its seal does not open', async () => {
    const { app, acts } = site(viewOf('interview'));
    const { body, taken } = watched(64);
    const answer = await app.request(`${baseUrl}/p/x/y`, { method: 'POST', body, headers: headers(''), duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(403);
    expect(taken.bytes).toBe(0);
    expect(acts).toEqual([]);
  });

  test.each(['', opened])('in too many fields is refused everywhere, in words, and does nothing (%s)', async (cookie) => {
    const here = site(viewOf('interview'));
    const all = posts(here, cookie === '' ? 'forged' : good.mac);
    expect(all.length).toBeGreaterThanOrEqual(12);
    for (const path of all) {
      const { body, taken } = watched(1, hostile);
      const answer = await here.app.request(`${baseUrl}${path}`, {
        ...{ method: 'POST', body, duplex: 'half' },
        headers: { ...headers(cookie), 'accept-language': 'en' },
      } as RequestInit);
      // read: refused as too much; not read: whatever its seal is worth
      if (taken.bytes > 0) expect([path, answer.status, (await answer.text()).includes('<h1>This is too long')]).toEqual([path, 413, true]);
    }
    const bodiless = [
      'signOut',
      'enterByKey',
      'takeBack',
      'correct',
      'renewCalendar',
      'beginFactor',
      'removeFactor',
      'resetAccount',
      'blockAccount',
      'addAccount',
      'stopClock',
    ];
    const reading = here.acts.filter(({ what }) => !bodiless.includes(what));
    expect(reading).toEqual([]);
  });

  test('in many parts is refused as well', async () => {
    const { app, acts } = site(viewOf('interview'));
    const part = '--b\r\nContent-Disposition: form-data; name="0"\r\n\r\n1\r\n';
    const answer = await app.request(`${baseUrl}/r/q7Hc2`, {
      ...{ method: 'POST', body: `${part.repeat(2_000)}--b--\r\n` },
      headers: { ...headers(opened), 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(answer.status).toBe(413);
    expect(acts).toEqual([]);
  });

  test('is read no further than its form can be long, whatever its length is said to be', async () => {
    const here = site(viewOf('interview'));
    for (const path of posts(here, good.mac))
      for (const cookie of ['', opened]) {
        const { body, taken } = watched(256);
        const answer = await here.app.request(`${baseUrl}${path}`, {
          ...{ method: 'POST', body, headers: headers(cookie), duplex: 'half' },
        } as RequestInit);
        const isLong =
          /^\/editions\/[^/]+\/answer-for$|^\/r\/[^/]+(?:\/draft|\/draft\/other|\/fresh-link|\/absent|\/take-back|\/correct)?$/.test(path);
        expect(taken.bytes).toBeLessThanOrEqual(isLong ? anyForm.bytes + 16 * kibibyte : 48 * kibibyte);
        if (taken.bytes > 0) expect(answer.status).toBe(413);
      }
  });

  test.each(askKinds)('to a full form of the kind %s is taken, and given back without its cookie', async (kind) => {
    const view = viewOf(kind);
    const { post } = site(view);
    const { fields } = formOf(view);
    const typed = Object.fromEntries(
      fields.flatMap((field): [string, string][] =>
        field.type === 'long' || field.type === 'text' ? [[field.name, '€'.repeat(maxLength[field.type])]] : [],
      ),
    );
    expect((await post('/r/q7Hc2/draft', typed)).status).toBe(303);
    const answer = await post('/r/q7Hc2/draft', typed, { cookie: '' });
    expect(answer.status).toBe(403);
    for (const text of Object.values(typed)) expect(await answer.clone().text()).toContain(text);
    expect(limitOf(fields).bytes).toBeLessThanOrEqual(anyForm.bytes);
  });

  test('to a form with more boxes than any other has is taken', async () => {
    const applications = Array.from({ length: 700 }, (_, n) => ({ id: `app-${n}`, label: `Dossier ${n}` }));
    const view = viewOf('shortlist');
    const { post, acts } = site({ ...view, form: { ...view.form, applications, max: 700 } });
    expect((await post('/r/q7Hc2/draft', { applications: applications.map(({ id }) => id), reason: 'x' })).status).toBe(303);
    expect(acts.length).toBe(1);
  });
});

describe('what does not come from our own pages', () => {
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'text/plain', 'application/json', 'a/b', ''];
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: baseUrl, 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ];

  test.each(types)('is refused everywhere, with a good link and session, and does nothing: %j', async (type) => {
    const here = site(viewOf('interview'));
    // the one click of a mail program comes from no page: its address and its body are the key
    const all = posts(here, good.mac).filter((path) => !path.startsWith('/p/'));
    expect(all.length).toBeGreaterThanOrEqual(11);
    for (const path of all)
      for (const from of elsewhere)
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
          const given = { cookie: opened, ...(type === '' ? {} : { 'content-type': type }), ...from };
          const body = type === '' ? new Uint8Array([97, 61, 98]) : 'a=b';
          const answer = await here.app.request(`${baseUrl}${path}`, { method, body, headers: given });
          expect([path, from, method, answer.status]).toEqual([path, from, method, 403]);
        }
    expect(here.acts).toEqual([]);
  });

  test('is nothing of the one click but what its body says', async () => {
    const { app, acts } = site();
    const click = (body: string, type: string) =>
      app.request(`${baseUrl}/p/${preferences.ref}/${good.mac}`, { method: 'POST', body, headers: { 'content-type': type } });
    const multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    expect((await click('List-Unsubscribe=One-Click', 'text/plain')).status).toBe(403);
    expect(acts).toEqual([]);
    expect((await click('List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded')).status).toBe(200);
    expect((await click(multipart, 'multipart/form-data; boundary=b')).status).toBe(200);
    expect(acts.length).toBe(2);
  });
});

describe('over a connection', () => {
  let server: ServerType | undefined;
  afterEach(() => new Promise<void>((done) => (server === undefined ? done() : server.close(() => done()))));

  test('what is too long is told, and the connection ends there', async () => {
    const { app } = site(viewOf('interview'));
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const socket = createConnection(port, '127.0.0.1');
    socket.on('error', () => {}); // what we still write may find nobody
    const chunk = `8000\r\n${'a&'.repeat(16 * kibibyte)}\r\n`;
    socket.write(
      `POST /call/val-d-oise-2023 HTTP/1.1\r\nHost: essais.example\r\nOrigin: ${baseUrl}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`,
    );
    let said = '';
    socket.on('data', (data) => {
      said += data.toString();
    });
    await once(socket, 'close');
    expect(said).toMatch(/^HTTP\/1\.1 413/);
    expect(said).toContain('C’est trop long</h1>');
  });
});
