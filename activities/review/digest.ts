import { isSendingTime, nextSendingTime } from '../../domain/asks/sending.js';
import { isoWeekOf, mondayOf } from '../../domain/calendar.js';
import { digestKey, hasMoved, lastDigest, nextDigest } from '../../domain/digest.js';
import { mayHaveMoved, newsOf, partsOf } from '../../store/digest.js';
import { remember } from '../../store/editions.js';
import { queue } from '../../store/queue.js';
import type { ReviewContext } from './context.js';

/**
 * Queues the week's digest to whom something moved, and says when the next one is due: not while nothing has moved, so that an edition that
 * waits for years is not woken each week. After an outage the last one that was due leaves, alone, and tells of all of it; where this week's own
 * is about to be due, that one.
 */
export async function queueDigests(context: ReviewContext): Promise<number | null> {
  const { tx, row, at, calendar, today } = context;
  const since = (row.digest_at ?? row.started_at).getTime();
  const due = lastDigest(at, calendar);
  const next = nextDigest(at, calendar);
  if (due > since) {
    if (!(await mayHaveMoved(tx, row.id, { since, until: due }))) await remember(tx, row.id, { digestAt: due });
    else if (!isSendingTime(at, calendar)) return nextSendingTime(at, calendar);
    // within the hour before this week's, which would find its key taken and what moved in that hour told to nobody
    else if (isoWeekOf(calendar.dateOf(next)) === isoWeekOf(today)) return next;
    else await queueDigest(context, since);
  }
  return (await context.latest()).moved ? next : null;
}

async function queueDigest(context: ReviewContext, since: number): Promise<void> {
  const { tx, row, edition, at, today } = context;
  const standing = await context.now();
  const news = await newsOf(tx, row, { since, until: at }, standing);
  const readers = news.length === 0 ? [] : (await partsOf(tx, row, standing.inputs)).filter((part) => hasMoved(part, news));
  await queue(tx, {
    edition: edition.id,
    at,
    dueAt: at,
    mails: readers.map(({ person }) => ({
      key: digestKey(person, today),
      person,
      template: 'digest' as const,
      context: { since, until: at, week: mondayOf(today) },
    })),
  });
  await remember(tx, edition.id, { digestAt: at });
}
