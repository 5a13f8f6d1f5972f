import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { authorOf } from '../../mail/author.js';
import { type Envelope, toBytes } from '../../mail/mime.js';
import { render } from '../../mail/render.js';
import { link, mailOf, opened, viewOf } from '../support/mail-views.js';

const rendered = render(mailOf([{ view: viewOf('approve', { step: 'roadmap-approval' }), rung: 'opening', link }]));
const envelope: Envelope = {
  rendered,
  from: { name: "Val d'Oise, expérimentations", address: 'ne-pas-repondre@valdoise.example' },
  to: { name: 'Direction générale', address: 'dg@valdoise.example' },
  messageId: '<0a1b2c@valdoise.example>',
  date: opened,
  thread: { references: ['<first@valdoise.example>', '<second@valdoise.example>'] },
  replyTo: 'labo@valdoise.example',
  listId: '<val-d-oise-2023.troismains.example>',
};

describe('whom a mail is from', () => {
  const content = mailOf([{ view: viewOf('approve'), rung: 'opening', link }]);
  const from = async (territory: string, locale: 'fr' | 'en' = 'fr', mailFrom = 'Trois Mains <ne-pas-repondre@valdoise.example>') => {
    const reader = { ...content.reader, locale };
    const mail = await simpleParser(
      toBytes({ ...envelope, from: authorOf({ edition: { ...content.edition, territory }, reader }, mailFrom) }),
    );
    expect([...mail.headers.keys()].filter((name) => /^(x-bad|bcc)$/.test(name))).toEqual([]);
    return mail.from?.value.map(({ name, address }) => [name, address]);
  };
  const address = 'ne-pas-repondre@valdoise.example';

  test('is the authority, in the language of its reader, at the address of the installation', async () => {
    expect(await from("Département du Val d'Oise")).toEqual([["Département du Val d'Oise – Expérimentations", address]]);
    expect(await from("Département du Val d'Oise", 'en')).toEqual([["Département du Val d'Oise – Experimentations", address]]);
    expect(await from('Ville', 'fr', address)).toEqual([['Ville – Expérimentations', address]]);
    expect(await from('Ville', 'fr', `"Sous <x@y.example>" <${address}>`)).toEqual([['Ville – Expérimentations', address]]);
  });

  test.each(['Ville, dite "la Belle" <x@y.example>', 'Ville\r\nBcc: x@y.example', '=?utf-8?Q?x?= ; a@b.example', 'Ville (58)'])(
    'is one mailbox, whatever the authority is called: %j',
    async (territory) => {
      expect(await from(territory)).toEqual([[`${territory.replace('\r\n', ' ')} – Expérimentations`, address]]);
    },
  );

  test('is shortened where the authority has a very long name', async () => {
    const [[name = ''] = []] = (await from('Communauté d’agglomération '.repeat(20))) ?? [];
    expect(name.length).toBeLessThan(130);
    expect(name).toMatch(/… – Expérimentations$/);
  });

  test('is said in the last line too: with whose software, and whom to write to', () => {
    for (const [locale, words] of [
      ['fr', 'envoyé avec Trois Mains'],
      ['en', 'sent with Trois Mains'],
    ] as const) {
      const { text, html } = render(mailOf([{ view: viewOf('approve', { locale }), rung: 'opening', link }], locale));
      for (const body of [text, html]) expect(body).toContain(`${content.edition.contact.email} · ${words}`);
    }
  });
});

