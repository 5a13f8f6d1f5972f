import { isSendingTime, nextSendingTime } from '../../domain/asks/sending.js';
import { isoWeekOf, mondayOf } from '../../domain/calendar.js';
import { digestKey, hasMoved, lastDigest, nextDigest } from '../../domain/digest.js';
import { markDigested, mayHaveMoved, newsOf, partsOf } from '../../store/digest.js';
import { queueMails } from '../../store/outbox.js';
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
    if (!(await mayHaveMoved(tx, row.id, { since, until: due }))) await markDigested(tx, row.id, due);
    else if (!isSendingTime(at, calendar)) return nextSendingTime(at, calendar);
    // within the hour before this week's, which would find its key taken and what moved in that hour told to nobody
    else if (isoWeekOf(calendar.dateOf(next)) === isoWeekOf(today)) return next;
    else await queueDigest(context, since);
  }
  return (await context.latest()).moved ? next : null;
}

async function queueDigest({ tx, row, edition, at, today }: ReviewContext, since: number): Promise<void> {
  const news = await newsOf(tx, row, { since, until: at });
  const readers = news.length === 0 ? [] : (await partsOf(tx, row)).filter((part) => hasMoved(part, news));
  await queueMails(tx, {
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
  await markDigested(tx, edition.id, at);
}
