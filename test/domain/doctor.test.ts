import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { lookAtMailDns, lookAtSmtp, type Resolver } from '../../cli/doctor/mail.js';
import { lookAtWeb } from '../../cli/doctor/web.js';
import { asText, codeOf, examine } from '../../cli/doctor.js';
import { lookAtDisks } from '../../client/checks/disks.js';
import type { Finding } from '../../client/checks/finding.js';
import { lookAtPostgres } from '../../client/checks/postgres.js';
import { readConfig } from '../../config.js';
import { scriptedSmtp } from '../support/smtp.js';

const states = (found: readonly Finding[]) => Object.fromEntries(found.map(({ id, state }) => [id, state]));
const none = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const nowhere: Resolver = { mx: none('ENODATA'), txt: none('ENOTFOUND'), address: none('ENOTFOUND') };
const offline: Resolver = { mx: none('ECONNREFUSED'), txt: none('ETIMEOUT'), address: none('ECONNREFUSED') };

describe('what other mail servers look up', () => {
  const from = 'Mairie <essais@mairie.fr>';
  const dkim = { domain: 'mairie.fr', selector: 's1' };
  const published: Record<string, string[][]> = {
    'mairie.fr': [['other'], ['v=spf1 ', 'include:x -all']],
    '_dmarc.mairie.fr': [['v=DMARC1; p=reject']],
    's1._domainkey.mairie.fr': [['v=DKIM1; k=rsa; p=MII', 'Bij']],
  };
  const found: Resolver = { ...nowhere, mx: async () => [{}], txt: async (name) => published[name] ?? (await nowhere.txt(name)) };

  test('is found, in pieces too', async () => {
    expect(states(await lookAtMailDns({ from, dkim }, found))).toEqual({
      'mail-mx': 'ok',
      'mail-spf': 'ok',
      'mail-dmarc': 'ok',
      'mail-dkim': 'ok',
    });
  });

  test('is missing, with what to publish; a key that was revoked is missing too', async () => {
    const missing = await lookAtMailDns({ from, dkim }, nowhere);
    expect(states(missing)).toEqual({ 'mail-mx': 'warn', 'mail-spf': 'warn', 'mail-dmarc': 'warn', 'mail-dkim': 'warn' });
    for (const { detail, todo } of missing)
      expect([detail.fr, todo?.fr]).toEqual([expect.stringContaining('absent'), expect.stringContaining('Publier')]);
    const revoked: Resolver = { ...found, txt: async (name) => (name.startsWith('s1.') ? [['v=DKIM1; p=']] : found.txt(name)) };
    expect(states(await lookAtMailDns({ from, dkim }, revoked))).toMatchObject({ 'mail-dkim': 'warn', 'mail-spf': 'ok' });
  });

  test('could not be asked, where there is no name server: nothing is said to be missing', async () => {
    for (const { state, detail, todo } of await lookAtMailDns({ from, dkim }, offline)) {
      expect([state, todo]).toEqual(['warn', undefined]);
      expect(detail.en).toContain('could not be asked');
    }
  });

  test('is an address of its own where there is no MX, and nothing at all for a trial domain', async () => {
    expect(states(await lookAtMailDns({ from }, { ...nowhere, address: async () => ['192.0.2.1'] }))).toMatchObject({ 'mail-mx': 'ok' });
    expect(states(await lookAtMailDns({ from: 'a@demo.invalid' }, offline))).toEqual({ 'mail-domain': 'warn' });
  });
});

