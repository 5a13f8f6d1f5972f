import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Ready } from '../../embedded/up.js';

/** The whole stack with its demonstration, in processes of its own, as `npm start` runs it. */
export interface RunningStack extends Ready {
  child: ChildProcess;
  /** Asks it to stop, as Ctrl-C does, and waits; the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `troismains up --demo --ephemeral` and waits until it serves. */
export async function startDemonstrationStack(): Promise<RunningStack> {
  const script = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
  const { TEMPORAL_ADDRESS: _own, DATABASE_URL: _base, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [script, 'up', '--demo', '--ephemeral', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    exited.then(() => Promise.reject(new Error(said.join('\n')))),
  ]);
  const ready: Ready = JSON.parse(line);
  return {
    ...ready,
    child,
    stop: () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}

/** A mail as the mailbox keeps it. */
export interface KeptMail {
  id: string;
  subject: string;
  text: string;
  to: { address: string }[];
}

/** The mails in a mailbox, oldest first. */
export const mailsIn = async (mailbox: string): Promise<KeptMail[]> => (await fetch(`${mailbox}/email`)).json() as Promise<KeptMail[]>;

/** The personal link in a mail. */
export function linkIn(mail: KeptMail): string {
  const link = /https?:\/\/\S+\/a\/[\w-]+\/[\w-]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`no link in "${mail.subject}"`);
  return link;
}

/** A page opened from a link, as a browser without scripts does: the cookie is kept, the redirection followed, the form posted from the page. */
export async function openLink(link: string) {
  const first = await fetch(link, { redirect: 'manual' });
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const page = await fetch(new URL(first.headers.get('location') ?? '', link).href, { headers: { cookie } });
  const address = page.url;
  return {
    status: page.status,
    html: await page.text(),
    /** A page under this one. */
    read: async (path: string) => (await fetch(`${address}/${path}`, { headers: { cookie } })).text(),
    post: (fields: Record<string, string>) =>
      fetch(address, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, origin: new URL(link).origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields),
      }),
  };
}
