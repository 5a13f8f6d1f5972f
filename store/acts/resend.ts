import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { toldOnce } from '../../domain/mails.js';
import type { Store, Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import type { OutboxRow } from '../outbox.js';
import { noteQueued } from '../queue.js';
import { cameBack } from '../undelivered.js';
import { type Planned, perform, type When } from './change.js';

/** What became of a wish to send a mail again: when it leaves (business instant), or why it does not. */
export type Resent = { ok: true; edition: string; person: string; at: number } | NotResent;

type NotResent =
  | { ok: false; reason: 'unknown' | 'unreachable' }
  /** It has left once more, or is about to, as another mail: since the address of its person was given anew. */
  | { ok: false; reason: 'again'; again: number; left: boolean }
  /** It is not a mail that was given up, or may have arrived, nor a letter or notice that came back: nothing is sent twice without need. */
  | { ok: false; reason: 'state'; state: OutboxRow['state'] };

/**
 * Queues a mail once more that was given up, may or may not have arrived, or came back: a coordinator has judged that it is needed. A copy that
 * may be out already is followed by the same bytes under the same Message-ID; what nobody can have, or was written for a former address, is written anew.
 * What was answered meanwhile still falls out. In working hours, with a fresh set of tries, and in the journal.
 */
export const resendMail = (store: Store, act: Resend): Promise<Resent> => perform(store, act, (tx) => planResend(tx, act));

type Resend = { mail: number; reason: string; actor?: string } & When;

/** What it changes, or why it is refused; `edition`: that whose mail it must be. A mail that the server refused for now is not made to wait longer. */
export async function planResend(
  tx: Tx,
  { mail, reason, actor = 'coordinator', realNow, edition }: Resend & { edition?: string },
): Promise<Planned<{ person: string; at: number }> | NotResent> {
  const { rows: editions } = await tx.query<{ edition: string }>('select edition from outbox where id = $1', [mail]);
  if (edition !== undefined && editions[0]?.edition !== edition) return { ok: false, reason: 'unknown' };
  const row = editions[0] === undefined ? undefined : await lockEdition(tx, editions[0].edition); // no address is given meanwhile
  const { rows } = await tx.query<Pick<OutboxRow, 'key' | 'person' | 'state' | 'template'> & { judged: boolean; unreachable: boolean }>(
    `select o.key, o.person, o.state, o.template, p.unreachable_at is not null as unreachable,
       o.state = 'failed' or o.state = 'uncertain' and o.next_try_at is null or o.state = 'queued' and o.refusals > 0
         or o.state = 'accepted' and o.template = any($2) and exists (select 1 from bounce b where ${cameBack}) as judged
     from outbox o join person p on p.edition = o.edition and p.id = o.person where o.id = $1 for update of o`,
    [mail, toldOnce],
  );
  const [found] = rows;
  if (found === undefined || row === undefined) return { ok: false, reason: 'unknown' };
  const { rows: copies } = await tx.query<{ id: number; left: boolean }>(
    `select id, state = 'accepted' as left from outbox where key = $1 || '.again'`,
    [found.key],
  );
  const [copy] = copies;
  if (copy !== undefined) return { ok: false, reason: 'again', again: copy.id, left: copy.left };
  if (!found.judged) return { ok: false, reason: 'state', state: found.state };
  if (found.unreachable) return { ok: false, reason: 'unreachable' };
  const now = realNow + row.clock_offset_ms;
  const at = nextSendingTime(now, calendarOf(row.file.territory));
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at: now,
      async write(tx) {
        await tx.query(
          `update outbox o set state = 'queued', due_at = $2, next_try_at = null, told_at = null, refusals = 0, error = null,
       bytes = case when o.uncertain > 0 and o.frozen_at >= coalesce(p.address_since, '-infinity') then o.bytes end
     from person p where o.id = $1 and p.edition = o.edition and p.id = o.person`,
          [mail, new Date(at)],
        );
        noteQueued(tx, { dueAt: at, mails: [found] });
      },
      entries: [{ verb: 'mail.resent', subject: `mail:${mail}`, reason }],
      wake: row.status === 'running',
    },
    done: { person: found.person, at },
  };
}
