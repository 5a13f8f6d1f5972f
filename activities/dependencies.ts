/** What composing and sending mail need of the installation. */
import type { MailContent } from '../domain/mails.js';
import type { Lanes } from '../mail/lanes.js';
import type { Envelope } from '../mail/mime.js';
import type { ReturnPath } from '../mail/returnpath.js';
import type { Transport } from '../mail/transport.js';
import type { Pace } from '../store/budgets.js';
import type { Store } from '../store/db.js';

/** What links in mails are made of. */
export interface LinkBase {
  publicUrl: string;
  linkKey: Buffer;
  /** Whom mails, and the events they announce, are from: `Name <address>` or an address. */
  mailFrom: string;
}

/** Puts a mail into words and bytes: its subject, and all that is sent. */
export type Write = (content: MailContent, envelope: Omit<Envelope, 'rendered'>) => Promise<{ subject: string; bytes: Buffer }>;

/** What delivery needs of the installation. */
export interface DeliveryDeps extends LinkBase, ReturnPath {
  store: Store;
  transport: Transport;
  realNow(): number;
  /** Says that delivery is alive. */
  heartbeat(): void;
  /** Whether this worker was told to stop: what it has taken and not sent is given back. */
  stopping?(): boolean;
  /** How fast mail may leave; left out, as fast as the server takes it (a rehearsal). */
  pace?: Pace;
  /** What all deliveries of a process share: nobody hands over a mail without a lane, nor leaves it before what became of the mail is recorded. */
  lanes?: Lanes;
  /** Puts a mail into words and bytes; left out, as people are to read it. What only counts mails may do with less. */
  write?: Write;
}
