import type { Db } from './db.js';
import { findMail, type OutboxRow } from './outbox.js';

/** A mail as it was written; links to people's own pages are blanked wherever it is shown. */
export interface MailShown {
  row: OutboxRow;
  subject: string;
  text: string;
  html: string;
}

const ownLinks = /(\/[abcp]\/[\w-]+\/)[\w-]+/g;

/** Blanks the seal of every personal link in a text. */
export const blankLinks = (text: string): string => text.replace(ownLinks, '$1…');

/** One mail of the outbox, parsed from the bytes that left; undefined if there is none, empty if it was never rendered. */
export async function showMail(db: Db, id: number): Promise<MailShown | undefined> {
  const row = await findMail(db, id);
  if (row === undefined) return undefined;
  if (row.bytes === null) return { row, subject: row.subject ?? '', text: '', html: '' };
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(row.bytes, { skipTextToHtml: true, skipImageLinks: true });
  const html = parsed.html === false ? '' : parsed.html;
  return { row, subject: parsed.subject ?? '', text: blankLinks(parsed.text ?? ''), html: blankLinks(html ?? '') };
}
