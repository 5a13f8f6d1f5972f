import { createServer, type Socket } from 'node:net';

/** What a scripted server does at one moment: a reply, or an end of its own. */
export type Act = string | 'FIN' | 'RST' | 'SILENCE';
/** The moments of a session at which a script may speak up. `message` is its first line, `.` the final dot. */
export type When = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL FROM' | 'RCPT TO' | 'DATA' | 'message' | '.';

/** What the server saw. */
export interface Seen {
  /** Commands in order, over all connections. */
  commands: string[];
  /** Messages whose final dot arrived. */
  messages: string[];
  connections: number;
}

const usual: Record<When, string> = {
  greeting: '220 test',
  EHLO: '250 test',
  AUTH: '235 welcome',
  'MAIL FROM': '250 ok',
  'RCPT TO': '250 ok',
  DATA: '354 go on',
  message: '', // nothing is said there
  '.': '250 taken',
};

/**
 * An SMTP server that does what it is told: bare TCP, so that faults are exact and nothing sleeps.
 * @param script what to do at a moment, for the nth mail (from 0) and its recipient; undefined: the usual reply
 */
export async function scriptedSmtp(
  script: (moment: { when: When; mail: number; to: string }) => Act | undefined = () => undefined,
  { extensions = [] as string[] } = {},
): Promise<{ url: string; seen: Seen; close(): Promise<void> }> {
  const seen: Seen = { commands: [], messages: [], connections: 0 };
  const sockets = new Set<Socket>();
  let mails = -1;
  const server = createServer((socket) => {
    seen.connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    let body: string | undefined;
    let mail = 0;
    let to = '';
    // replies come in order: a server that has hung up or fallen silent says nothing to what was sent along
    let over = false;
    const act = (when: When) => {
      if (over) return 'SILENCE';
      const act = script({ when, mail, to }) ?? (when === 'EHLO' ? ehlo(extensions) : usual[when]);
      if (act === '') return act;
      if (act === 'FIN') socket.end();
      else if (act === 'RST') socket.resetAndDestroy();
      else if (act !== 'SILENCE') socket.write(`${act}\r\n`);
      over = act === 'FIN' || act === 'RST' || act === 'SILENCE';
      return act;
    };
    const command = (line: string) => {
      seen.commands.push(line);
      if (/^EHLO|^HELO/i.test(line)) act('EHLO');
      else if (/^AUTH/i.test(line)) act('AUTH');
      else if (/^MAIL FROM/i.test(line)) {
        mail = ++mails;
        act('MAIL FROM');
      } else if (/^RCPT TO/i.test(line)) {
        to = line.replace(/^.*<(.*)>.*$/, '$1');
        act('RCPT TO');
      } else if (/^DATA/i.test(line)) {
        if (act('DATA').startsWith('354')) body = '';
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    };
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (body === undefined) command(line);
        else if (over) continue;
        else if (line === '.') {
          seen.messages.push(body);
          body = undefined;
          act('.');
        } else if (body !== '' || act('message') === '') body += `${line.replace(/^\./, '')}\r\n`;
      }
    });
    act('greeting');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function ehlo(extensions: readonly string[]): string {
  const lines = ['test', ...extensions];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
}
