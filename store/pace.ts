import { createHash } from 'node:crypto';
import { type Db, inTransaction, type Pool, type Tx } from './db.js';
import { ownAct } from './ownact.js';

/** How fast mail may leave an installation: mails a minute, to one domain and in all. */
export interface Pace {
  perDomain: number;
  overall: number;
}

/** Of the mails that are due, those that may leave now; whether others wait for the pace: they are to be asked for again in `lookMs`. */
export interface Turns {
  ids: number[];
  waits: boolean;
}

/** How soon mail that waits for its turn is looked at again, in milliseconds. */
export const lookMs = 1_000;
/** So many leave at once before the pace begins to tell, to one domain and in all. */
const burst = { perDomain: 20, overall: 100, unproven: 10 } as const;
/** What anybody can have sent by typing an address has a budget of its own, this share of the domain's: however much of it there is, nothing else waits for it. */
const unprovenShare = 1 / 4;
/** Stands before a domain in `mail_pace`, where no domain has one. */
const unprovenPrefix = '?';
/** The budget of all mail together. */
const overall = '';
/** So many mails are looked at together. */
const batch = 500;
/** Nobody waits longer for a budget, in milliseconds: what says so was written by a clock that was wrong. */
const beyondMs = 24 * 60 * 60_000;
/** An edition that did not look again for so long, in milliseconds, waits no more: nobody leaves room for it. */
const waitingMs = 5 * lookMs;
/** What a budget gives in so long, in milliseconds, whoever begins to wait is given before those that have waited for a while. */
const newcomerMs = 5_000;
/** What an edition was given is forgotten after so long, in milliseconds. */
const keptMs = 60 * 60_000;

/** A budget of the pace, and what an edition may take of it. */
interface Budget {
  intervalMs: number;
  atOnce: number;
  /** Its theoretical arrival time (ITU-T I.371). */
  until: number;
  /** Whether other editions may wait for it. */
  isWaitedFor: boolean;
  /** So many mails of this edition may leave before those that wait are to be served. */
  share: number;
  /** What this edition was given of it, counted as long as others wait, and what a mail counts. */
  given: number;
  weight: number;
  spent: number;
  refused: boolean;
}

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
    const budgets = new Map<string, Budget>();
    const take = (names: string[], isFirst: boolean): boolean => {
      const wanted = names.flatMap((name) => budgets.get(name) ?? []);
      const missing = wanted.filter((budget) => !isFirst && !isThere(budget, realNow));
      for (const budget of missing) budget.refused = true;
      if (missing.length > 0) return false;
      for (const budget of wanted) {
        budget.until = Math.max(budget.until, realNow) + budget.intervalMs;
        budget.spent++;
      }
      return true;
    };
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
      for (const mail of found) if (ids.length < limit && take(budgetsOf(mail), mail.first && !mail.unproven)) ids.push(mail.id);
      const first = found.filter((mail) => mail.first).length;
      // behind so many that have to wait there may be some that have not
      more = first === batch || (found.length - first === batch && !isRefused(overall));
    }
    await writeBudgets(tx, budgets, { edition, realNow });
    return { ids, waits: [...budgets.values()].some((budget) => budget.refused) };
  });
}

