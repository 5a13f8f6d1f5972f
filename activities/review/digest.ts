import { mondayOf } from '../../domain/calendar.js';
import { digestKey, hasMoved, lastDigest, nextDigest } from '../../domain/digest.js';
import { isSendingTime, nextSendingTime } from '../../domain/ladder.js';
import { markDigested, newsOf, partsOf } from '../../store/digest.js';
import { queueMails } from '../../store/outbox.js';
import type { ReviewContext } from './context.js';

/**
 * Queues the week's digest to whom something moved, and says when the next one is due. Between two digests it costs nothing but that
 * instant. After an outage the last one that was due leaves, alone, and tells of all of it.
 */
export async function queueDigests({ tx, row, edition, at, calendar, today }: ReviewContext): Promise<number> {
  const since = (row.digest_at ?? row.started_at).getTime();
  if (lastDigest(at, calendar) <= since) return nextDigest(at, calendar);
  if (!isSendingTime(at, calendar)) return nextSendingTime(at, calendar);
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
  return nextDigest(at, calendar);
}
