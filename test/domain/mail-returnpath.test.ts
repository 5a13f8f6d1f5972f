import { afterEach, describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../config.js';
import { bounceToken, readToken, senderOf } from '../../mail/returnpath.js';
import { openTransport } from '../../mail/transport.js';
import { scriptedSmtp } from '../support/smtp.js';

const linkKey = Buffer.from('a key that opens nothing but tests');
const mailFrom = 'Trois Mains <ne-pas-repondre@example.org>';
const returnPath = 'bounces@example.org';

describe('the return path of a mail', () => {
  test('is one for each mail, and names it only to who has the key', () => {
    const { from } = senderOf({ mailFrom, returnPath, linkKey }, 41);
    expect(from).toMatch(/^bounces\+15-[0-9a-f]{20}@example\.org$/);
    expect(senderOf({ mailFrom, returnPath, linkKey }, 42).from).not.toBe(from);
    expect(readToken(linkKey, `<${from.toUpperCase()}>`)).toEqual({ mail: 41 });
    expect(readToken(Buffer.from('another key'), from)).toBe('forged');
  });

  test('without an address of its own is the plain one, and the report still names the mail', () => {
    const { from, dsn } = senderOf({ mailFrom, linkKey }, 41);
    expect(from).toBe('ne-pas-repondre@example.org');
    expect(senderOf({ mailFrom: ' seul@example.org ', linkKey }, 41).from).toBe('seul@example.org');
    expect(readToken(linkKey, dsn.id)).toEqual({ mail: 41 });
  });

  test('cannot be forged by changing a number, cutting the seal or writing a thousand of them', () => {
    const good = bounceToken(linkKey, 41);
    expect(readToken(linkKey, good.replace(/^15/, '16'))).toBe('forged');
    expect(readToken(linkKey, good.slice(0, -1))).toBeUndefined();
    expect(readToken(linkKey, `${good}0`)).toBeUndefined();
    expect(readToken(linkKey, `zzzzzzzzzzz-${'0'.repeat(20)} `.repeat(1000) + good)).toBe('forged');
    expect(readToken(linkKey, 'bounces@example.org')).toBeUndefined();
  });

  test('keeps a local part within what SMTP allows', () => {
    const long = `${'b'.repeat(31)}@example.org`;
    expect(readConfig({ RETURN_PATH: long }).returnPath).toBe(long);
    const { from } = senderOf({ mailFrom, returnPath: long, linkKey }, Number.MAX_SAFE_INTEGER);
    expect(from.indexOf('@')).toBeLessThanOrEqual(64);
    for (const wrong of [`b${long}`, 'Bounces <bounces@example.org>', 'a@b@example.org', 'a@example.org\r\nRCPT TO:<x@example.org>'])
      expect(() => readConfig({ RETURN_PATH: wrong })).toThrow(ConfigError);
  });
});

describe('a report of what cannot be delivered', () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  async function commandsTo(to: string, extensions: string[]): Promise<string[]> {
    const server = await scriptedSmtp(undefined, { extensions });
    closers.push(server.close);
    const transport = openTransport(server.url);
    closers.push(() => transport.close());
    const bytes = Buffer.from('Message-ID: <m@example.org>\r\n\r\nBonjour\r\n');
    await transport.send({ ...senderOf({ mailFrom, returnPath, linkKey }, 41), to, bytes });
    return server.seen.commands.filter((command) => /^(MAIL|RCPT)/.test(command));
  }
  const token = bounceToken(linkKey, 41);

  test('is asked for where the server offers it, with headers only', async () => {
    expect(await commandsTo('elue@mairie.example', ['DSN'])).toEqual([
      `MAIL FROM:<bounces+${token}@example.org> RET=HDRS ENVID=${token}`,
      'RCPT TO:<elue@mairie.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;elue@mairie.example',
    ]);
  });

  test('is not asked of a server that does not offer it', async () => {
    expect(await commandsTo('elue@mairie.example', [])).toEqual([
      `MAIL FROM:<bounces+${token}@example.org>`,
      'RCPT TO:<elue@mairie.example>',
    ]);
  });

  test('does not quote an address that is not plain', async () => {
    expect((await commandsTo('élue@mairie.example', ['DSN', 'SMTPUTF8']))[1]).not.toContain('ORCPT');
  });
});
