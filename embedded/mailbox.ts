import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, startPart, tail, until } from './processes.js';
import { keptSecret, privateFolder } from './secrets.js';

/** A running mailbox: takes every mail over SMTP, sends none on, and shows them on a page, at an address that holds a secret (`url`, without final slash). */
export type Mailbox = { part: Part; url: string; smtpUrl: string };

/** Starts the mailbox on loopback; mails are kept under the data folder, so that a second start shows them again. */
export async function startMailbox(options: {
  dataDir: string;
  port: number;
  smtpPort: number;
  /** Takes charge of the process as soon as there is one. */
  adopt(part: Part): Promise<void>;
}): Promise<Mailbox> {
  const { dataDir, port, smtpPort, adopt } = options;
  const mails = await privateFolder(join(dataDir, 'mails'));
  const program = fileURLToPath(new URL('./mailbox-process.mjs', import.meta.url));
  const secret = await keptSecret(dataDir, 'mailbox-secret', 16);
  const part = await startPart({
    name: 'Mailbox',
    command: process.execPath,
    args: [program, String(port), String(smtpPort), mails, join(dataDir, 'mailbox-secret')],
    cwd: mails,
    logFile: join(dataDir, 'logs', 'mailbox.log'),
    graceMs: 5_000,
  });
  await adopt(part);
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const url = `http://127.0.0.1:${port}/${secret}`;
  const late = () => new Error(`the mailbox does not answer:\n${tail(part.logFile)}`);
  const answers = async () => {
    if (ended) throw late();
    return (
      (await greets(smtpPort)) &&
      (await fetch(`${url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      ))
    );
  };
  await until(30_000, answers, late);
  return { part, url, smtpUrl: `smtp://127.0.0.1:${smtpPort}` };
}

/** Whether an SMTP server greets on that port; one that hangs up without a word does not. */
export function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const close = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => close(false));
    for (const end of ['error', 'close']) socket.once(end, () => close(false));
    socket.once('data', (greeting) => close(greeting.toString().startsWith('220')));
  });
}
