import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../mail/bounces/judge.js';
import { maxBounceBytes, readReturned } from '../../mail/bounces/read.js';
import { bounceToken, readToken } from '../../mail/returnpath.js';
import { complaint, exchange, exim, gmail, letter, oldExim, postfix, qmail, vacation } from '../support/bounces.js';
import { growth } from '../support/growth.js';
import { runs } from '../support/tier.js';

const linkKey = Buffer.from('a key that opens nothing but tests');
const token = bounceToken(linkKey, 41);
const to = `bounces+${token}@example.org`;
const said = async (bytes: Buffer) => (await readReturned(bytes)).reading;

describe('an address that does not exist', () => {
  test.each([
    ['Postfix', postfix({ to }), '5.1.1', 'User unknown in virtual mailbox table'],
    [
      'Postfix, host not found',
      postfix(
        { to },
        {
          status: '5.4.4',
          diagnostic: 'X-Postfix; Host or domain name not found. Name service error for name=mairie.example type=AAAA: Host not found',
        },
      ),
      '5.4.4',
      'Host not found',
    ],
    ['Exim', exim({ to }), '5.1.1', 'user does not exist'],
    ['Exim before reports', oldExim({ to }), '', '550 unknown user'],
    ['Exchange', exchange({ to }), '5.1.10', 'Recipient not found'],
    [
      'Exchange at its edge',
      exchange({ to }, { status: '5.4.1', diagnostic: 'smtp;550 5.4.1 Recipient address rejected: Access denied.' }),
      '5.4.1',
      'Access denied',
    ],
    [
      'Outlook.com',
      exchange({ to }, { status: '5.5.0', diagnostic: 'smtp;550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).' }),
      '5.5.0',
      'mailbox unavailable',
    ],
    ['Gmail', gmail({ to }), '5.1.1', 'does not exist'],
    [
      'Gmail, a disabled account',
      gmail({ to }, { status: '5.2.1', words: '550 5.2.1 The email account that you tried to reach is disabled.' }),
      '5.2.1',
      'disabled',
    ],
    ['a host on qmail', qmail({ to }), '5.1.1', 'no mailbox here by that name'],
    ['a host on qmail, in French', qmail({ to }, '550 Utilisateur inconnu'), '', 'Utilisateur inconnu'],
  ])('%s: hard', async (_name, bytes, status, words) => {
    const { reading, addressed, returnedId } = await readReturned(bytes);
    expect(reading).toMatchObject({ is: 'bounce', kind: 'hard', status, diagnostic: expect.stringContaining(words) });
    expect(readToken(linkKey, addressed)).toEqual({ mail: 41 });
    expect(returnedId).toBe('mail-1@troismains');
  });
});

