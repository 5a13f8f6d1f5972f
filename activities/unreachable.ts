import { turnsToSubstitute } from '../domain/asks/ladder.js';
import { calendarOf } from '../domain/calendar.js';
import { kinds } from '../domain/kinds/index.js';
import type { MailContent } from '../domain/mails.js';
import { bouncedMails } from '../store/bounces.js';
import type { Db } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import type { OutboxRow } from '../store/outbox.js';
import { openPlacesOf, type PersonRow, peopleOf } from '../store/people.js';
import { standsIn } from '../store/unreachable.js';
import { readStage, viewsOn } from '../store/views/index.js';

/** What coordinators are told of somebody who cannot be reached; nothing when an address that works was given meanwhile. */
export async function unreachableContent(
  db: Db,
  { edition, row, at, console }: { edition: EditionRow; row: OutboxRow; at: number; console: string },
): Promise<Omit<Extract<MailContent, { template: 'unreachable' }>, 'edition' | 'reader' | 'at'> | undefined> {
  const people = await peopleOf(db, edition.id);
  const person = people.get(String(row.context.person));
  if (person === undefined || person.unreachable_at === null) return undefined;
  const calendar = calendarOf(edition.file.territory);
  const mails = await bouncedMails(db, edition.id, [row.context.mails ?? []].flat().map(Number));
  const places = await openPlacesOf(db, edition.id, person.id);
  const requests = places.map(({ request }) => request);
  const views = await viewsOn(await readStage(db, edition, { requests, at }), requests);
  const waiting = views.filter((view) => view.closed === undefined).sort((a, b) => a.ask.dueAt - b.ask.dueAt);
  const substitute = people.get(person.substitute ?? '');
  const standIn = async ({ id, unreachable_at }: PersonRow) => {
    if (unreachable_at !== null) return 'unreachable';
    const asks = waiting.filter(({ ask }) => turnsToSubstitute(kinds[ask.kind].ladder)).map(({ ask }) => ask.id);
    const { own, covered } = await standsIn(db, { asks, person: person.id, substitute: id });
    if (own === 0) return 'unneeded';
    return covered === 0 ? 'nowhere' : covered < own ? 'partly' : 'everywhere';
  };
  return {
    template: 'unreachable',
    person: { name: person.name, role: person.role, email: person.email },
    undelivered: mails.map((mail) => ({ subject: mail.subject ?? '', on: calendar.dateOf((mail.sent_at ?? mail.due_at).getTime()) })),
    waiting,
    ...(substitute === undefined ? {} : { substitute: { name: substitute.name, where: await standIn(substitute) } }),
    console: `${console}#addresses`,
  };
}
