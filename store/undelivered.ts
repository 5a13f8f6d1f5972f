import { toldOnce, type UndeliveredMail } from '../domain/mails.js';
import type { Db } from './db.js';

/** In SQL: whether `b` tells that mail `o` did not arrive, for whatever reason, since it last left. Word of a delay tells nothing yet. */
export const cameBack = `b.outbox = o.id and b.kind in ('hard', 'soft') and b.at >= o.sent_at`;

/** In SQL: whether `b` came back since mail `o` last left, or `o` has not left. */
export const sinceItLeft = `(o.sent_at is null or b.at >= o.sent_at)`;

/** In SQL: whether mail `o`, of which `b` came back, was to the address that person `p` has now: the one that stood when its bytes were written. */
export const toTheirAddress = `o.template <> 'replaced' and least(coalesce(o.frozen_at, o.sent_at), b.at) >= coalesce(p.address_since, '-infinity')`;

const waitsForAPerson = `(o.state = 'failed' or o.state = 'uncertain' and o.next_try_at is null)`;

/**
 * In SQL: the mails of an edition ($1) that a person must judge and nobody was told of: given up, uncertain without another try, or (`told`: the
 * templates of `toldOnce`) come back. A notice that says so is not told of in its turn, nor a link to an address that a visitor typed: it is nobody's yet, and
 * strangers would have coordinators mailed. What came back is looked for from the bounces, which are few.
 */
export const untold = (
  told: string,
): string => `select o.id from outbox o where o.edition = $1 and o.told_at is null and o.template not in ('undelivered', 'begin') and ${waitsForAPerson}
  union all
  select o.id from bounce b join outbox o on ${cameBack} where b.edition = $1 and o.told_at is null and o.state = 'accepted' and o.template = any(${told})`;

/** The mails that were given up, may or may not have arrived, or came back, since this was last asked; each is answered once. */
export async function claimUndelivered(db: Db, edition: string, at: number): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `update outbox set told_at = $3 where told_at is null and id in (${untold('$2')}) returning id`,
    [edition, toldOnce, new Date(at)],
  );
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/** What is told of such mails, as far as they still are in that state and have not left again as another. */
export async function undeliveredOf(db: Db, edition: string, ids: readonly number[]): Promise<UndeliveredMail[]> {
  const { rows } = await db.query<Omit<UndeliveredMail, 'address'> & { wrong: boolean; letter: boolean }>(
    `select o.id, o.letter, p.name as to, coalesce(o.subject, '') as subject, case o.state when 'accepted' then 'returned' else o.state end as state,
       coalesce(nullif(o.error, 'unreachable'), '') as why,
       o.error is not distinct from 'unreachable' or o.state = 'accepted' and exists (select 1 from bounce b where ${cameBack} and b.kind = 'hard') as wrong,
       exists (select 1 from rung r join ask a on a.id = r.ask where r.outbox = o.id and a.outcome is null) and p.unreachable_at is null as awaited
     from outbox o join person p on p.edition = o.edition and p.id = o.person
     where o.edition = $1 and o.id = any($2) and not exists (select 1 from outbox a where a.key = o.key || '.again')
       and (${waitsForAPerson} or o.state = 'accepted' and exists (select 1 from bounce b where ${cameBack})) order by o.id`,
    [edition, ids],
  );
  return rows.map(({ wrong, letter, ...mail }) =>
    wrong ? { ...mail, address: letter && mail.state === 'uncertain' ? 'by-hand' : 'by-itself' } : mail,
  );
}