describe('what is about us, or about today', () => {
  test.each([
    ['a full mailbox', postfix({ to }, { status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 Mailbox full, over quota' }), '5.2.2'],
    [
      'a full mailbox under another code',
      postfix({ to }, { status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 Recipient mailbox is full' }),
      '5.1.1',
    ],
    ['a policy', exchange({ to }, { status: '5.7.1', diagnostic: 'smtp;550 5.7.1 Recipient address rejected: unknown client' }), '5.7.1'],
    ['a reputation', gmail({ to }, { status: '5.7.26', words: '550-5.7.26 This mail is unauthenticated' }), '5.7.26'],
    ['our sender', postfix({ to }, { status: '5.1.0', diagnostic: 'smtp; 550 5.1.0 Sender address unknown' }), '5.1.0'],
    ['a message that is too long', postfix({ to }, { status: '5.2.3', diagnostic: 'smtp; 552 5.2.3 too big' }), '5.2.3'],
    ['a refusal without a reason', postfix({ to }, { status: '5.0.0', diagnostic: 'smtp; 550 Rejected' }), '5.0.0'],
    [
      'days without an answer',
      postfix({ to }, { status: '4.4.1', diagnostic: 'X-Postfix; connect to mx.mairie.example[192.0.2.25]:25: Connection timed out' }),
      '4.4.1',
    ],
    ['an old-style refusal for spam', oldExim({ to }, '550 user unknown to our spam policy'), ''],
  ])('%s: soft', async (_name, bytes, status) => {
    expect(await said(bytes)).toMatchObject({ is: 'bounce', kind: 'soft', status });
  });

  test('a delay is not a failure', async () => {
    const late = postfix({ to }, { action: 'delayed', status: '4.4.1', diagnostic: 'X-Postfix; connection timed out' });
    expect(await said(late)).toMatchObject({ is: 'bounce', kind: 'delayed', status: '4.4.1' });
  });

  test('an alias behind which somebody was reached works', async () => {
    const one = postfix({ to })
      .toString()
      .replace(
        /(Action: failed\r\nStatus: 5.1.1)/,
        '$1\r\n\r\nFinal-Recipient: rfc822; autre@mairie.example\r\nAction: relayed\r\nStatus: 2.0.0\r\n',
      );
    expect(await said(Buffer.from(one))).toMatchObject({ is: 'bounce', kind: 'soft' });
  });
});

describe('what is no bounce', () => {
  test('is told apart: delivered, an absence, a receipt, a person', async () => {
    expect(await said(postfix({ to }, { action: 'delivered', status: '2.0.0', diagnostic: 'smtp; 250 ok' }))).toEqual({
      is: 'ignored',
      why: 'delivered',
    });
    expect(await said(postfix({ to }, { action: 'relayed', status: '2.0.0', diagnostic: 'smtp; 250 ok' }))).toEqual({
      is: 'ignored',
      why: 'delivered',
    });
    expect(await said(vacation({ to }))).toEqual({ is: 'ignored', why: 'auto-reply' });
    expect(await said(letter({ to }))).toEqual({ is: 'not-understood' });
    const receipt = Buffer.from(
      'From: elue@mairie.example\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\nlu\r\n--b--\r\n',
    );
    expect(await said(receipt)).toEqual({ is: 'ignored', why: 'read-receipt' });
  });

  test.each(['Auto-Submitted: auto-replied', 'Auto-Submitted: auto-replied (vacation)', 'Precedence: auto_reply', 'X-Autoreply: yes'])(
    'an absence without a return path is one, whatever it says of addresses: %s',
    async (header) => {
      const left = `Return-Path: <>\r\n${vacation({ to }).toString()}Cette adresse n'existe plus, votre message n'a pas pu être distribué.\r\n`;
      expect(await said(Buffer.from(left.replace('Auto-Submitted: auto-replied', header)))).toEqual({ is: 'ignored', why: 'auto-reply' });
      const late = left.replace(/Subject: .*/, 'Subject: Retard : message =?utf-8?Q?retard=C3=A9?=');
      expect(await said(Buffer.from(late))).toEqual({ is: 'ignored', why: 'auto-reply' });
    },
  );

  test('but a server that reports without naming itself is believed, and one that names itself in an answer too', async () => {
    const unnamed = qmail({ to }).toString().replace('MAILER-DAEMON@', 'systeme@');
    expect(await said(Buffer.from(unnamed))).toMatchObject({ kind: 'hard' });
    expect(await said(Buffer.from(`Auto-Submitted: auto-replied\r\n${qmail({ to }).toString()}`))).toMatchObject({ kind: 'hard' });
    expect(await said(Buffer.from(oldExim({ to }).toString().replace('Mailer-Daemon@', 'systeme@')))).toMatchObject({ kind: 'hard' });
  });

  test('a bounce in words nobody knows is not understood, rather than believed', async () => {
    expect(await said(oldExim({ to }, 'retry timeout exceeded'))).toEqual({ is: 'not-understood' });
  });

  test('somebody who forwards a bounce is no bounce', async () => {
    const forwarded = `From: elue@mairie.example\r\nTo: ${to}\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary=fwd\r\n\r\n--fwd\r\nContent-Type: text/plain\r\n\r\nVoir.\r\n--fwd\r\nContent-Type: message/rfc822\r\n\r\n${postfix({ to }).toString()}\r\n--fwd--\r\n`;
    expect(await said(Buffer.from(forwarded))).toEqual({ is: 'not-understood' });
  });
});

describe('a hostile message', () => {
  const report = (status: string) =>
    Buffer.from(
      `From: x\r\nTo: ${to}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${status}\r\n--b--\r\n`,
    );

  test('without fields is not understood', async () => {
    for (const status of ['', '\r\n\r\n\r\n', 'Reporting-MTA: dns; x\r\n\r\n', ': : :\r\n\r\n::', 'Action\r\n\r\nStatus'])
      expect(await said(report(status))).toEqual({ is: 'not-understood' });
  });

  test('cannot bring a header, a control character or a page into what is kept', async () => {
    const evil = report(
      'Reporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 \u001b[31m5.1.1\u0000 a\u202eb\r\n Bcc: tous@example.org\r\n ' +
        'long '.repeat(500),
    );
    const reading = await said(evil);
    expect(reading).toMatchObject({ is: 'bounce', kind: 'hard', status: '5.1.1' });
    const { diagnostic } = reading as { diagnostic: string };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the promise
    expect(diagnostic).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
    expect(diagnostic.length).toBeLessThanOrEqual(300);
  });

  test('names itself and its mail by printable characters, or not at all', async () => {
    for (const id of ['a\u0000b@mx', '\u0000@mx', 'é@mx', 'a\u001b[31m@mx', 'a\u007f@mx', 'a'.repeat(300)])
      expect(await readReturned(postfix({ to, id, returnedId: id }))).toMatchObject({
        messageId: '',
        returnedId: '',
        reading: { kind: 'hard' },
      });
    const good = '20270607.a!b=c/d@[192.0.2.1]';
    expect(await readReturned(postfix({ to, id: good, returnedId: good }))).toMatchObject({ messageId: good, returnedId: good });
    const noted = Buffer.from(
      postfix({ to })
        .toString()
        .replace(/Message-Id: .*/, 'Message-Id: <own@mx> (added by mx)'),
    );
    expect(await readReturned(noted)).toMatchObject({ messageId: 'own@mx' });
  });

  const sized: Record<string, { of: (eighths: number) => Buffer; is: object }> = {
    'a copy of what was sent': {
      of: (eighths) => Buffer.concat([postfix({ to }), Buffer.alloc((eighths * 20 * maxBounceBytes) / 8, 'a b 550 5.1.1\r\n')]),
      is: { kind: 'hard' },
    },
    'a report on many': {
      of: (eighths) => report(`Action: failed\r\n\r\n${'Action: failed\r\nStatus: 4.0.0\r\n\r\n'.repeat(eighths * 3_750)}`),
      is: { kind: 'soft' },
    },
    'many words': {
      of: (eighths) => Buffer.from(`From: mailer-daemon@x\r\nSubject: failure notice\r\n\r\n${'user '.repeat(eighths * 25_000)}`),
      is: { is: 'not-understood' },
    },
    'a report to many, each on a line of its own': {
      of: (eighths) =>
        Buffer.from(
          postfix({ to })
            .toString()
            .replace(/^To: .*$/m, (field) => `${field}${',\r\n somebody <a@b.example>'.repeat(eighths * 4_000)}`),
        ),
      is: { kind: 'hard' },
    },
    'a notice to many groups, on one line': {
      of: (eighths) =>
        Buffer.from(
          `From: mailer-daemon@x\r\nSubject: failure notice\r\nTo: ${'a: b;'.repeat(eighths * 22_000)}\r\n\r\n550 5.1.1 no such user\r\n`,
        ),
      is: { kind: 'hard' },
    },
    'a thousand fields of each kind': {
      of: (eighths) => Buffer.from(`${'To: a@b.example\r\nReferences: <a@b>\r\nList-Post: <a>\r\na:\r\n'.repeat(eighths * 500)}\r\nx`),
      is: { is: 'not-understood' },
    },
    'a long subject': {
      of: (eighths) => Buffer.from(`Subject: ${' failed'.repeat(eighths * 18_750)}\r\n\r\n`),
      is: { is: 'not-understood' },
    },
  };
  test.each(Object.keys(sized))('of any size is read in a moment, its report at the beginning as well: %s', async (name) => {
    const { of, is } = sized[name] ?? { of: () => Buffer.alloc(0), is: {} };
    expect(await growth(async (eighths) => expect(await said(of(eighths))).toMatchObject(is))).toBeLessThan(32);
  });

  test.each(['-', ' ', '<', '@', 'a.', '=?', '5.1.1 ', 'user ', 'relay ', 'copy of the original '])(
    'of one line of 150,000 characters is read to its end, wherever the line is: %j',
    async (piece) => {
      const line = piece.repeat(150_000 / piece.length);
      const old = (subject: string) =>
        Buffer.from(`From: mailer-daemon@x\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\n${line}x\r\n550 no such user\r\n`);
      expect((await readReturned(old('failure notice'))).addressed).toContain(to);
      expect((await readReturned(old(`failure notice ${line}`))).addressed).toContain(to);
      expect(await said(report(`Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 ${line}x`))).toMatchObject({
        kind: 'hard',
      });
    },
  );

  test('does not hide, behind a line of dashes, where the copy of the mail begins', async () => {
    const dashes = '-'.repeat(150_000);
    const back = oldExim({ to }).toString().replace('This message was', `${dashes}\r\nThis message was`);
    const { reading, returnedId } = await readReturned(Buffer.from(back));
    expect(reading).toMatchObject({ kind: 'hard', diagnostic: expect.stringContaining('550 unknown user') });
    expect(returnedId).toBe('mail-1@troismains');
  });

  test('of a thousand boxes in boxes ends', async () => {
    let nested = '';
    for (let n = 0; n < 5_000; n++) nested += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
    expect(await said(Buffer.from(`From: x\r\n${nested}`))).toEqual({ is: 'not-understood' });
  });

  test('of any bytes is read without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.boolean(), async (bytes, within) => {
        const message = within ? report(Buffer.from(bytes).toString('latin1')) : Buffer.from(bytes);
        expect(['bounce', 'ignored', 'not-understood']).toContain((await readReturned(message)).reading.is);
      }),
      { numRuns: runs(200), seed: 5 },
    );
  });
});

describe('words that are not a reason', () => {
  const of = (diagnostic: string) => judge({ status: '', diagnostic }).gravity;
  test.each([
    '550 5.1.1 <elue@mairie.example>: Recipient address rejected: User unknown in relay recipient table',
    '550 <elue@mairie.example>: Recipient address rejected: User unknown in relay recipient table',
    '550 5.1.1 <relay@mairie.example>: user unknown',
    '550 <spam@mairie.example>: user unknown',
    '550 spam@mairie.example: user unknown',
    'host mx1.antispam.example [192.0.2.25]: 550 5.1.1 unknown user',
    'host mx1.policy.example[192.0.2.25] said: 550 unknown user (in reply to RCPT TO command)',
    'host MX1.RELAY.EXAMPLE. said: 550 unknown user, see https://spam.example/policy?sender=1',
    '550 5.1.1 User unknown (anti-spam gateway)',
    '550 5.1.10 Recipient not found, check the address and try again',
  ])('do not hide that the address is unknown: %s', (words) => {
    expect(of(words)).toBe('hard');
  });

  test('nor is the number of a program a code', () => {
    expect(judge({ status: '5.1.1', diagnostic: 'host mx (Exim 4.96.2) said: 550 no' })).toEqual({ gravity: 'hard', status: '5.1.1' });
  });

  test.each([
    '550 5.1.1 relaying denied, unknown user',
    '550 user unknown: Relay access denied',
    '550 relay not permitted: unknown user',
    '550 unable to relay for unknown user',
    '550 we do not relay: unknown user',
    '550 not permitted to relay, user unknown',
    '550 5.1.1 sender address rejected: user unknown',
    '550 5.1.1 mailbox over quota.Please tell the user, address unknown',
    '550 user unknown, please try again later',
  ])('are told from reasons: %s', (words) => {
    expect(of(words)).toBe('soft');
  });
});

describe('a refusal while we speak to the server', () => {
  const at = (diagnostic: string) => judge({ status: '', diagnostic }, { atRecipient: true }).gravity;
  const rejected = "Can't send mail - all recipients were rejected: ";
  test.each([
    '550 5.1.1 <x@y.example>: unknown',
    '550 no such mailbox',
    '550 <x@y.example>: Recipient address rejected: User unknown in virtual mailbox table',
    '550 Requested action not taken: mailbox unavailable',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    '550 5.2.1 The email account that you tried to reach is disabled.',
    '550 Utilisateur inconnu',
    '550',
    '550 5.0.0',
    '553 not the address of one mailbox',
  ])('means the address when it says so, or nothing: %j', (words) => {
    expect(at(`${rejected}${words}`)).toBe('hard');
  });

  test.each([
    '550 Rejected',
    '550 Access denied',
    '550-Access denied\n550',
    '550 <x@y.example>: Recipient address rejected: Access denied',
    '550 Blocked - see https://blocked.example/why?ip=192.0.2.1',
    '550 DNSBL: 192.0.2.1 listed',
    '550 rejected: no PTR record',
    '550 HELO host name invalid',
    '550 <mx.example.org>: Helo command rejected: Host not found',
    '550 Your IP address is unknown to us',
    '550 Administrative prohibition',
    '550 Please turn on SMTP Authentication',
    '550 Verification failed for <bounces+1@example.org>',
    '550-Verification failed for <bounces+1@example.org> 550-Response: 550 5.1.1 User unknown 550 Sender verify failed',
    "553 sorry, that domain isn't in my list of allowed rcpthosts",
    '553 domain not listed in my rcpthosts',
    '550 Connecting host unknown',
    '550 Whoever sends does not have an active account',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
    '550 5.7.1 Relaying denied',
    '550 blocked by spam policy',
    '552 5.2.2 over quota',
    '554 5.7.1 rejected',
    '550 5.7.1 user unknown',
  ])('marks nobody when its words are not about the address: %j', (words) => {
    expect(at(`${rejected}${words}`)).toBe('soft');
  });
});

describe('a code that says more than the reason does', () => {
  test.each([
    ['5.1.3', '553 https://lists.bl.example/query?ip=192.0.2.7', 'a link to a list of machines'],
    ['5.1.1', '550 refused, see https://www.rbl.example/?q=192.0.2.7', 'a link to a list of machines'],
    ['5.1.2', '550 www.spamlist.example/why', 'a link to a list of machines'],
    ['5.1.0', "5.1.0 - Unknown address error 550-'5.7.1 <x@y.example>... Access denied' (delivery attempts: 0)", 'a quoted reply'],
    ['5.1.2', "5.1.2 - Bad destination host 550-'Access denied'", 'a quoted reply without a code'],
    [
      '5.1.351',
      '550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.7.1 Service refused',
      'a quoted reply',
    ],
    ['5.1.1', "Remote server returned '550 5.7.509 Access denied'", 'a quoted reply'],
    [
      '5.4.4',
      'X-Postfix; Name service error for name=mairie.example type=MX: Malformed or unexpected name server reply',
      'a name server that answers badly',
    ],
    ['5.4.4', 'unable to route: connection timed out', 'no route today'],
    ['5.1.3', '553 sorry, your envelope recipient is in my badrcptto list (#5.7.1)', 'the code that the server itself gave'],
    ['5.1.1', '550 #5.7.1 Access denied', 'the code that the server itself gave'],
    ['4.0.0', 'DNS type mx lookup had no relevant answers', 'no route today'],
  ])('%s, %s: soft, for it is %s', (status, diagnostic) => {
    expect(judge({ status, diagnostic })).toMatchObject({ gravity: 'soft' });
  });

  test('the quoted reply is the status that is told', () => {
    const of = (diagnostic: string) => judge({ status: '5.1.0', diagnostic }).status;
    expect(of("5.1.0 - Unknown address error 550-'5.7.1 Access denied'")).toBe('5.7.1');
    expect(of("5.1.0 - Unknown address error 550-'Unknown user'")).toBe('5.1.0');
  });

  test.each([
    ['5.1.1', '550 5.1.1 User unknown, see https://lists.bl.example/query?ip=192.0.2.7'],
    ['5.1.1', '550 5.1.1 https://support.example/mail/?p=NoSuchUser'],
    ['5.3.0', "5.3.0 - Other mail system problem 550-'Unknown user x@y.example' (delivery attempts: 0)"],
    ['5.1.1', "Remote server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'"],
  ])('%s, %s: hard, for the words or the code say so', (status, diagnostic) => {
    expect(judge({ status, diagnostic })).toMatchObject({ gravity: 'hard', status });
  });
});

describe('what servers write of an address that is not there', () => {
  test.each([
    ['5.1.351', '550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 <x@y.example>: User unknown'],
    ['5.4.4', "Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)"],
    ['', 'No MX found for domain=mairie.example'],
    ['', 'No mx record found for domain=mairie.example'],
    ['5.0.0', "554 delivery error: dd This user doesn't have a courriel.example account (x@courriel.example) [0]"],
    ['', '550 mairie.example (smtp)... 550 Host unknown (Authoritative answer from name server)'],
    ['5.0.0', '550 No user found'],
    ['', 'Cette adresse n’existe pas'],
    ['', "Cette adresse n'existe pas"],
    ['', 'User Prenom Nom (x@mairie.example) not listed in Domino Directory'],
    ['', 'Invalid final delivery userid: x@mairie.example'],
    ['4.0.0', "DNS type 'mx' lookup of mairie.example responded with code NXDOMAIN Domain name not found: mairie.example"],
    ['5.4.4', 'SMTPSEND.DNS.NonExistentDomain; nonexistent domain'],
  ])('%s %s: hard', (status, diagnostic) => {
    expect(judge({ status, diagnostic })).toMatchObject({ gravity: 'hard', status: expect.stringContaining(status) });
  });
});

describe('a server that says it in its text', () => {
  const mailer = 'From: MAILER-DAEMON@mx.example.org\r\n';
  const plain = (subject: string, words: string) => Buffer.from(`${mailer}To: ${to}\r\nSubject: ${subject}\r\n\r\n${words}\r\n`);

  test.each([
    [
      'OpenSMTPD',
      plain('Delivery status notification: error', 'x@mairie.example: 550 5.1.1 https://support.example/?p=NoSuchUser'),
      '5.1.1',
    ],
    ['OpenSMTPD, of a domain', plain('Delivery status notification: error', 'x@mairie.example: Domain does not exist'), ''],
    ['a log', plain('mail failed, returning to sender', '| no valid recipients |\r\n x@mairie.example ... unknown host'), ''],
    ['Domino', plain('DELIVERY FAILURE', 'because:\r\n\r\n  User P Nom (x@mairie.example) not listed in Domino Directory'), ''],
    ['words nobody knows', plain('There was an error sending your mail', 'It responded as follows: [550 5.1.1 User unknown]'), '5.1.1'],
    [
      'a report in the text',
      plain(
        'Failure',
        'Technical report:\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User Unknown',
      ),
      '5.1.1',
    ],
    [
      'Exchange, in French',
      plain('Non remis', 'Votre message n’a pas pu être remis :\r\nx@mairie.example\r\nCette adresse n’existe pas.'),
      '',
    ],
  ])('%s: hard', async (_name, bytes, status) => {
    expect(await said(bytes)).toMatchObject({ kind: 'hard', status });
  });

  test('is heard where its report gives no reason', async () => {
    const silent = (status: string, words: string) =>
      Buffer.from(
        postfix({ to }, { status, diagnostic: 'none' })
          .toString()
          .replace(/Diagnostic-Code: none\r\n/, '')
          .replace("I'm sorry to", `<elue@mairie.example>: ${words}\r\n\r\nI'm sorry to`),
      );
    expect(await said(silent('5.0.0', 'Domain does not exist'))).toMatchObject({ kind: 'hard', status: '5.0.0' });
    expect(await said(silent('5.5.0', 'mail.local: unknown user: elue'))).toMatchObject({ kind: 'hard', status: '5.5.0' });
    expect(await said(silent('5.0.0', '550 Mailbox full, user unavailable'))).toMatchObject({ kind: 'soft' });
    expect(await said(silent('5.0.0', 'mail for the domain loops'))).toMatchObject({ kind: 'soft', diagnostic: '' });
  });

  test('is read whole when its parts are not where its headers say', async () => {
    const broken = postfix({ to, returnedId: 'lost@example.org' }).toString().replace('boundary="9B1A22', 'boundary="0000000');
    expect(await said(Buffer.from(broken))).toMatchObject({ kind: 'hard', status: '5.1.1' });
  });

  test('of several addresses: the gravest counts, each by its own lines', async () => {
    const both = (first: string, second: string) =>
      said(plain('failure notice', `a@mairie.example: ${first}\r\nb@mairie.example: ${second}`));
    expect(await both('552 5.2.2 Mailbox full', '550 5.1.1 User unknown')).toMatchObject({ kind: 'hard', status: '5.1.1' });
    expect(await both('550 5.1.1 User unknown', '552 5.2.2 Mailbox full')).toMatchObject({ kind: 'hard', status: '5.1.1' });
    expect(await both('552 5.2.2 Mailbox full', '550 5.7.1 blocked')).toMatchObject({ kind: 'soft', status: '5.2.2' });
  });

  test('and makes its own sentence of what it was told: one reason', async () => {
    const transcript = '>>> RCPT To:<x@mairie.example>\r\n<<< 550 5.7.1 Blocked\r\n550 5.1.1 <y@mairie.example>... User unknown';
    expect(await said(plain('Returned mail', transcript))).toMatchObject({ kind: 'soft' });
    const refused = '550-5.7.1 <bounces@example.org> Blocked\r\n550 <x@mairie.example>: user unknown to us';
    expect(await said(plain('Returned mail', refused))).toMatchObject({ kind: 'soft' });
  });

  test('but our own mail, sent back for reading, is no word of its', async () => {
    const inline = (words: string) =>
      Buffer.from(
        `${mailer}To: ${to}\r\nSubject: failure\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${words}\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\nMessage-ID: <mail-1@troismains>\r\n\r\nutilisateur inconnu, 550 5.1.1 user unknown\r\n--b--\r\n`,
      );
    expect(await readReturned(inline('retry timeout exceeded'))).toMatchObject({
      returnedId: 'mail-1@troismains',
      reading: { is: 'not-understood' },
    });
  });
});

describe('a server’s own message', () => {
  test.each([
    'From: MAILER-DAEMON@mx.example.org',
    'From: postmaster@mairie.example',
    'From: Mail Delivery System <systeme@mairie.example>',
    'From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mairie.example',
    'From: systeme@mairie.example\r\nX-Failed-Recipients: elue@mairie.example',
    'From: systeme@mairie.example\r\nX-MS-Exchange-Message-Is-Ndr:',
    'From: systeme@mairie.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b',
  ])('is never an absence, at worst it is not understood: %s', async (from) => {
    for (const header of [
      'Auto-Submitted: auto-replied',
      'Auto-Submitted: auto-generated',
      'Precedence: bulk',
      'X-Auto-Response-Suppress: All',
    ])
      expect(await said(Buffer.from(`${from}\r\n${header}\r\nTo: ${to}\r\nSubject: Message\r\n\r\nretry timeout exceeded\r\n`))).toEqual({
        is: 'not-understood',
      });
  });

  const mdn = (from: string, disposition: string) =>
    Buffer.from(
      `Return-Path: <>\r\nFrom: ${from}\r\nTo: ${to}\r\nSubject: Automatically rejected mail\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\nYour message was automatically rejected.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; elue@mairie.example\r\nDisposition: ${disposition}\r\n--b--\r\n`,
    );
  test('nor is a filter’s refusal a receipt, as long as a person’s is', async () => {
    const automatic = 'automatic-action/MDN-sent-automatically';
    expect(await said(mdn('elue@mairie.example', `${automatic}; deleted`))).toEqual({ is: 'not-understood' });
    expect(await said(mdn('MAILER-DAEMON@mairie.example', `${automatic}; processed`))).toEqual({ is: 'not-understood' });
    expect(await said(mdn('elue@mairie.example', 'manual-action/MDN-sent-manually; displayed'))).toEqual({
      is: 'ignored',
      why: 'read-receipt',
    });
  });

  test('an absence of Exchange, which names no answer, is still one', async () => {
    const away = `Return-Path: <>\r\nX-Auto-Response-Suppress: All\r\n${vacation({ to })
      .toString()
      .replace(/Auto-Submitted: .*\r\n/, '')}`;
    expect(await said(Buffer.from(away))).toEqual({ is: 'ignored', why: 'auto-reply' });
  });
});

describe('a complaint', () => {
  test.each([
    ['a report (RFC 5965)', complaint({ to })],
    [
      'Outlook.com',
      `From: staff@courriel.example\r\nTo: ${to}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\nX-HmXmrOriginalRecipient: x@courriel.example\r\nMessage-ID: <mail-1@troismains>\r\n\r\nBonjour\r\n--b--\r\n`,
    ],
    ['iCloud', `From: x@courriel.example\r\nTo: ${to}\r\nAuto-Submitted: auto-replied\r\nX-Apple-Unsubscribe: true\r\n\r\nUnsubscribe\r\n`],
    ['Amazon SES', `From: no-reply@sns.example\r\nTo: ${to}\r\n\r\n{"notificationType":"Complaint","complaint":{}}\r\n`],
  ])('is told as one: %s', async (_name, message) => {
    expect(await said(Buffer.from(message))).toEqual({ is: 'feedback' });
  });
});
