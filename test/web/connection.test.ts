/** What only a connection shows: methods and messages that no browser sends, and where a request comes from. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { networkOf } from '../../web/network.js';
import { baseUrl, site } from './support/client.js';

const servers: ServerType[] = [];
async function served(app: Hono): Promise<number> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
afterAll(() => Promise.all(servers.map((server) => new Promise((closed) => server.close(closed)))));

/** All that is answered to bytes written on a connection. */
async function said(port: number, bytes: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1');
  socket.on('error', () => {}); // what we still write may find nobody
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString();
  });
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}

describe('a message that could be read in two ways', () => {
  const here = site();
  let port = 0;
  beforeAll(async () => {
    port = await served(here.app);
  });
  const post = (headers: string, body: string) =>
    said(
      port,
      `POST /call/val-d-oise-2023 HTTP/1.1\r\nHost: x\r\nOrigin: ${baseUrl}\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n\r\n${body}`,
    );
  const hidden = 'POST /sign-out HTTP/1.1\r\nHost: x\r\n\r\n';

  test.each([
    ['a length and chunks', `Content-Length: ${hidden.length + 5}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${hidden}`],
    ['two lengths', `Content-Length: 0\r\nContent-Length: ${hidden.length}`, hidden],
    ['chunks that are none', 'Transfer-Encoding: xchunked', hidden],
    ['a line end within a header', 'X: a\rTransfer-Encoding: chunked', hidden],
  ])('is refused, and the connection ends: %s', async (_what, headers, body) => {
    const answer = await post(headers, body);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(here.acts).toEqual([]);
  });

  test('nor is a request given back to whoever traces it', async () => {
    const answer = await said(port, `TRACE / HTTP/1.1\r\nHost: x\r\nOrigin: ${baseUrl}\r\nCookie: secret=1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[345] /);
    expect(answer).not.toContain('secret=1');
  });
});

describe('where a request comes from', () => {
  const asked = async (proxies: number | undefined, forwarded?: string) => {
    const app = new Hono().get('/', (c) => c.text(networkOf(c, { proxies }) ?? 'unknown'));
    const header = forwarded === undefined ? '' : `X-Forwarded-For: ${forwarded}\r\n`;
    const answer = await said(await served(app), `GET / HTTP/1.1\r\nHost: x\r\n${header}Connection: close\r\n\r\n`);
    return answer.split('\r\n').at(-1);
  };

  test('is the connection, where nothing stands in front', async () => {
    expect(await asked(undefined)).toBe('127.0.0.1');
  });

  test('is what the proxy we know of added, whatever the visitor wrote before it', async () => {
    expect(await asked(1, '198.51.100.7')).toBe('198.51.100.7');
    expect(await asked(1, '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
    expect(await asked(2, '203.0.113.9, 198.51.100.7, 10.0.0.1')).toBe('198.51.100.7');
    expect(await asked(1, '203.0.113.9, 2001:db8:1:2::7')).toBe('2001:db8:1:2::/64');
  });

  test('is not known behind a proxy that we were not told of, nor by what is no address', async () => {
    expect(await asked(undefined, '203.0.113.9')).toBe('unknown');
    expect(await asked(1, 'somewhere')).toBe('unknown');
    expect(await asked(1)).toBe('unknown');
  });
});
