import { randomUUID } from 'node:crypto';
import nodemailer from 'nodemailer';
import { failureOf, type SendResult } from './failures.js';
import { watchTransactions } from './transactions.js';

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

/** How long to wait for a server, in milliseconds, and how many connections to hold. */
export interface TransportLimits {
  maxConnections?: number;
  connectTimeoutMs?: number;
  /** Silence after which a connection is given up: time for a server to scan a message, and well under the outbox's lease. */
  silenceTimeoutMs?: number;
}

// one mailbox, nothing that an address parser could read as two
const mailbox = /^[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+$/u;

/**
 * Mail over SMTP, on pooled connections. Nothing is retried here: only the outbox knows what may leave twice.
 * @param smtpUrl `smtp://` or `smtps://`, with user and password if any
 */
export function openTransport(
  smtpUrl: string,
  { maxConnections = 5, connectTimeoutMs = 15_000, silenceTimeoutMs = 60_000 }: TransportLimits = {},
): Transport {
  const transactions = watchTransactions();
  const pool = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections,
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 0,
    transactionLog: true,
    logger: transactions.logger,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ from, to, bytes, dsn }) {
      if (!mailbox.test(to)) return { state: 'refused', permanent: true, code: 553, message: 'not the address of one mailbox' };
      // a name for this attempt only: the log tells by it which connection carries it; the bytes keep their own Message-ID
      const attempt = `<${randomUUID()}@attempt.invalid>`;
      try {
        const { response } = await pool.sendMail({
          envelope: { from, to: [to] },
          messageId: attempt,
          raw: bytes,
          ...(dsn === undefined ? {} : { dsn: reportOf(dsn.id, to) }),
        });
        return { state: 'accepted', response };
      } catch (error) {
        return failureOf(error, { dataWasSent: transactions.dataWasSent(attempt) });
      } finally {
        transactions.forget(attempt);
      }
    },
    close: () => pool.close(),
  };
}

/** What a report is to say: of failures and delays, with the headers only. An address that is not plain ASCII cannot be quoted in the request. */
const reportOf = (id: string, to: string) => ({
  id,
  return: 'headers' as const,
  notify: ['failure', 'delay'] as ('failure' | 'delay')[],
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
