import { afterEach, describe, expect, test } from '@jest/globals';
import { captureTransport, openTransport, type SendResult, type Transport, type TransportOptions } from '../../mail/transport.js';
import { type Act, scriptedSmtp, type When } from '../support/smtp.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const bytes = Buffer.from('Message-ID: <m@x.example>\r\nSubject: essai\r\n\r\nBonjour\r\n.point seul en tête\r\n');
const mail = { from: 'from@x.example', to: 'to@x.example', bytes };

/** How long a server may be silent, where one is: elsewhere a slow machine is not taken for one. */
const whenSilent = (act: Act) => (act === 'SILENCE' ? { silenceTimeoutMs: 2000, connectTimeoutMs: 2000 } : {});

type Script = NonNullable<Parameters<typeof scriptedSmtp>[0]>;

async function rig(script?: Script, { extensions = [] as string[], limits = {} as TransportOptions, user = '' } = {}) {
  const server = await scriptedSmtp(script, { extensions });
  closers.push(server.close);
  const transport = openTransport(user === '' ? server.url : server.url.replace('//', `//${user}@`), limits);
  closers.push(() => transport.close());
  return { server, transport };
}

const at =
  (when: When, act: Act): Script =>
  (moment) =>
    moment.when === when ? act : undefined;

describe.each([{ extensions: [] }, { extensions: ['PIPELINING', 'SIZE 1000000', '8BITMIME'] }])(
  'a server that offers $extensions',
  ({ extensions }) => {
    test('takes a mail byte for byte, and says so', async () => {
      const { server, transport } = await rig(undefined, { extensions });
      expect(await transport.send(mail)).toEqual({ state: 'accepted', response: '250 taken' });
      expect(Buffer.from(server.seen.messages[0] ?? '', 'latin1').equals(bytes)).toBe(true);
    });

    // evidence.md, "SMTP fault": the message was taken, or may have been
    test.each<[string, Act]>([
      ['FIN after the final dot', 'FIN'],
      ['RST after the final dot', 'RST'],
      ['silence after the final dot', 'SILENCE'],
    ])('%s: uncertain, since the server has the message', async (_name, act) => {
      const { server, transport } = await rig(at('.', act), { extensions, limits: whenSilent(act) });
      expect((await transport.send(mail)).state).toBe('uncertain');
      expect(server.seen.messages).toHaveLength(1);
    });

    test.each<[string, Act, number]>([
      ['451 after the final dot', '451 try later', 451],
      ['421 after the final dot', '421 closing', 421],
    ])('%s: refused for now', async (_name, act, code) => {
      const { transport } = await rig(at('.', act), { extensions });
      expect(await transport.send(mail)).toMatchObject({ state: 'refused', permanent: false, code });
    });

    test.each<[string, When, Act]>([
      ['FIN at MAIL FROM', 'MAIL FROM', 'FIN'],
      ['RST at MAIL FROM', 'MAIL FROM', 'RST'],
      ['silence at MAIL FROM', 'MAIL FROM', 'SILENCE'],
      ['FIN at RCPT TO', 'RCPT TO', 'FIN'],
      ['FIN before the greeting', 'greeting', 'FIN'],
      ['silence before the greeting', 'greeting', 'SILENCE'],
      ['FIN at EHLO', 'EHLO', 'FIN'],
    ])('%s: not taken, so it may leave again', async (_name, when, act) => {
      const { server, transport } = await rig(at(when, act), { extensions, limits: whenSilent(act) });
      expect((await transport.send(mail)).state).toBe('not-taken');
      expect(server.seen.messages).toEqual([]);
    });

    test.each<[string, When, string, boolean]>([
      ['550 at RCPT TO', 'RCPT TO', '550 no such mailbox', true],
      ['450 at RCPT TO (greylisting)', 'RCPT TO', '450 come back', false],
      ['550 at MAIL FROM', 'MAIL FROM', '550 sender refused', true],
      ['554 after the final dot', '.', '554 looks like spam', true],
      ['552 at DATA', 'DATA', '552 too big', true],
      ['421 at MAIL FROM', 'MAIL FROM', '421 closing', false],
    ])('%s: refused, for ever or for now by its code', async (_name, when, act, permanent) => {
      const { transport } = await rig(at(when, act), { extensions });
      expect(await transport.send(mail)).toMatchObject({ state: 'refused', permanent, code: Number(act.slice(0, 3)) });
    });
  },
);

describe('a server that refuses us, not the mail', () => {
  test('421 or 554 as a greeting: refused, never for ever', async () => {
    for (const greeting of ['421 too busy', '554 not today']) {
      const { transport } = await rig(at('greeting', greeting));
      expect(await transport.send(mail)).toMatchObject({ state: 'refused', permanent: false });
    }
  });

  test('a wrong password loses no mail', async () => {
    const { transport } = await rig(at('AUTH', '535 wrong password'), { extensions: ['AUTH PLAIN'], user: 'user:pass' });
    expect(await transport.send(mail)).toMatchObject({ state: 'refused', permanent: false, code: 535 });
  });

  test('a server elsewhere without TLS gets no password, unless the installation says so', async () => {
    const { server } = await rig(undefined, { extensions: ['AUTH PLAIN'] });
    const elsewhere = server.url.replace('//127.0.0.1', '//user:pass@0.0.0.0'); // this machine, by a name that does not say so
    const sent = async (url: string) => {
      const transport = openTransport(url);
      closers.push(() => transport.close());
      return (await transport.send(mail)).state;
    };
    expect(await sent(elsewhere)).not.toBe('accepted');
    expect(server.seen.commands.filter((command) => command.startsWith('AUTH'))).toEqual([]);
    expect(await sent(`${elsewhere}?requireTLS=false`)).toBe('accepted');
  });

  test('a closed port: not taken', async () => {
    const { server, transport } = await rig();
    await server.close();
    expect((await transport.send(mail)).state).toBe('not-taken');
  });

  test('a name that does not exist: not taken', async () => {
    const transport = openTransport('smtp://nowhere.invalid:25');
    closers.push(() => transport.close());
    expect((await transport.send(mail)).state).toBe('not-taken');
  });
});

