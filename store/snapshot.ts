/** What a review knows of an edition, read in one statement: whatever was committed before it, and nothing else. */
import type { Claimed } from '../domain/asks/outlook.js';
import { toldOnce } from '../domain/mails.js';
import { type AskRow, askInstants, everyAsk, everyHolder, type HolderRow, holdersByAsk } from './asks.js';
import type { Tx } from './db.js';
import { movedBetween, movedInstants } from './digest.js';
import type { EditionRow } from './editions.js';
import { type InJson, listOf, rowOf, withInstants } from './json.js';
import { type DueMail, dueMail, type MailDue, whenDue } from './outbox.js';
import { everyPerson, type PersonInJson, type PersonRow, peopleIn } from './people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from './plans.js';
import { type ClaimedRow, claimsByTarget, everyClaim } from './rungs.js';

/** What a review leaves behind. */
export interface Latest {
  mail: MailDue;
  /** Whether anything can have moved since the instant that was named. */
  moved: boolean;
}

/** An edition as a review sees it. */
export interface Snapshot extends Latest {
  /** What plans are made from. */
  inputs: PlanInputs;
  people: Map<string, PersonRow>;
  /** Who holds which seat in the open asks. */
  holders: ReadonlyMap<string, HolderRow[]>;
  /** The rungs claimed so far in the open asks, by ask and target. */
  claimed: ReadonlyMap<string, Map<string, Claimed[]>>;
  /** Of the asks that were named, those that have an outcome. */
  settled: readonly AskRow[];
}

/** What is to be read. */
export interface Wanted {
  row: EditionRow;
  /** The open asks, locked before: nobody changes them meanwhile. */
  open: readonly string[];
  awaited: readonly string[];
  at: number;
  /** Since when something may have moved. */
  movedSince: number;
  /** The first look of a review: wakes owed so far are owed no more. What comes during it, and is seen only in part, stays owed. */
  first: boolean;
}

const seen = 'with seen as (delete from pending_wake where edition = $1)';
const statement = `select ${planColumns}, ${listOf(everyPerson)} as people, ${listOf(everyHolder('$2'))} as holders,
    ${listOf(`${everyClaim('$2')} order by claimed_at`)} as claims, ${listOf(`select * from (${everyAsk('$3')}) a where outcome is not null`)} as settled,
    ${rowOf(dueMail({ told: '$4', at: '$5', epoch: 'null' }))} as mail, ${movedBetween({ since: '$6', until: '$7', late: '$8' })} as moved`;

type Columns = PlanColumns & {
  people: PersonInJson[];
  holders: InJson<HolderRow, 'joined_at' | 'closed_at'>[];
  claims: ClaimedRow[];
  settled: InJson<AskRow, (typeof askInstants)[number]>[];
  mail: InJson<DueMail, 'at' | 'turn_at'>;
  moved: boolean;
};

/** Reads an edition for a review, after its open asks were locked. */
export async function readSnapshot(tx: Tx, { row, open, awaited, at, movedSince, first }: Wanted): Promise<Snapshot> {
  const { since, until, late } = movedInstants({ since: movedSince, until: at + 1 });
  const { rows } = await tx.query<Columns>(first ? `${seen} ${statement}` : statement, [
    row.id,
    open,
    awaited,
    toldOnce,
    new Date(at),
    since,
    until,
    late,
  ]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  const holders = found.holders.map((holder) => withInstants<HolderRow, 'joined_at' | 'closed_at'>(holder, ['joined_at', 'closed_at']));
  return {
    inputs: planInputsOf(row, found),
    people: peopleIn(found.people),
    holders: holdersByAsk(open, holders),
    claimed: claimsByTarget(found.claims),
    settled: found.settled.map((ask) => withInstants<AskRow, (typeof askInstants)[number]>(ask, askInstants)),
    mail: whenDue(withInstants<DueMail, 'at' | 'turn_at'>(found.mail, ['at', 'turn_at']), at),
    moved: found.moved,
  };
}