describe('the bytes of a mail', () => {
  test('carry both parts, as they were rendered', async () => {
    const bytes = await toBytes(envelope);
    const mail = await simpleParser(bytes, { skipTextToHtml: true });
    expect(mail.text?.trim()).toBe(rendered.text.trim());
    expect(String(mail.html).replaceAll('\r\n', '\n').trim()).toBe(rendered.html.trim());
    expect(mail.subject).toBe(rendered.subject);
    expect(mail.attachments).toEqual([]);
    expect(
      String(
        mail.headers.get('content-type') instanceof Object && 'value' in Object(mail.headers.get('content-type'))
          ? Object(mail.headers.get('content-type')).value
          : '',
      ),
    ).toBe('multipart/alternative');
  });

  test('say that a machine sent them, in which language, to which thread they belong, and who to answer', async () => {
    const mail = await simpleParser(await toBytes(envelope));
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.headers.get('content-language')).toBe('fr');
    expect(mail.messageId).toBe('<0a1b2c@valdoise.example>');
    expect(mail.references).toEqual(['<first@valdoise.example>', '<second@valdoise.example>']);
    expect(mail.inReplyTo).toBe('<second@valdoise.example>');
    expect(mail.replyTo?.text).toBe('labo@valdoise.example');
    expect(mail.date?.getTime()).toBe(opened);
    expect(mail.from?.value).toEqual([envelope.from]);
    expect((await toBytes(envelope)).toString()).toMatch(/^List-Id: <val-d-oise-2023\.troismains\.example>\r$/im);
  });

  test('are the same for the same input, byte for byte, and differ by message', async () => {
    const first = await toBytes(envelope);
    expect((await toBytes(envelope)).equals(first)).toBe(true);
    expect((await toBytes({ ...envelope, messageId: '<other@valdoise.example>' })).equals(first)).toBe(false);
  });

  test('are ASCII in lines that every server takes', async () => {
    const bytes = (await toBytes(envelope)).toString('latin1');
    expect(bytes).not.toMatch(/[^\x20-\x7e\r\n\t]/);
    expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  test('have one recipient and no foreign header, whatever the names and ids hold', async () => {
    const mail = await simpleParser(
      await toBytes({
        ...envelope,
        to: { name: 'Nom\r\nBcc: x@example.org, "y" <y@example.org>', address: 'dg@valdoise.example' },
        rendered: { ...rendered, subject: 'Sujet\r\nX-Bad: 1\r\n\r\nbody' },
        thread: { references: ['<a@b.example>\r\nX-Bad: 2'] },
        listId: '<l.example>\r\nX-Bad: 3',
      }),
    );
    expect(
      [mail.to]
        .flat()
        .flatMap((one) => one?.value ?? [])
        .map(({ address }) => address),
    ).toEqual(['dg@valdoise.example']);
    expect(mail.headers.has('x-bad')).toBe(false);
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.subject).toBe('Sujet X-Bad: 1 body');
  });

  test.each([
    '=?utf-8?B?4oCuYWJj?=',
    'Projet =?utf-8?B?4oCuYWJj?= et autres',
    '=?utf-8?Q?=E2=80=AEabc?=',
    `${'un titre bien long '.repeat(5)}=?utf-8?Q?a?= =?utf-8?Q?b?=`,
    'Élan =?utf-8?B?4oCuYWJj?=',
  ])('show a title as it was typed, not what it encodes: %s', async (title) => {
    const bytes = toBytes({ ...envelope, rendered: { ...rendered, subject: title }, listId: title, headers: { 'X-Title': title } });
    expect(bytes.toString()).not.toContain('=?utf-8?'); // ours are written in capitals
    expect((await simpleParser(bytes)).subject).toBe(title);
  });

  test('carry one invitation inside and as a file, several as files with a name each', async () => {
    const ics = (uid: string) => `BEGIN:VCALENDAR\r\nUID:${uid}\r\nEND:VCALENDAR\r\n`;
    const parts = async (...uids: string[]) =>
      (
        await simpleParser(toBytes({ ...envelope, invitations: uids.map((uid) => ({ method: 'REQUEST', content: ics(uid) })) }))
      ).attachments.map(({ contentType, filename, content }) => [contentType, filename, content.toString().includes(ics('b'))]);
    expect(await parts('b')).toEqual([
      ['text/calendar', undefined, true],
      ['application/ics', 'invitation.ics', true],
    ]);
    expect(await parts('a', 'b')).toEqual([
      ['application/ics', 'invitation.ics', false],
      ['application/ics', 'invitation-2.ics', true],
    ]);
  });

  test('name English as the language of an English mail', async () => {
    const english = render(mailOf([{ view: viewOf('seat', { locale: 'en' }), rung: 'opening', link }], 'en'));
    expect((await simpleParser(await toBytes({ ...envelope, rendered: english }))).headers.get('content-language')).toBe('en');
  });
});