describe('a pool', () => {
  const numbered = (n: number) => ({ ...mail, to: `p${n}@x.example` });
  const sendAll = (transport: Transport, count: number): Promise<SendResult[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => transport.send(numbered(n))));

  test('says of each mail what became of that one, however connections die around it', async () => {
    const fates: Record<number, { when: When; act: Act; state: SendResult['state'] }> = {
      1: { when: '.', act: 'FIN', state: 'uncertain' },
      2: { when: 'RCPT TO', act: 'FIN', state: 'not-taken' },
      3: { when: 'RCPT TO', act: '550 no', state: 'refused' },
      4: { when: '.', act: 'RST', state: 'uncertain' },
      0: { when: '.', act: '451 later', state: 'refused' },
    };
    const fateOf = (n: number) => (n < 60 ? fates[n % 6] : undefined);
    const { server, transport } = await rig(({ when, to }) => {
      const fate = fateOf(Number(to.replace(/\D/g, '')));
      return to !== '' && fate?.when === when ? fate.act : undefined;
    });
    const results = await sendAll(transport, 120);
    expect(results.map(({ state }) => state)).toEqual(results.map((_, n) => fateOf(n)?.state ?? 'accepted'));
    expect(server.seen.messages.length).toBe(60 + 10 + 10 + 10 + 10);
  });

  test('keeps its connections: a thousand mails need five', async () => {
    const { server, transport } = await rig();
    const results = await sendAll(transport, 1000);
    expect(new Set(results.map(({ state }) => state))).toEqual(new Set(['accepted']));
    expect(server.seen.connections).toBe(5);
  });

  test('sends nothing twice by itself', async () => {
    const { server, transport } = await rig(({ when, mail: n }) => (when === 'MAIL FROM' && n === 1 ? 'FIN' : undefined), {
      limits: { maxConnections: 1 },
    });
    expect((await transport.send(mail)).state).toBe('accepted');
    expect((await transport.send(mail)).state).toBe('not-taken');
    expect((await transport.send(mail)).state).toBe('accepted');
    expect(server.seen.messages).toHaveLength(2);
  });

  test('lets what is being sent finish when it closes, and says that the rest has not left', async () => {
    const { transport } = await rig(undefined, { limits: { maxConnections: 1 } });
    const both = [transport.send(mail), transport.send(mail)];
    await new Promise((resolve) => setTimeout(resolve, 0));
    transport.close();
    const states = (await Promise.all(both)).map(({ state }) => state);
    expect(states.every((state) => state === 'accepted' || state === 'not-taken')).toBe(true);
    expect((await transport.send(mail)).state).toBe('not-taken');
  });
});

describe('an envelope', () => {
  test.each(['a@x.example, b@x.example', 'a@x.example\r\nRCPT TO:<b@x.example>', '"x" <a@x.example>', 'nobody', ''])(
    'has one recipient, never %j',
    async (to) => {
      const { server, transport } = await rig();
      expect(await transport.send({ ...mail, to })).toMatchObject({ state: 'refused', permanent: true });
      expect(server.seen.commands).toEqual([]);
    },
  );
});

describe('the transport of a rehearsal', () => {
  test('keeps every mail in order, and reaches nobody', async () => {
    const transport = captureTransport();
    await transport.send(mail);
    await transport.send({ ...mail, to: 'second@x.example' });
    expect(transport.sent.map(({ to }) => to)).toEqual(['to@x.example', 'second@x.example']);
    expect(transport.sent[0]?.bytes.equals(bytes)).toBe(true);
  });
});

describe('an address of other letters', () => {
  const commandsFor = async (to: string, extensions: string[] = []) => {
    const { server, transport } = await rig(undefined, { extensions });
    const result = await transport.send({ ...mail, to });
    return { result, rcpt: server.seen.commands.filter((line) => /^(RCPT|MAIL)/.test(line)) };
  };

  test('after the @ is sent as its A-label', async () => {
    const { result, rcpt } = await commandsFor('x@collectivité.example');
    expect(result.state).toBe('accepted');
    expect(rcpt.at(-1)).toBe('RCPT TO:<x@xn--collectivit-lbb.example>');
  });

  test('before the @ needs a server that takes them; without one it is refused for good, and the next mail leaves', async () => {
    expect((await commandsFor('élodie@x.example')).result).toMatchObject({
      state: 'refused',
      permanent: true,
      code: 553,
      command: 'RCPT TO',
    });
    const { result, rcpt } = await commandsFor('élodie@x.example', ['SMTPUTF8', '8BITMIME']);
    expect([result.state, rcpt[0]]).toEqual(['accepted', expect.stringContaining('SMTPUTF8')]);
    const { server, transport } = await rig();
    expect((await transport.send({ ...mail, to: 'élodie@x.example' })).state).toBe('refused');
    expect((await transport.send(mail)).state).toBe('accepted');
    expect(server.seen.connections).toBe(1);
  });
});
