/** What a review knows of an edition, read in one statement: whatever was committed before it, and nothing else. */
import type { Claimed } from '../domain/asks/outlook.js';
import { type CivilDate, earlierOf } from '../domain/calendar.js';
import { toldOnce } from '../domain/mails.js';
import type { StepId } from '../domain/steps.js';
import { type AskRow, askInstants, everyAsk, everyHolder, type HolderRow, holdersByAsk, lockedOpenAsks, type Seated } from './asks.js';
import type { Tx } from './db.js';
import { movedBetween, movedInstants } from './digest.js';
import { type EditionRow, editionInstants, lockedEdition } from './editions.js';
import type { FactRow } from './facts.js';
import { everyGeneration, type GenerationRow, generationsIn, isCurrent } from './generations.js';
import { type InJson, listOf, rowOf, withInstants } from './json.js';
import { type DueMail, dueMail, type MailDue, whenDue } from './outbox.js';
import { everyone, fewPeople, type PersonInJson, type PersonRow, peopleIn } from './people.js';
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
  columns: PlanColumns;
  /** Everybody; where asks are quiet, all but the relays whom no other ask concerns. */
  people: Map<string, PersonRow>;
  /** The open asks to thousands in which nothing can be due yet: they are not read. */
  quiet: ReadonlyMap<string, Quiet>;
  /** Whether something has stirred that no ask's lock covers: then none is quiet. */
  stirred: boolean;
  /** Who holds which seat in the open asks that are not quiet. */
  holders: ReadonlyMap<string, HolderRow[]>;
  /** The rungs claimed so far in them, by ask and target. */
  claimed: ReadonlyMap<string, Map<string, Claimed[]>>;
  /** Of the asks that were named, those that have an outcome. */
  settled: readonly AskRow[];
  /** The last day on which an ask of each version of a step was settled. */
  closings: readonly Closing[];
  /** The generation each step starts from, where it is not 1 (`generationKey`). */
  generations: Readonly<Record<string, number>>;
}

/** Until when an ask is quiet, epoch ms, and the role of somebody who has not answered. */
export interface Quiet {
  until: number;
  role: string;
}

/** A version of a step, and the last day on which an ask of it was settled. */
export interface Closing {
  step: StepId;
  project: string | null;
  version: number;
  on: CivilDate;
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
  /** Whether asks may be left unread that are quiet. */
  trusting: boolean;
  /** Whether it is a review that reads, which answers for what has stirred. */
  reviewing?: boolean;
}

const seen = 'seen as (delete from pending_wake where edition = $1)';
const openPlace = `select q.role from ask_person p join person q on q.edition = p.edition and q.id = p.person
  where p.edition = $1 and p.ask = a.id and p.closed is null
    and (select true from ask_person f where f.ask = p.ask and f.seat = p.seat and f.closed in ('answered', 'declined') limit 1) is null limit 1`;
const beginning = (
  reviewing: boolean,
) => `stirs as (${reviewing ? 'delete' : 'select id'} from stirred where edition = $1${reviewing ? ' returning id' : ''}),
  calm as materialized (select a.id, a.quiet_until, (${openPlace}) as role from ask a
    where $9 and a.id = any($2) and a.quiet_until > $8 and (a.ends_at is null or a.ends_at > $8) and a.closing is null
      and not exists (select 1 from stirred where edition = $1)),
  quiet as (select * from calm where role is not null),
  loud as (select id from unnest($2::text[]) as a(id) where id not in (select id from quiet))`;
const loud = 'array(select id from loud)';
const people = `select * from (${everyone} and not exists (select 1 from quiet)
  union all select * from (${fewPeople('select id from loud')}) f where exists (select 1 from quiet)) p order by id`;
const everyClosing = `select step, project, version, max(closed_on) as on from ask where edition = $1 and closed_on is not null and ${isCurrent('ask')} group by step, project, version`;
const statement = `select ${listOf(everyClosing)} as closings, ${listOf(everyGeneration)} as generations,
    ${planColumns}, ${listOf(people)} as people, ${listOf(everyHolder(loud))} as holders,
    ${listOf('select * from quiet')} as quiet, exists (select 1 from stirs) as stirred,
    ${listOf(`${everyClaim(loud)} order by claimed_at`)} as claims, ${listOf(`select * from (${everyAsk('$3')}) a where outcome is not null`)} as settled,
    ${rowOf(dueMail({ told: '$4', epoch: 'null' }))} as mail, ${movedBetween({ since: '$5', until: '$6', late: '$7' })} as moved`;

type Columns = PlanColumns & {
  people: PersonInJson[];
  quiet: { id: string; quiet_until: string; role: string }[];
  stirred: boolean;
  holders: InJson<HolderRow, 'joined_at' | 'closed_at'>[];
  claims: ClaimedRow[];
  settled: InJson<AskRow, (typeof askInstants)[number]>[];
  mail: InJson<DueMail, 'at'>;
  moved: boolean;
  closings: Closing[];
  generations: GenerationRow[];
};

