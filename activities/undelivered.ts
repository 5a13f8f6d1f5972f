import { nextSendingTime } from '../domain/asks/sending.js';
import { calendarOf } from '../domain/calendar.js';
import { inTransaction, type Store } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { ofRole, peopleOf } from '../store/people.js';
import { queue } from '../store/queue.js';
import { claimUndelivered } from '../store/undelivered.js';

/**
 * Tells the coordinators, in one mail, which mails were given up since they were last told, came back, or may or may not have arrived: from there
 * on a person must judge. Each such mail is told once; level-triggered, so that whoever died between the two leaves it to the next delivery.
 */
export async function tellUndelivered({ pool }: Store, row: EditionRow, at: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const ids = await claimUndelivered(tx, row.id, at);
    const [first] = ids;
    if (first === undefined) return;
    const coordinators = ofRole(await peopleOf(tx, row.id), 'coordinator');
    await queue(tx, {
      edition: row.id,
      at,
      dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
      mails: coordinators.map((person) => ({
        key: `undelivered.${first}.${at}.${person}`, // a mail that was sent again and fails again is told again
        person,
        template: 'undelivered',
        context: { mails: ids.map(String) },
      })),
    });
  });
}
