/** Mails as they would be written today, before they leave. */
import { type LetterShown, lettersAsToday, messageAsToday, rowAsToday, rungAsToday, type Written } from '../../activities/written.js';
import type { Letter } from '../../domain/letters.js';
import type { RungRef } from '../../domain/mailrefs.js';
import type { EditionRow } from '../../store/editions.js';
import type { OutboxRow } from '../../store/outbox.js';
import type { Installation } from '../installation.js';

/** Nobody sees whom events are from where mails are only shown. */
const mailFrom = 'troismains@localhost';
const ofNow = ({ publicUrl, linkKey, realNow }: Installation, row: EditionRow) => ({
  row,
  at: realNow() + row.clock_offset_ms,
  links: { publicUrl, linkKey, mailFrom },
});

/** A mail that is to come, or waits; undefined where nothing can be said in it. */
export const writtenToday = (installation: Installation, row: EditionRow, mail: OutboxRow | RungRef): Promise<Written | undefined> =>
  'rung' in mail
    ? rungAsToday(installation.store.pool, mail, ofNow(installation, row))
    : rowAsToday(installation.store.pool, mail, ofNow(installation, row));

/** Decision letters as they would leave now. */
export const lettersToday = (installation: Installation, row: EditionRow, letters: readonly Letter[]): Promise<LetterShown[]> =>
  lettersAsToday(installation.store.pool, letters, ofNow(installation, row));

/** A message as one of its readers would have it. */
export const messageToday = (
  installation: Installation,
  row: EditionRow,
  message: { subject: string; body: string; person: string },
): Promise<Written | undefined> => messageAsToday(installation.store.pool, message, ofNow(installation, row));

export type { LetterShown };
