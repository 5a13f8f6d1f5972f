import { createHash } from 'node:crypto';
import { againIn, type Budgets, isThere, overall, type Pace, readBudgets, take, unprovenPrefix, writeBudgets } from './budgets.js';
import { type Db, inTransaction, type Pool, type Tx } from './db.js';
import { ownAct } from './ownact.js';

/** Of the mails that are due, those that may leave now; when others wait for the pace, in how many milliseconds they are to be asked for again. */
export interface Turns {
  ids: number[];
  againInMs?: number;
}

/** So many mails are looked at together. */
const batch = 500;

const isFirst = `(o.letter or ${ownAct})`;
const isUnproven = `(o.template = 'begin' or o.template = 'link' and not o.context ? 'why')`;

/**
 * Gives due mails of an edition their turn, up to `limit`: at once while there are few; when hundreds are due together those that the pace lets leave
 * now, of the same instant in an order drawn from their keys, so that no domain is flooded and nobody is always last. Turns are given in real time for
 * all editions and workers together. Letters and what answers a person's own act come first and do not wait; links that anybody can ask for wait among
 * themselves. (The rule is the generic cell rate algorithm of ITU-T I.371.)
 *
 * While several editions wait for a budget its turns are shared, evenly between territories and in one between its editions: none is given more than a
 * little ahead of the one that was given least. Why so: decision 0027.
 * @param open whether it is a time at which what asks or tells may leave
 */
export async function giveTurns(
  pool: Pool,
  { edition, at, realNow, pace, limit, open }: { edition: string; at: number; realNow: number; pace: Pace; limit: number; open: boolean },
): Promise<Turns> {
  return inTransaction(pool, async (tx) => {
    // every look takes this lock first: whatever budgets are read and written next are its own
    await tx.query(
      'insert into mail_pace (domain, given_until) values ($1, 0) on conflict (domain) do update set given_until = mail_pace.given_until',
      [overall],
    );
    const budgets: Budgets = new Map();
    const isRefused = (name: string) => budgets.get(name)?.refused === true;
    await readBudgets(tx, budgets, { names: [overall], edition, realNow, pace });
    // where nothing is left for anything one mail says whether any waits
    const isSpent = [...budgets.values()].every((budget) => !isThere(budget, realNow));

    const ids: number[] = [];
    for (let more = true; more && ids.length < limit; ) {
      const refused = [...budgets.keys()].filter((name) => name !== overall && isRefused(name));
      const most = !open || isRefused(overall) ? 0 : isSpent ? 1 : batch;
      const found = await candidates(tx, { edition, at, refused, most, but: ids });
      await readBudgets(tx, budgets, { names: found.flatMap(budgetsOf), edition, realNow, pace });
      for (const mail of found)
        if (
          ids.length < limit &&
          take(
            budgetsOf(mail).flatMap((name) => budgets.get(name) ?? []),
            { realNow, anyway: mail.first && !mail.unproven },
          )
        )
          ids.push(mail.id);
      const first = found.filter((mail) => mail.first).length;
      // behind so many that have to wait there may be some that have not
      more = first === batch || (found.length - first === batch && !isRefused(overall));
    }
    await writeBudgets(tx, budgets, { edition, realNow });
    const waits = [...budgets.values()].filter((budget) => budget.refused).map(againIn);
    return { ids, ...(waits.length > 0 && { againInMs: Math.min(...waits) }) };
  });
}

/** Whether a mail is due that does not wait for its turn. */
export async function isFirstDue(db: Db, { edition, at }: { edition: string; at: number }): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from outbox o where o.edition = $1 and o.due_at <= $2 and coalesce(o.next_try_at, o.due_at) <= $2
       and (o.state = 'queued' or (o.state = 'uncertain' and o.next_try_at is not null)) and ${isFirst} and not ${isUnproven} limit 1`,
    [edition, new Date(at)],
  );
  return rowCount === 1;
}

interface Candidate {
  id: number;
  key: string;
  due_at: Date;
  domain: string;
  first: boolean;
  unproven: boolean;
}

const budgetsOf = ({ domain, unproven }: Candidate): string[] =>
  unproven ? [`${unprovenPrefix}${domain}`] : [...new Set([overall, domain])];

const domainOf = `lower(split_part(coalesce(s.email, f.email, p.email, ''), '@', 2))`;
const dueOf = (
  which: string,
  most: string,
) => `(select o.id, o.key, o.due_at, ${domainOf} as domain, ${isFirst} as first, ${isUnproven} as unproven
   from outbox o left join person p on p.edition = o.edition and p.id = o.person
     left join application_start s on o.template = 'begin' and s.id = o.context->>'start'
     left join former_address f on o.template = 'replaced' and f.id = o.context->>'former'
   where o.edition = $1 and o.due_at <= $2 and coalesce(o.next_try_at, o.due_at) <= $2
     and (o.state = 'queued' or (o.state = 'uncertain' and o.next_try_at is not null)) and ${which} and o.id <> all($5)
     and case when ${isUnproven} then '${unprovenPrefix}' || ${domainOf} when ${isFirst} then '' else ${domainOf} end <> all($3)
   order by o.due_at, o.id limit ${most})`;

/** Mails that are due, in the order in which they are to leave: first ones, and so many others; those of budgets that have nothing left are passed over. */
async function candidates(
  tx: Tx,
  { edition, at, refused, most, but }: { edition: string; at: number; refused: string[]; most: number; but: readonly number[] },
): Promise<Candidate[]> {
  const { rows } = await tx.query<Candidate>(`${dueOf(isFirst, String(batch))} union all ${dueOf(`not ${isFirst}`, '$4')}`, [
    edition,
    new Date(at),
    refused,
    most,
    but,
  ]);
  const drawOf = new Map(rows.map(({ id, key, first }) => [id, first ? '' : createHash('sha256').update(key).digest('hex')]));
  const draw = ({ id }: Candidate) => drawOf.get(id) ?? '';
  return rows.sort(
    (a, b) =>
      Number(b.first) - Number(a.first) ||
      a.due_at.getTime() - b.due_at.getTime() ||
      (draw(a) < draw(b) ? -1 : draw(a) > draw(b) ? 1 : a.id - b.id),
  );
}
