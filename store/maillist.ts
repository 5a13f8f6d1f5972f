/** The mails of an edition as its page lists them: those that left, those that are queued, those that wait for somebody. */
import { toldOnce } from '../domain/mails.js';
import { type AskRow, columns as askColumns } from './asks.js';
import type { Db } from './db.js';
import { columns, type OutboxRow } from './outbox.js';
import { cameBack } from './undelivered.js';

/** Which of them: what has left, what will leave by itself, what will not without somebody. */
export const MAIL_VIEWS = ['left', 'coming', 'waiting'] as const;
export type MailView = (typeof MAIL_VIEWS)[number];

/** What a list may be narrowed to. `who`: an id, or part of a name; `state`: of the outbox, or `returned`; `ask`: what it is about. */
export interface MailFilter {
  view: MailView;
  who?: string | undefined;
  state?: string | undefined;
  ask?: string | undefined;
}

/** The states that a view has. */
export const VIEW_STATES: Readonly<Record<MailView, readonly string[]>> = {
  left: ['accepted', 'returned', 'sending', 'dropped'],
  coming: [],
  waiting: ['held', 'failed', 'uncertain', 'returned'],
};

const returned = `(o.state = 'accepted' and exists (select 1 from bounce b where ${cameBack}))`;
const views: Readonly<Record<MailView, string>> = {
  left: `o.state in ('accepted', 'sending', 'dropped')`,
  coming: `(o.state = 'queued' or o.state = 'uncertain' and o.next_try_at is not null)`,
  waiting: `(o.state in ('held', 'failed') or o.state = 'uncertain' and o.next_try_at is null
    or o.state = 'accepted' and o.template = any($5) and o.id in (select outbox from bounce where edition = $1) and ${returned})`,
};

/** A row of a list; `back`: it came back since it left. */
export type ListedRow = Omit<OutboxRow, 'bytes'>;

/** Mails of an edition, those to come the soonest first, others the newest first, `bytes` left out; `from`: how many come before. */
export async function mailsListed(
  db: Db,
  edition: string,
  { view, who, state, ask, from, limit }: MailFilter & { from: number; limit: number },
): Promise<ListedRow[]> {
  const order = view === 'coming' ? 'greatest(o.due_at, o.next_try_at), o.id' : 'coalesce(o.sent_at, o.due_at) desc, o.id desc';
  const { rows } = await db.query<ListedRow>(
    `select ${columns.replace('bytes, ', '')} from outbox o where o.edition = $1 and ${views[view]} and ($5::text[] is not null)
       and ($2::text is null or o.person in (select id from person where edition = $1 and (id = $2 or position(lower($2) in lower(name)) > 0)))
       and ($3::text is null or case when $3 = 'returned' then ${returned} else o.state = $3 end)
       and ($4::text is null or o.asks @> jsonb_build_array(jsonb_build_object('ask', $4))
         or o.context->>'request' in (select request from ask_person where ask = $4))
     order by ${order} offset $6 limit $7`,
    [edition, who ?? null, state ?? null, ask ?? null, toldOnce, from, limit],
  );
  return rows;
}

/** So many asks are offered to narrow a list to. */
const mostAsks = 60;

/** The asks that a list names, and the last opened, to which it may be narrowed; `ended`: those too that are over. */
export async function asksListed(
  db: Db,
  edition: string,
  { named, ended }: { named: readonly string[]; ended: boolean },
): Promise<(AskRow & { recent: boolean })[]> {
  const { rows } = await db.query<AskRow & { recent: boolean }>(
    `with recent as (select id from ask where edition = $1 and ($3 or outcome is null) and opened_at is not null
       order by opened_at desc, id limit ${mostAsks})
     select ${askColumns}, id in (select id from recent) as recent from ask
     where edition = $1 and (id = any($2) or id in (select id from recent)) order by opened_at desc, id`,
    [edition, named, ended],
  );
  return rows;
}
