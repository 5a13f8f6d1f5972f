// The mailbox of `npm start`: whoever has its address reads it, and no page of the web does, whatever it tries.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../config.js';
import { type Services, startServices } from '../../embedded/services.js';
import { until } from '../support/waiting.js';
import { openBrowser, openContext } from './browser.js';

const config = readConfig({ PATH: process.env.PATH, TROISMAINS_CACHE: process.env.TROISMAINS_CACHE, LANG: 'en' });
let services: Services;
let mailbox: URL;
/** Its address as it is printed, and that as a path. */
let base: string;
let path: string;
let browser: Browser;

const send = (subject: string, html: string) =>
  createTransport(services.mailbox.smtpUrl).sendMail({ from: 'a@x.test', to: 'b@x.test', subject, html, text: 'rendez-vous lundi' });
const subjects = async (): Promise<string[]> =>
  ((await (await fetch(`${base}/email`)).json()) as { subject: string }[]).map(({ subject }) => subject);

beforeAll(async () => {
  [services, browser] = await Promise.all([startServices({ ephemeral: true, parts: ['mailbox'], config }), openBrowser()]);
  base = services.mailbox.url;
  mailbox = new URL(base);
  path = base.slice(mailbox.origin.length);
  await send('premier', '<p>rendez-vous lundi</p>');
  await until('no mail', async () => (await subjects()).length === 1);
});

afterAll(async () => {
  await browser?.close();
  await services?.stop();
});

type Asked = { path?: string; method?: string; headers?: Record<string, string> };

/** Asks as no `fetch` may: any Host, any Origin, an upgrade. The status, and the headers of the answer. */
function ask({ path: asked = `${path}/email`, method = 'GET', headers = {} }: Asked) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((done, fail) => {
    const call = request({ host: '127.0.0.1', port: mailbox.port, path: asked, method, headers, agent: false });
    call.once('error', fail);
    call.once('upgrade', ({ statusCode = 0, headers }, socket) => {
      socket.destroy();
      done({ status: statusCode, headers });
    });
    call.once('response', (answer) => {
      answer.resume();
      done({ status: answer.statusCode ?? 0, headers: answer.headers });
    });
    call.end();
  });
}

describe('the mailbox', () => {
  const elsewhere = 'https://ailleurs.example';
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  };
  const socket = () => `${path}/socket.io/?EIO=4&transport=websocket`;

  const refused: [string, number, () => Asked][] = [
    ['a page from elsewhere', 403, () => ({ headers: { origin: elsewhere } })],
    ['a page that names no origin', 403, () => ({ headers: { origin: 'null' } })],
    ['a preflight', 403, () => ({ method: 'OPTIONS', headers: { origin: elsewhere, 'access-control-request-method': 'DELETE' } })],
    ['a page on another port of this machine', 403, () => ({ headers: { origin: 'http://127.0.0.1:9' } })],
    ['a picture or a script that a page elsewhere embeds', 403, () => ({ headers: { 'sec-fetch-site': 'cross-site' } })],
    ['the same from another port of this machine', 403, () => ({ headers: { 'sec-fetch-site': 'same-site' } })],
    [
      'a frame in a page elsewhere',
      403,
      () => ({ headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } }),
    ],
    ['a name that was bound to this machine (DNS rebinding)', 421, () => ({ headers: { host: `ailleurs.example:${mailbox.port}` } })],
    ['an address without the port', 421, () => ({ headers: { host: '127.0.0.1' } })],
    ['whoever has no secret', 404, () => ({ path: '/email' })],
    ['whoever has no secret, at the front page', 404, () => ({ path: '/' })],
    ['whoever has another secret', 404, () => ({ path: `/${'0'.repeat(32)}/email` })],
    ['whoever writes the secret behind a whole address', 404, () => ({ path: `${base}/email` })],
    ['a deletion without the secret', 404, () => ({ path: '/email/all', method: 'DELETE' })],
    ['a deletion from elsewhere', 403, () => ({ path: `${path}/email/all`, method: 'DELETE', headers: { origin: elsewhere } })],
    ['a socket from elsewhere', 403, () => ({ path: socket(), headers: { ...upgrade, origin: elsewhere } })],
    ['a socket to another name', 421, () => ({ path: socket(), headers: { ...upgrade, host: 'ailleurs.example' } })],
    ['a socket without the secret', 404, () => ({ path: '/socket.io/?EIO=4&transport=websocket', headers: upgrade })],
  ];

  test.each(refused)('refuses %s', async (_, status, asked) => {
    const answer = await ask(asked());
    expect(answer.status).toBe(status);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(await subjects()).toContain('premier');
  });

  test('answers who has its address, by either name of this machine, and allows nobody else to read the answer', async () => {
    for (const host of [mailbox.host, `localhost:${mailbox.port}`]) {
      const answer = await ask({ headers: { host, origin: `http://${host}` } });
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect(await ask({ path: socket(), headers: { ...upgrade, origin: mailbox.origin } })).toMatchObject({ status: 101 });
  });

  test('shows its mails in a browser at the address that was printed, hears of new ones, and runs nothing that a mail holds', async () => {
    const page = await (await openContext(browser, {})).newPage();
    await page.goto(base);
    await page.getByText('premier').first().waitFor();
    await send('second', '<p>Bonjour</p><script>parent.document.title = "volé"</script>');
    await page.getByText('second').first().click(); // told over the socket
    await page.frameLocator('iframe.panel-html').getByText('Bonjour').waitFor();
    expect(await page.title()).toContain('MailDev');
    await page.context().close();
  });

  test('is closed to a page of another origin in a browser', async () => {
    const page = await (await openContext(browser, {})).newPage();
    await page.route('http://ailleurs.example/', (route) => route.fulfill({ contentType: 'text/html', body: '<p>ailleurs</p>' }));
    await page.goto('http://ailleurs.example/');
    const tried = await page.evaluate(async (url) => {
      const outcome = (promise: Promise<unknown>) =>
        promise.then(
          () => 'read',
          () => 'refused',
        );
      const connected = new Promise((done, fail) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
        socket.onopen = done;
        socket.onerror = fail;
      });
      return Promise.all([fetch(`${url}/email`), fetch(`${url}/email/all`, { method: 'DELETE' }), connected].map(outcome));
    }, base);
    expect(tried).toEqual(['refused', 'refused', 'refused']);
    expect(await subjects()).toContain('premier');
    await page.context().close();
  });
});