/** Forgets what editions were given while others waited, long ago. */
export async function forgetShares(db: Db, realNow: number): Promise<void> {
  await db.query('delete from mail_share where waits_until < $1', [realNow - keptMs]);
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

const isFirst = `(o.letter or ${ownAct})`;
const isUnproven = `(o.template = 'begin' or o.template = 'link' and not o.context ? 'why')`;
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

const isThere = (budget: Budget, realNow: number): boolean =>
  budget.share - budget.spent >= 1 && budget.until - budget.intervalMs * (budget.atOnce - 1) <= realNow;

/** Reads the budgets that were not read yet. */
async function readBudgets(
  tx: Tx,
  budgets: Map<string, Budget>,
  { names, edition, realNow, pace }: { names: string[]; edition: string; realNow: number; pace: Pace },
): Promise<void> {
  const unread = [...new Set(names)].filter((name) => !budgets.has(name));
  if (unread.length === 0) return;
  const { rows } = await tx.query<{ domain: string; given_until: number; waited_until: number }>(
    'select domain, given_until, waited_until from mail_pace where domain = any($1)',
    [unread],
  );
  const known = new Map(rows.map((row) => [row.domain, row]));
  for (const name of unread) {
    const row = known.get(name);
    const [perMinute, atOnce] =
      name === overall
        ? [pace.overall, burst.overall]
        : name.startsWith(unprovenPrefix)
          ? [pace.perDomain * unprovenShare, burst.unproven]
          : [pace.perDomain, burst.perDomain];
    const until = row?.given_until ?? 0;
    budgets.set(name, {
      intervalMs: 60_000 / perMinute,
      atOnce,
      until: until < realNow + beyondMs ? until : 0,
      isWaitedFor: row !== undefined && row.waited_until > realNow,
      share: Number.POSITIVE_INFINITY,
      given: 0,
      weight: 1,
      spent: 0,
      refused: false,
    });
  }
  const shared = unread.filter((name) => budgets.get(name)?.isWaitedFor);
  if (shared.length > 0) await readShares(tx, budgets, { names: shared, edition, realNow });
}

/** Reads what other editions that wait have been given of some budgets, and how much of them this one may take. */
async function readShares(
  tx: Tx,
  budgets: Map<string, Budget>,
  { names, edition, realNow }: { names: string[]; edition: string; realNow: number },
): Promise<void> {
  const { rows } = await tx.query<{ domain: string; most: number; least: number | null; own: number; beside: number; others: number }>(
    `select s.domain, max(s.given) as most, min(s.given) filter (where waits) as least, coalesce(max(s.given) filter (where s.edition = $2), 0) as own,
       count(*) filter (where waits and e.territory = mine.territory)::int as beside,
       count(distinct e.territory) filter (where waits and e.territory <> mine.territory)::int as others
     from mail_share s join edition e on e.id = s.edition join edition mine on mine.id = $2
       cross join lateral (select s.edition <> $2 and s.waits_until > $3 as waits) w
     where s.domain = any($1) group by s.domain`,
    [names, edition, realNow],
  );
  for (const { domain, most, least, own, beside, others } of rows) {
    const budget = budgets.get(domain);
    if (budget === undefined) continue;
    // nobody is so far behind that all others would have to stand still for longer
    const floor = most - newcomerMs / budget.intervalMs;
    budget.given = Math.max(own, floor);
    if (least === null) continue;
    budget.weight = beside + 1;
    const ahead = Math.max(budget.weight, (2 * lookMs) / budget.intervalMs / (others + 1));
    budget.share = Math.floor((Math.max(least, floor) + ahead - budget.given) / budget.weight);
  }
}

/** Writes what was taken of the budgets, and for which of them this edition waits. */
async function writeBudgets(
  tx: Tx,
  budgets: ReadonlyMap<string, Budget>,
  { edition, realNow }: { edition: string; realNow: number },
): Promise<void> {
  const until = (budget: Budget) => (budget.refused ? realNow + waitingMs : realNow);
  const touched = [...budgets].filter(([, budget]) => budget.spent > 0 || budget.refused);
  if (touched.length > 0)
    await tx.query(
      `insert into mail_pace as m (domain, given_until, waited_until) select * from unnest($1::text[], $2::float8[], $3::float8[])
       on conflict (domain) do update set given_until = excluded.given_until, waited_until = greatest(m.waited_until, excluded.waited_until)`,
      [touched.map(([name]) => name), touched.map(([, budget]) => budget.until), touched.map(([, budget]) => until(budget))],
    );
  const shared = [...budgets].filter(([, budget]) => budget.refused || budget.isWaitedFor);
  if (shared.length > 0)
    await tx.query(
      `insert into mail_share as s (domain, edition, given, waits_until) select d, $1, g, w from unnest($2::text[], $3::float8[], $4::float8[]) as t(d, g, w)
       on conflict (domain, edition) do update set given = greatest(s.given, excluded.given), waits_until = excluded.waits_until`,
      [
        edition,
        shared.map(([name]) => name),
        shared.map(([, { given, spent, weight }]) => given + spent * weight),
        shared.map(([, budget]) => until(budget)),
      ],
    );
}
