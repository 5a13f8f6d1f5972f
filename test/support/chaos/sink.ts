import { createServer, type Socket } from 'node:net';

/** What goes wrong with one mail: at which moment, and how. At `.` the message is whole: `taken` servers keep it, and die before saying so. */
export interface SmtpFault {
  moment: 'MAIL FROM' | 'RCPT TO' | 'DATA' | 'body' | '.' | 'taken';
  act: '451' | '550' | 'close' | 'reset' | 'stall';
}

/** One copy of a mail that the server took upon itself. */
export interface Copy {
  /** In the order of taking, from 1. */
  n: number;
  messageId: string;
  to: string;
  /** Business instant, epoch ms. */
  at: number;
  text: string;
}

/** A mail that the server refused for good. `from`: its envelope's sender, which names it. */
export interface Refused {
  from: string;
  moment: SmtpFault['moment'];
}

/** A mail server that keeps what it takes, and fails as it is told. What it kept is the truth that the outbox is held against. */
export interface Sink {
  url: string;
  copies: readonly Copy[];
  refused: readonly Refused[];
  close(): Promise<void>;
}

/** What a sink is told for the time of one seed. */
export interface SinkOrders {
  /** What is to go wrong with the nth mail begun, from 1. */
  faultOf(n: number): SmtpFault | undefined;
  /** Hears of what did: a moment that is not reached does not fail. */
  failed(fault: SmtpFault, n: number): void;
  /** Business instant, epoch ms. */
  now(): number;
  /** Hears of a copy when it is taken, before the sender does. */
  taken(copy: Copy): void;
}

/** Opens a sink on a free port of loopback. Bare TCP: faults are exact, and nothing waits that was not told to. */
export async function openSink({ faultOf, failed, now, taken }: SinkOrders): Promise<Sink> {
  const copies: Copy[] = [];
  const refusals: Refused[] = [];
  const sockets = new Set<Socket>();
  let begun = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    let body: string[] | undefined;
    let from = '';
    let to = '';
    let fault: SmtpFault | undefined;
    let n = 0;
    /** The mail that was begun has no sender or no recipient: what a client sent along is refused too. */
    let refused = false;
    let mute = false;
    const fails = (moment: SmtpFault['moment']): boolean => {
      if (fault?.moment !== moment) return false;
      const { act } = fault;
      failed(fault, n);
      if (act === '550') refusals.push({ from, moment });
      if (act === '451' || act === '550') socket.write(act === '451' ? '451 4.3.0 later\r\n' : '550 5.1.1 no such mailbox\r\n');
      else {
        mute = true;
        if (act === 'close') socket.end();
        else if (act === 'reset') socket.resetAndDestroy();
      }
      fault = undefined;
      return true;
    };
    const say = (line: string) => socket.write(`${line}\r\n`);
    const command = (line: string) => {
      const verb = line.slice(0, 9).toUpperCase();
      if (verb.startsWith('EHLO')) say('250-chaos\r\n250 PIPELINING');
      else if (verb === 'MAIL FROM') {
        n = ++begun;
        from = line.replace(/^[^<]*<([^>]*)>.*$/, '$1');
        fault = faultOf(n);
        refused = fails('MAIL FROM');
        if (!refused) say('250 ok');
      } else if (verb.startsWith('RCPT TO')) {
        to = line.replace(/^.*<(.*)>.*$/, '$1');
        if (refused) say('503 5.5.1 MAIL first');
        else if (fails('RCPT TO')) refused = true;
        else say('250 ok');
      } else if (verb.startsWith('DATA')) {
        if (refused) return void say('503 5.5.1 nobody to send it to');
        if (fails('DATA')) return;
        body = [];
        say('354 go on');
      } else if (verb.startsWith('QUIT')) socket.end('221 bye\r\n');
      else say('250 ok');
    };
    const whole = (lines: string[]) => {
      if (fails('.')) return;
      const text = Buffer.from(lines.join('\r\n'), 'latin1').toString('utf8');
      const messageId = /^message-id:\s*<([^>]+)>/im.exec(text)?.[1] ?? '';
      const copy = { n: copies.length + 1, messageId, to, at: now(), text };
      copies.push(copy);
      taken(copy);
      if (!fails('taken')) say('250 2.0.0 kept');
    };
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end !== -1 && !mute; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (body === undefined) command(line);
        else if (line === '.') {
          const lines = body;
          body = undefined;
          whole(lines);
        } else {
          body.push(line.replace(/^\./, ''));
          if (body.length === 8) fails('body');
        }
      }
    });
    say('220 chaos');
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    copies,
    refused: refusals,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
