/** Mails as they would be written today, before anything leaves: one that is to come, one that waits, a message that nobody has sent yet. */
import type { Letter } from '../domain/letters.js';
import type { RungRef } from '../domain/mailrefs.js';
import type { MailContent, Rendered } from '../domain/mails.js';
import { render } from '../mail/render.js';
import type { Db } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { preferencesLinkOf } from '../store/links.js';
import { blankLinks } from '../store/mailview.js';
import type { OutboxRow } from '../store/outbox.js';
import { peopleOf } from '../store/people.js';
import { editionView } from '../store/views/index.js';
import { compose } from './compose.js';
import type { LinkBase } from './dependencies.js';

/** A mail that is shown: its personal links blanked. */
export type Written = Pick<Rendered, 'subject' | 'text' | 'html'>;
type Of = { row: EditionRow; at: number; links: LinkBase };

const shown = (content: MailContent): Written => {
  const { subject, text, html } = render(content);
  return { subject, text: blankLinks(text), html: blankLinks(html) };
};

/** A mail of the outbox as it would be written now; undefined where there is nothing left to say in it. */
export async function rowAsToday(db: Db, mail: OutboxRow, of: Of): Promise<Written | undefined> {
  const [composed] = await compose(db, { ...of, rows: [mail] });
  return composed?.content === undefined ? undefined : shown(composed.content);
}

/** A rung that is to come as it would be written now; undefined where nothing can be said yet: a substitute has no place before they are asked. */
export const rungAsToday = (db: Db, { ask, person, rung, about }: RungRef, of: Of): Promise<Written | undefined> =>
  rowAsToday(
    db,
    { ...unsent(of), ...{ person, template: 'asks', reminder: true, asks: [{ ask, rung, ...(about === undefined ? {} : { about }) }] } },
    of,
  );

/** A mail that nobody has queued. */
const unsent = ({ row, at }: Of): Omit<OutboxRow, 'person' | 'template'> => ({
  ...{ id: 0, edition: row.id, key: '', context: {}, reminder: false, letter: false, state: 'queued', asks: [] },
  ...{ due_at: new Date(at), queued_at: new Date(at), attempts: 0, refusals: 0, uncertain: 0, next_try_at: null, message_id: '' },
  ...{ subject: null, bytes: null, frozen_at: null, sent_at: null, error: null },
});

/** A decision letter as it would leave now. */
export type LetterShown = Letter & { written: Written | undefined };

/** Decision letters as they would leave now. */
export async function lettersAsToday(db: Db, letters: readonly Letter[], of: Of): Promise<LetterShown[]> {
  const rows = letters.map(({ application, person, fate }, id) => ({
    ...unsent(of),
    ...{ id, person, template: 'letter' as const, context: { application, fate }, letter: true },
  }));
  const written = new Map(
    (await compose(db, { ...of, rows })).map(({ row, content }) => [row.id, content === undefined ? undefined : shown(content)]),
  );
  return letters.map((letter, id) => ({ ...letter, written: written.get(id) }));
}

/** A message as one of its readers would have it. */
export async function messageAsToday(
  db: Db,
  { subject, body, person: id }: { subject: string; body: string; person: string },
  { row, at, links }: Of,
): Promise<Written | undefined> {
  const person = (await peopleOf(db, row.id, [id])).get(id);
  if (person === undefined) return undefined;
  const { name, email, ref, preferences_n: n, locale } = person;
  const reader = {
    ...{ id, name, email, locale: locale ?? row.file.territory.locale },
    preferences: preferencesLinkOf(links.publicUrl, links.linkKey, { ref, n }),
  };
  return shown({ at, edition: editionView(row), reader, template: 'message', subject, body });
}
