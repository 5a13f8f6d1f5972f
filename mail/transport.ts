import { onTheWire } from '../domain/address.js';
import { type Connection, openConnection, type Server, serverAt } from './connection.js';
import { dkimSigner } from './dkim.js';
import type { DkimKey } from './dkim-key.js';
import type { SendResult } from './failures.js';
import { openLanes } from './lanes.js';

export type { SendResult } from './failures.js';

/** A mail as it leaves: plain addresses for the envelope, and the bytes. */
export interface Outgoing {
  from: string;
  to: string;
  bytes: Buffer;
  /** Asks the server for a report when the mail cannot be delivered or is late (RFC 3461), if it offers to; `id` comes back in the report. */
  dsn?: { id: string };
}

/** Where mail goes. `send` never rejects: what happened is its result. */
export interface Transport {
  send(mail: Outgoing): Promise<SendResult>;
  /** Lets what is being sent finish, and closes the connections. */
  close(): void;
}

/** How long to wait for a server, in milliseconds, how many connections to hold, and what to sign with. */
export interface TransportOptions {
  maxConnections?: number;
  connectTimeoutMs?: number;
  /** Silence after which a connection is given up: time for a server to scan a message. */
  silenceTimeoutMs?: number;
  /** Signs what leaves. */
  dkim?: DkimKey;
}

// one mailbox, nothing that an address parser could read as two
const mailbox = /^[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+$/u;

const notAMailbox: SendResult = {
  state: 'refused',
  permanent: true,
  code: 553,
  message: '553 not the address of one mailbox',
  command: 'RCPT TO',
};

/**
 * Mail over SMTP, on connections that are kept while there is mail. Nothing is retried here: only the outbox knows what may leave twice.
 * Not nodemailer's own pool, which does not tell which of its connections carried a mail when it died (decision 0017).
 * @param smtpUrl `smtp://` or `smtps://`, with user and password if any
 */
export function openTransport(
  smtpUrl: string,
  { maxConnections = 5, connectTimeoutMs = 15_000, silenceTimeoutMs = 60_000, dkim }: TransportOptions = {},
): Transport {
  const { options, ...rest } = serverAt(smtpUrl);
  const timeouts = { connectionTimeout: connectTimeoutMs, greetingTimeout: connectTimeoutMs, socketTimeout: silenceTimeoutMs };
  const server: Server = { ...rest, options: { ...options, ...timeouts } };
  const sign = dkim === undefined ? undefined : dkimSigner(dkim);
  const idle: Connection[] = [];
  const lanes = openLanes(maxConnections);
  let closed = false;

  return {
    async send({ from, to, bytes, dsn }) {
      if (!mailbox.test(to)) return notAMailbox;
      return lanes(async () => {
        if (closed) return { state: 'not-taken', message: 'the transport is closed' };
        const signed = sign === undefined ? bytes : await sign(bytes).catch(() => undefined);
        if (signed === undefined) return { state: 'not-taken', message: 'could not be signed' };
        const connection = idle.find((one) => one.isOpen()) ?? (await openConnection(server));
        if ('state' in connection) return connection;
        idle.splice(0, idle.length, ...idle.filter((one) => one !== connection && one.isOpen()));
        const envelope = { from: onTheWire(from), to: [onTheWire(to)] };
        const result = await connection.send(
          { ...envelope, ...(dsn === undefined ? {} : { dsn: reportOf(dsn.id, envelope.to[0] ?? to) }) },
          signed,
        );
        if (connection.isOpen()) closed ? connection.quit() : idle.push(connection);
        return result;
      });
    },
    close() {
      closed = true;
      for (const connection of idle.splice(0)) connection.quit();
    },
  };
}

/** What a report is to say: of failures and delays, with the headers only. An address that is not plain ASCII cannot be quoted in the request. */
const reportOf = (id: string, to: string) => ({
  id,
  ret: 'HDRS',
  notify: ['FAILURE', 'DELAY'],
  ...(/^[!-~]+$/.test(to) ? { recipient: to } : {}),
});

/** A transport for rehearsals and tests: keeps what it is given, in order, and accepts everything. */
export function captureTransport(): Transport & { readonly sent: readonly Outgoing[] } {
  const sent: Outgoing[] = [];
  return {
    sent,
    send(mail) {
      sent.push(mail);
      return Promise.resolve({ state: 'accepted', response: '250 kept' });
    },
    close() {},
  };
}