/** Reads an edition for a review, after its open asks were locked. */
export async function readSnapshot(
  tx: Tx,
  { row, open, awaited, at, movedSince, first, trusting, reviewing = true }: Wanted,
): Promise<Snapshot> {
  const { since, until, late } = movedInstants({ since: movedSince, until: at + 1 });
  const { rows } = await tx.query<Columns>(`with ${first ? `${seen}, ` : ''}${beginning(reviewing)} ${statement}`, [
    row.id,
    open,
    awaited,
    toldOnce,
    since,
    until,
    late,
    new Date(at),
    trusting,
  ]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  const holders = found.holders.map((holder) => withInstants<HolderRow, 'joined_at' | 'closed_at'>(holder, ['joined_at', 'closed_at']));
  return {
    inputs: planInputsOf(row, found),
    columns: found,
    people: peopleIn(found.people),
    quiet: new Map(found.quiet.map(({ id, quiet_until, role }) => [id, { until: Date.parse(quiet_until), role }])),
    stirred: found.stirred,
    holders: holdersByAsk(open, holders),
    claimed: claimsByTarget(found.claims),
    settled: found.settled.map(askIn),
    mail: whenDue(withInstants<DueMail, 'at'>(found.mail, ['at']), at),
    moved: found.moved,
    closings: found.closings,
    generations: generationsIn(found.generations),
  };
}

const askIn = (ask: InJson<AskRow, (typeof askInstants)[number]>) => withInstants<AskRow, (typeof askInstants)[number]>(ask, askInstants);

/** As a statement that answers JSON would give it. */
const inJson = <Row>(row: Row): never => JSON.parse(JSON.stringify(row)) as never;

/** A snapshot after a new ask was written, with who is asked. */
export function withAsk(
  before: Snapshot,
  row: EditionRow,
  { ask, people, at }: { ask: AskRow; people: readonly Seated[]; at: number },
): Snapshot {
  const sessions = ask.kind === 'session' && ask.project !== null ? [{ project: ask.project, day: ask.part ?? ask.day1 }] : [];
  const columns = {
    ...withOpened(before.columns, ask),
    sessions: [...before.columns.sessions, ...sessions].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
  };
  const places = people.map(({ person, seat, joined = 'asked', onBehalfOf = null }) => ({
    ...{ ask: ask.id, person, seat, joined, joined_at: new Date(at), on_behalf_of: onBehalfOf },
    ...{ closed: null, closed_at: null, decision: null },
  }));
  return { ...before, columns, inputs: planInputsOf(row, columns), holders: new Map([...before.holders, [ask.id, places]]) };
}

/** What plans are made from after an ask was written, or one that was announced has opened: its step began with the first of them (`everyVersion`). */
function withOpened(columns: PlanColumns, { step, project, version, kind, day1, opened_at, opens_at }: AskRow): PlanColumns {
  if (kind === 'decide' || (kind === 'session' && opened_at === null)) return columns;
  const started = (opened_at ?? opens_at).toISOString();
  const isSame = (one: PlanColumns['versions'][number]) => one.step === step && one.project === project && one.version === version;
  const known = columns.versions.find(isSame) ?? { step, project, version, started, day1 };
  const first = {
    ...known,
    started: Date.parse(started) < Date.parse(known.started) ? started : known.started,
    day1: earlierOf(day1, known.day1),
  };
  return { ...columns, versions: [...columns.versions.filter((one) => !isSame(one)), first] };
}

/** A snapshot after an announced session has opened. */
export function withSession(before: Snapshot, row: EditionRow, session: AskRow): Snapshot {
  const columns = withOpened(before.columns, session);
  return { ...before, columns, inputs: planInputsOf(row, columns) };
}

/** A snapshot after a fact was recorded that makes or ends no project. */
export function withFact(before: Snapshot, row: EditionRow, fact: FactRow): Snapshot {
  const columns = { ...before.columns, facts: [...before.columns.facts, inJson(fact)] };
  return { ...before, columns, inputs: planInputsOf(row, columns) };
}

/** A snapshot after somebody was asked in another's place. */
export function withPlace(before: Snapshot, place: HolderRow): Snapshot {
  const places = [...(before.holders.get(place.ask) ?? []), place].sort((a, b) => (a.person < b.person ? -1 : 1));
  return { ...before, holders: new Map([...before.holders, [place.ask, places]]) };
}

/** An edition and its asks that have no outcome, locked until the transaction ends. */
export interface Locked {
  row: EditionRow;
  open: AskRow[];
}

const lock = `with locked as materialized (${lockedEdition(', xmin::text as written, (select seen.xmin::text from edition seen where seen.id = edition.id) as seen')}),
   asks as materialized (select * from (${lockedOpenAsks.replace('$1', '(select id from locked)')}) a)
   select ${rowOf('select * from locked')} as row, ${listOf('select * from asks order by id')} as open,
     (select set_config('enable_seqscan', 'off', true) from asks where quiet_until is not null limit 1)`;

/**
 * Locks an edition, then its asks that have no outcome: nobody changes them meanwhile. Whoever had to wait for the edition's lock would not see asks
 * that were opened meanwhile: its row tells, and they are read once more. Where some are quiet, the rest of the transaction reads by index: statistics
 * do not know that what is left to read is little.
 */
export async function lockForReview(tx: Tx, id: string): Promise<Locked | undefined> {
  const { rows } = await tx.query<{
    row: (InJson<EditionRow, (typeof editionInstants)[number]> & { written: string; seen: string }) | null;
    open: InJson<AskRow, (typeof askInstants)[number]>[];
  }>(lock, [id]);
  const [found] = rows;
  if (found === undefined || found.row === null) return undefined;
  const { written, seen, ...row } = found.row;
  const open = written === seen ? found.open.map(askIn) : (await tx.query<AskRow>(lockedOpenAsks, [id])).rows;
  return { row: withInstants<EditionRow, (typeof editionInstants)[number]>(row, editionInstants), open };
}
