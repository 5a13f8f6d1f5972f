/** The budgets of the pace – all mail, each domain –, and how editions that wait for one share it (decision 0027). */
import type { Db, Tx } from './db.js';

/** How fast mail may leave an installation: mails a minute, to one domain and in all. */
export interface Pace {
  perDomain: number;
  overall: number;
}

/** How soon mail that waits for its turn is looked at again, in milliseconds; less often the more editions wait, so that together they look no oftener. */
const lookMs = { least: 1_000, most: 30_000 } as const;
/** So many looks fall into the time in which a budget gives one mail to each edition that waits for it. */
const looksATurn = 4;
/** So many leave at once before the pace begins to tell, to one domain and in all. */
const burst = { perDomain: 20, overall: 100, unproven: 10 } as const;
/** What anybody can have sent by typing an address has a budget of its own, this share of the domain's: however much of it there is, nothing else waits for it. */
const unprovenShare = 1 / 4;
/** Stands before a domain in `mail_pace`, where no domain has one. */
export const unprovenPrefix = '?';
/** The budget of all mail together. */
export const overall = '';
/** Nobody waits longer for a budget, in milliseconds: what says so was written by a clock that was wrong. */
const beyondMs = 24 * 60 * 60_000;
/** An edition that did not look again within so many times what it was told waits no more: nobody leaves room for it. */
const missedLooks = 5;
/** What a budget gives in so long, in milliseconds, whoever begins to wait is given before those that have waited for a while. */
const newcomerMs = 5_000;
/** What an edition was given is forgotten after so long, in milliseconds. */
const keptMs = 60 * 60_000;

/** A budget of the pace, and what an edition may take of it. */
export interface Budget {
  intervalMs: number;
  atOnce: number;
  /** Its theoretical arrival time (ITU-T I.371). */
  until: number;
  /** Whether editions may wait for it, and how many do. */
  isWaitedFor: boolean;
  waiting: number;
  /** So many mails of this edition may leave before those that wait are to be served. */
  share: number;
  /** What this edition was given of it, counted as long as others wait, and what a mail counts. */
  given: number;
  weight: number;
  spent: number;
  refused: boolean;
}

/** Budgets by name: a domain's, or that of all mail. */
export type Budgets = Map<string, Budget>;

/** Takes one mail's worth of each budget, unless one has nothing left for this edition; `anyway`: even so. Says whether it did. */
export function take(budgets: readonly Budget[], { realNow, anyway }: { realNow: number; anyway: boolean }): boolean {
  const missing = budgets.filter((budget) => !anyway && !isThere(budget, realNow));
  for (const budget of missing) budget.refused = true;
  if (missing.length > 0) return false;
  for (const budget of budgets) {
    budget.until = Math.max(budget.until, realNow) + budget.intervalMs;
    budget.spent++;
  }
  return true;
}

/** Forgets what editions were given while others waited, long ago. */
export async function forgetShares(db: Db, realNow: number): Promise<void> {
  await db.query('delete from mail_share where waits_until < $1', [realNow - keptMs]);
}

/** In how many milliseconds a budget that had nothing left is to be looked at again: whoever is served before others looks at once. */
export function againIn({ intervalMs, waiting, share, spent }: Budget): number {
  const isNext = waiting > 1 && share - spent > 1;
  return isNext ? lookMs.least : Math.min(lookMs.most, Math.max(lookMs.least, (waiting * intervalMs) / looksATurn));
}

/** Whether a budget has something left for this edition. */
export const isThere = (budget: Budget, realNow: number): boolean =>
  budget.share - budget.spent >= 1 && budget.until - budget.intervalMs * (budget.atOnce - 1) <= realNow;

/** Reads the budgets that were not read yet. */
export async function readBudgets(
  tx: Tx,
  budgets: Budgets,
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
      waiting: 1,
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
  budgets: Budgets,
  { names, edition, realNow }: { names: string[]; edition: string; realNow: number },
): Promise<void> {
  const { rows } = await tx.query<{
    domain: string;
    most: number;
    least: number | null;
    own: number;
    beside: number;
    others: number;
    waiting: number;
  }>(
    `select s.domain, max(s.given) as most, min(s.given) filter (where waits) as least, coalesce(max(s.given) filter (where s.edition = $2), 0) as own,
       count(*) filter (where waits and e.territory = mine.territory)::int as beside,
       count(distinct e.territory) filter (where waits and e.territory <> mine.territory)::int as others, count(*) filter (where waits)::int as waiting
     from mail_share s join edition e on e.id = s.edition join edition mine on mine.id = $2
       cross join lateral (select s.edition <> $2 and s.waits_until > $3 as waits) w
     where s.domain = any($1) group by s.domain`,
    [names, edition, realNow],
  );
  for (const { domain, most, least, own, beside, others, waiting } of rows) {
    const budget = budgets.get(domain);
    if (budget === undefined) continue;
    // nobody is so far behind that all others would have to stand still for longer
    const floor = most - newcomerMs / budget.intervalMs;
    budget.given = Math.max(own, floor);
    if (least === null) continue;
    budget.waiting = waiting + 1;
    budget.weight = beside + 1;
    const ahead = Math.max(budget.weight, (2 * lookMs.least) / budget.intervalMs / (others + 1));
    budget.share = Math.floor((Math.max(least, floor) + ahead - budget.given) / budget.weight);
  }
}

/** Writes what was taken of the budgets, and for which of them this edition waits. */
export async function writeBudgets(tx: Tx, budgets: Budgets, { edition, realNow }: { edition: string; realNow: number }): Promise<void> {
  const until = (budget: Budget) => realNow + (budget.refused ? missedLooks * againIn(budget) : 0);
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
