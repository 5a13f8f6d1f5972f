import type { BounceKind } from '../../domain/bounces.js';
import { type Resent, resendMail } from '../../store/acts/resend.js';
import { bouncesOf } from '../../store/bounces.js';
import { type MailShown, showMail } from '../../store/mailview.js';
import { lastMails, mailsOf, type OutboxRow } from '../../store/outbox.js';
import type { Installation } from '../installation.js';

/** A mail as `mail list` prints it: ids and instants. */
export interface ListedMail {
  id: number;
  edition: string;
  at: string;
  to: string;
  template: OutboxRow['template'];
  state: OutboxRow['state'];
  subject: string | null;
  asks: OutboxRow['asks'];
  messageId: string;
  error: string | null;
  /** What came back, if anything did. */
  bounced?: BounceKind;
}

const listed = (row: Omit<OutboxRow, 'bytes'>, bounced?: BounceKind): ListedMail => ({
  id: row.id,
  edition: row.edition,
  at: (row.sent_at ?? row.due_at).toISOString(),
  to: row.person,
  template: row.template,
  state: row.state,
  subject: row.subject,
  asks: row.asks,
  messageId: row.message_id,
  error: row.error,
  ...(bounced === undefined ? {} : { bounced }),
});

/** A part of the outbox, the newest first: of one edition by when they leave, of all by when they were queued. */
export async function listAllMails(
  { store: { pool } }: Installation,
  { edition, ...part }: { edition?: string | undefined; from: number; limit: number },
): Promise<ListedMail[]> {
  const rows = edition === undefined ? await lastMails(pool, part) : (await mailsOf(pool, edition, part)).mails;
  const bounces = await bouncesOf(pool, { mails: rows.map(({ id }) => id) });
  return rows.map((row) => listed(row, bounces.get(row.id)));
}

/** One mail with its words, personal links blanked. */
export async function readMail({ store }: Installation, id: number): Promise<(ListedMail & Pick<MailShown, 'text' | 'html'>) | undefined> {
  const shown = await showMail(store.pool, id);
  if (shown === undefined) return undefined;
  const bounces = await bouncesOf(store.pool, { mails: [shown.row.id] });
  return { ...listed(shown.row, bounces.get(id)), subject: shown.subject, text: shown.text, html: shown.html };
}

/** Sends a mail again that was given up, came back, or may or may not have arrived. */
export async function resend(installation: Installation, input: { mail: number; reason: string; actor?: string }): Promise<Resent> {
  const resent = await resendMail(installation.store, { ...input, realNow: installation.realNow() });
  if (resent.ok) await installation.wake(resent.edition);
  return resent;
}
