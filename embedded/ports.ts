import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { z } from 'zod';

/** The ports tried first, for a real data folder; an ephemeral stack takes any free one. See docs/operations.md. */
export const DEFAULT_PORTS = { console: 8080, temporal: 7233, temporalUi: 8233, postgres: 15432, mailbox: 1080, smtp: 1025 } as const;

/** A port that somebody connects to. */
export type PortName = keyof typeof DEFAULT_PORTS;

/** Holds a port on loopback until closed; undefined when it is in use. Port 0 takes any free one. */
function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

const portOf = (server: Server) => {
  const address = server.address();
  return address && typeof address === 'object' ? address.port : 0;
};

/**
 * For each wish (a port, or 0 for any) a port free on loopback now, no two the same: the wish itself or, when it is in use, another.
 * All are held together and let go together, so that the window in which someone else could take one is a moment.
 */
export async function freePorts(wishes: number[]): Promise<number[]> {
  const held: Server[] = [];
  try {
    for (const wish of wishes) {
      const server = (await hold(wish)) ?? (await hold(0));
      if (!server) throw new Error('no free port on 127.0.0.1');
      held.push(server);
    }
    return held.map(portOf);
  } finally {
    await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  }
}

/** Ports of one stack: those people connect to, and those the Temporal server keeps to itself. */
export type StackPorts = Record<Exclude<PortName, 'console'>, number> & { http: number; internal: number[] };

/**
 * Chooses the ports of a stack. An ephemeral one takes any that is free, another tries what is wished for (the defaults otherwise);
 * `taken` hears of every wish that could not be had. The Temporal server's own ports are noted in `memory` and wished for again: a server
 * that starts within twenty seconds of its last stop still looks for itself where it was, and waits half a minute when it moved.
 */
export async function choosePorts(options: {
  ephemeral: boolean;
  wishes?: Partial<Record<PortName, number>>;
  internal: number;
  memory: string;
  taken(name: PortName, wish: number, got: number): void;
}): Promise<StackPorts> {
  const { ephemeral, wishes = {}, internal, memory, taken } = options;
  const names = ['temporal', 'temporalUi', 'postgres', 'mailbox', 'smtp'] as const;
  const wished = names.map((name) => wishes[name] ?? (ephemeral ? 0 : DEFAULT_PORTS[name]));
  const remembered = await readFile(memory, 'utf8')
    .then((text) => z.array(z.number()).length(internal).parse(JSON.parse(text)))
    .catch(() => Array<number>(internal).fill(0));
  const got = await freePorts([...wished, 0, ...remembered]);
  await writeFile(memory, JSON.stringify(got.slice(names.length + 1)), { mode: 0o600 });
  const port = (place: number) => got[place] ?? 0;
  for (const [place, name] of names.entries()) {
    const wish = wished[place] ?? 0;
    if (wish !== 0 && wish !== port(place)) taken(name, wish, port(place));
  }
  const [temporal, temporalUi, postgres, mailbox, smtp, http] = [0, 1, 2, 3, 4, 5].map(port) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { temporal, temporalUi, postgres, mailbox, smtp, http, internal: got.slice(6) };
}

/** One port: the wish (0 for any) or, when it is in use, another that `taken` hears of. */
export async function choosePort(wish: number, taken: (got: number) => void): Promise<number> {
  const [got = 0] = await freePorts([wish]);
  if (wish !== 0 && got !== wish) taken(got);
  return got;
}