describe('the mail server', () => {
  const looked = async (script: Parameters<typeof scriptedSmtp>[0], options: { extensions?: string[]; user?: string } = {}) => {
    const server = await scriptedSmtp(script, { extensions: options.extensions ?? [] });
    const found = await lookAtSmtp(options.user === undefined ? server.url : server.url.replace('//', `//${options.user}@`));
    await server.close();
    return { found, commands: server.seen.commands };
  };

  test('is reached, and nothing is sent', async () => {
    const { found, commands } = await looked(undefined);
    expect(states(found)).toEqual({ smtp: 'ok' });
    expect(commands.join()).not.toMatch(/MAIL|RCPT|DATA/);
  });

  test('takes our password, or refuses it', async () => {
    const asking = { extensions: ['AUTH PLAIN'], user: 'us:secret' };
    expect(states((await looked(undefined, asking)).found)).toEqual({ smtp: 'ok', 'smtp-auth': 'ok' });
    const { found } = await looked(({ when }) => (when === 'AUTH' ? '535 no' : undefined), asking);
    expect(states(found)).toEqual({ smtp: 'ok', 'smtp-auth': 'fail' });
    expect(codeOf(found)).toBe(1);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('is not there, or hangs up: a service that cannot be reached', async () => {
    const gone = await lookAtSmtp('smtp://127.0.0.1:9');
    expect([states(gone), codeOf(gone)]).toEqual([{ smtp: 'fail' }, 4]);
    const { found } = await looked(({ when }) => (when === 'greeting' ? 'RST' : undefined));
    expect(states(found)).toEqual({ smtp: 'fail' });
  });
});

describe('the public address', () => {
  const served = async (status: number, body: string) => {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const found = await lookAtWeb(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    await new Promise((resolve) => server.close(resolve));
    return states(found);
  };

  test('answers, answers badly, is somebody else’s, or does not answer', async () => {
    expect(await served(200, '{"ok":true}')).toEqual({ 'public-url': 'ok', web: 'ok' });
    expect(await served(503, '{"ok":false}')).toEqual({ 'public-url': 'ok', web: 'fail' });
    expect(await served(200, '<h1>It works!</h1>')).toEqual({ 'public-url': 'ok', web: 'warn' });
    expect(states(await lookAtWeb('http://127.0.0.1:9'))).toEqual({ 'public-url': 'ok', web: 'warn' });
  });

  test('must be https, unless it is this machine', async () => {
    expect(states(await lookAtWeb('http://essais.invalid'))).toMatchObject({ 'public-url': 'fail' });
    expect(states(await lookAtWeb('https://essais.invalid'))).toMatchObject({ 'public-url': 'ok', web: 'warn' });
  });
});

test('a database that is not there cannot be reached, and its password is not shown', async () => {
  const found = await lookAtPostgres('postgres://us:secret@127.0.0.1:9/nothing');
  expect([states(found), codeOf(found)]).toEqual([{ postgres: 'fail' }, 4]);
  expect(asText(found, 'en')).not.toContain('secret');
});

test('nothing set up at all is told in both languages, each with what to do', async () => {
  const found = await examine(readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:9' }), offline);
  expect([states(found), codeOf(found)]).toEqual([{ environment: 'fail', version: 'ok', temporal: 'fail' }, 4]);
  const [fr, en] = [asText(found, 'fr'), asText(found, 'en')];
  expect(fr).toContain('✗ Variables  manquent : DATABASE_URL, SMTP_URL, MAIL_FROM, PUBLIC_URL, LINK_KEY\n             → Les donner');
  expect(fr).toContain('2 choses ne vont pas (✗).');
  expect(en).toContain('missing: DATABASE_URL');
  expect(en).not.toMatch(/[éèà]|manquent/);
});

test('a disk is looked at before it is full', async () => {
  const disk = (percent: number) => ({ folder: `/d${percent}`, freeBytes: percent * 1e9, bytes: 100e9 });
  const found = await lookAtDisks([], async () => [11, 10, 2].map(disk));
  expect(found.map(({ state, detail }) => [state, detail.fr])).toEqual([
    ['ok', '/d11 : 11 % de libre (11,0 Go)'],
    ['warn', '/d10 : 10 % de libre (10,0 Go)'],
    ['fail', '/d2 : 2 % de libre (2,0 Go)'],
  ]);
});
