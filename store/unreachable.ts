import { toldOnce } from '../domain/mails.js';
import type { Db } from './db.js';
import type { OutboxRow } from './outbox.js';
import { ownAct } from './ownact.js';

/**
 * Of mails taken for sending, those that may leave: to somebody unreachable, only what answers their own act does. The rest is given up;
 * the letters among it wait for an address.
 */
export async function withoutUnreachable(db: Db, mails: readonly OutboxRow[], at: number): Promise<OutboxRow[]> {
  if (mails.length === 0) return [];
  const { rows } = await db.query<{ id: number }>(
    `update outbox o set state = case when o.uncertain > 0 then 'uncertain' else 'failed' end, error = 'unreachable', lease_until = null, next_try_at = null,
       told_at = case when o.template = any($2) then o.told_at else $3 end
     from person p where o.id = any($1) and not ${ownAct} and p.edition = o.edition and p.id = o.person
       and p.unreachable_at is not null returning o.id`,
    [mails.map((mail) => mail.id), toldOnce, new Date(at)],
  );
  const held = new Set(rows.map((row) => row.id));
  return mails.filter((mail) => !held.has(mail.id));
}

/** Of some asks: in how many somebody answers in their own name, and in how many of these their substitute, not being asked too, can answer instead. */
export async function standsIn(
  db: Db,
  { asks, person, substitute }: { asks: readonly string[]; person: string; substitute: string },
): Promise<{ own: number; covered: number }> {
  const { rows } = await db.query<{ own: number; covered: number }>(
    `select count(*)::int as own, count(*) filter (
         where not exists (select 1 from ask_person s where s.ask = p.ask and s.person = $3 and s.joined <> 'substitute'))::int as covered
     from ask_person p where p.ask = any($1) and p.person = $2 and p.joined <> 'substitute'`,
    [asks, person, substitute],
  );
  return rows[0] ?? { own: 0, covered: 0 };
}
