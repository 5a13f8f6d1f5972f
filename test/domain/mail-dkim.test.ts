import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { keyProblem } from '../../mail/dkim-key.js';
import { openTransport } from '../../mail/transport.js';
import { scriptedSmtp } from '../support/smtp.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const mail = [
  'From: Trois Mains <troismains@departement.example>',
  'To: =?UTF-8?Q?Service_d=E2=80=99accueil?= <accueil@ville.example>',
  'Subject:  Votre   avis',
  'Message-ID: <m@troismains>',
  'Date: Mon, 07 Jun 2027 07:00:00 +0000',
  'List-Unsubscribe: <https://x.example/u>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  '',
  'Bonjour,  ',
  '.point seul',
  '',
  '',
].join('\r\n');

/** What a server gets of a mail that was signed with this key. */
async function signedWith(privateKey: string): Promise<string> {
  const server = await scriptedSmtp();
  closers.push(server.close);
  const transport = openTransport(server.url, { dkim: { domain: 'departement.example', selector: 'mail2027', privateKey } });
  closers.push(() => transport.close());
  const result = await transport.send({ from: 'troismains@departement.example', to: 'accueil@ville.example', bytes: Buffer.from(mail) });
  expect(result.state).toBe('accepted');
  return server.seen.messages[0] ?? '';
}

/** Whether a message's signature holds, by RFC 6376 (relaxed/relaxed), read without the library that wrote it. */
function holds(message: string, publicKey: typeof rsa.publicKey): { holds: boolean; fields: string[] } {
  const split = message.indexOf('\r\n\r\n');
  const body = message.slice(split + 4);
  const headers = message.slice(0, split).split(/\r\n(?![ \t])/);
  const unfolded = (header: string) => header.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ');
  const relaxed = (header: string) => {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(unfolded(header)) ?? [];
    return `${name.trim().toLowerCase()}:${value.trim()}`;
  };
  const signature = headers.find((header) => /^DKIM-Signature:/i.test(header)) ?? '';
  const tags = Object.fromEntries(
    unfolded(signature)
      .replace(/^[^:]+:/, '')
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  );
  const relaxedBody = `${body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  const bodyHash = createHash('sha256').update(relaxedBody, 'latin1').digest('base64');
  const fields = (tags.h ?? '').toLowerCase().split(':');
  const left = headers.slice();
  const signed = fields.flatMap((field) => {
    const at = left.findLastIndex((header) => header.toLowerCase().startsWith(`${field}:`));
    return at === -1 ? [] : left.splice(at, 1).map(relaxed);
  });
  const data = Buffer.from(`${signed.join('\r\n')}\r\n${relaxed(signature).replace(/(\bb=)[^;]*/, '$1')}`, 'latin1');
  const genuine = verify('sha256', data, publicKey, Buffer.from(tags.b ?? '', 'base64'));
  return { holds: genuine && bodyHash === tags.bh, fields };
}

describe('a signed mail', () => {
  test('carries a signature that holds', async () => {
    const message = await signedWith(pem(rsa.privateKey));
    expect(holds(message, rsa.publicKey).holds).toBe(true);
    expect(message).toMatch(/d=departement\.example/);
    expect(message).toMatch(/s=mail2027/);
  });

  test('is signed in what says who writes, and in both headers of unsubscribing', async () => {
    const { fields } = holds(await signedWith(pem(rsa.privateKey)), rsa.publicKey);
    expect(fields).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  test('does not hold when a word is changed on the way', async () => {
    const message = await signedWith(pem(rsa.privateKey));
    expect(holds(message.replace('Votre', 'Notre'), rsa.publicKey).holds).toBe(false);
    expect(holds(message.replace('Bonjour', 'Bonsoir'), rsa.publicKey).holds).toBe(false);
  });

  test('is otherwise the mail that was kept', async () => {
    expect((await signedWith(pem(rsa.privateKey))).endsWith(mail)).toBe(true);
  });
});

describe('a key', () => {
  test('that cannot sign is told from one that can', () => {
    expect(keyProblem(pem(rsa.privateKey))).toBeUndefined();
    expect(keyProblem(pem(generateKeyPairSync('ed25519').privateKey))).toMatch(/type ed25519/);
    expect(keyProblem('nothing')).toMatch(/no private key/);
    expect(keyProblem(pem(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey))).toMatch(/512 bits/);
    expect(keyProblem(pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey))).toMatch(/type ec/);
  });
});
