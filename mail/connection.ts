import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { needsUtf8 } from '../domain/address.js';
import { type Failure, failureOf, type SendResult } from './failures.js';

/** A server, and who we are to it: what `SMTPConnection` takes. */
export interface Server {
  options: ConstructorParameters<typeof SMTPConnection>[0];
  auth?: { user: string; pass: string };
}

const loopback = /^(localhost|127\.|\[?::1)/;

/** The server of an `smtp://` or `smtps://` URL. A password leaves this machine over TLS only, unless the URL ends in `?requireTLS=false`. */
export function serverAt(smtpUrl: string): Server {
  const { auth, ...options } = parseConnectionUrl(smtpUrl);
  if (auth === undefined) return { options };
  return { options: { requireTLS: !loopback.test(options.host ?? ''), ...options }, auth };
}

/** Who a mail goes from and to on the wire, and what the server is asked to report. */
export interface WireEnvelope {
  from: string;
  to: string[];
  /** What the server is to report, where it offers reports (RFC 3461). */
  dsn?: { id: string; ret: string; notify: string[]; recipient?: string };
}

/** One connection, which carries one mail at a time. */
export interface Connection {
  /** Never rejects. What is not accepted leaves the connection closed: its state is not known. */
  send(envelope: WireEnvelope, bytes: Buffer): Promise<SendResult>;
  /** Whether it can carry one more. */
  isOpen(): boolean;
  /** Takes its leave. */
  quit(): void;
}

/** Our own word for what such a server would refuse, or deliver to somebody else. */
const noUtf8: Failure = {
  state: 'refused',
  permanent: true,
  code: 553,
  message: '553 5.6.7 the server does not take addresses with such letters before the @ (SMTPUTF8)',
  command: 'RCPT TO',
};

/** Connects and signs in; or says, as a result of the mail that wanted it, why not. */
export function openConnection({ options, auth }: Server): Promise<Connection | Failure> {
  const wire = new SMTPConnection(options);
  let open = false;
  let takesUtf8 = false;
  return new Promise((resolve) => {
    const refuse = (error: unknown) => {
      const failure = failureOf(error, { dataWasSent: false });
      resolve(failure.state === 'uncertain' ? failure : { ...failure, server: true });
      wire.close();
    };
    const use = () => {
      open = true;
      resolve({ send, isOpen: () => open, quit: () => (open ? wire.quit() : wire.close()) });
    };
    wire.on('error', (error: unknown) => {
      open = false; // the mail that is under way hears of it by its own callback
      refuse(error);
    });
    wire.once('end', () => {
      open = false;
      refuse(new Error('the server closed the connection'));
    });
    wire.connect((error?: unknown) => {
      if (error !== undefined && error !== null) return refuse(error);
      takesUtf8 = /^250[ -]SMTPUTF8\b/im.test(String(wire.lastServerResponse)); // its answer to EHLO
      if (auth === undefined || !wire.allowsAuth) return use();
      wire.login({ user: auth.user, credentials: { user: auth.user, pass: auth.pass } }, (failed) =>
        failed === null || failed === undefined ? use() : refuse(failed),
      );
    });
  });

  function send(envelope: WireEnvelope, bytes: Buffer): Promise<SendResult> {
    if (!takesUtf8 && envelope.to.some(needsUtf8)) return Promise.resolve(noUtf8);
    let dataWasSent = false;
    // read only once the server has answered DATA by 354: from then on it may hold the message
    const message = new Readable({
      read() {
        dataWasSent = true;
        this.push(bytes);
        this.push(null);
      },
    });
    return new Promise((resolve) => {
      wire.send(envelope, message, (error, info) => {
        if (error === null || error === undefined) return resolve({ state: 'accepted', response: info?.response ?? '' });
        open = false;
        wire.close();
        resolve(failureOf(error, { dataWasSent }));
      });
    });
  }
}
