/** What views of some places of one edition are gathered from, but what few kinds of ask need: read in one statement, as it is at one moment. */
import type { Answer } from '../../domain/asks/forms.js';
import type { Claimed } from '../../domain/asks/outlook.js';
import { type AnswerState, askKinds } from '../../domain/asks.js';
import { type Calendar, calendarOf } from '../../domain/calendar.js';
import { circuitOfDocument, documentsReadIn } from '../../domain/documents.js';
import type { EditionRules } from '../../domain/edition.js';
import { kinds } from '../../domain/kinds/index.js';
import { isCircuitStep, STEP_IDS } from '../../domain/steps.js';
import { type AskRow, columns as askColumns, askInstants, type HolderRow } from '../asks.js';
import type { Db } from '../db.js';
import { type DocumentRow, columns as documentColumns } from '../documents.js';
import type { EditionRow } from '../editions.js';
import { type InJson, listOf, withInstants } from '../json.js';
import { everyone, type PersonRow } from '../people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from '../plans.js';
import type { ProjectRow } from '../projects.js';
import { type ClaimedRow, claimsByTarget, everyClaim } from '../rungs.js';
import { type ApplicationRow, applicationsOf, everyApplication } from '../selection.js';

/** One person's place in an ask, with what they are writing. */
export interface PlaceRow {
  ask: string;
  person: string;
  seat: string;
  joined: HolderRow['joined'];
  joined_at: Date;
  on_behalf_of: string | null;
  delegated_to: string | null;
  request: string;
  link_n: number;
  closed: AnswerState | null;
  closed_at: Date | null;
  answer: Answer | null;
  relieved: boolean;
  reopened: boolean;
  draft: Record<string, string | string[]> | null;
  draft_version: number | null;
  other_draft: Record<string, string | string[]> | null;
}

/** Who sits beside them, and when they answered. */
export type SeatRow = Omit<HolderRow, 'decision'> & { answered_at: Date | null };

/** An approval, or the vote of a sitting, that came before an ask. */
export interface ApprovalRow {
  before: string;
  person: string;
  decision: string;
  closed_at: Date;
  remarks: string | null;
}

/** What views of one edition share. */
export interface Stage {
  db: Db;
  row: EditionRow;
  edition: EditionRules;
  calendar: Calendar;
  /** Business instant, epoch ms. */
  at: number;
  /** A need's title; empty when there is none. */
  needTitle(need: string | null): string;
  applications(): Promise<ApplicationRow[]>;
  /** What was sent for the jury from each shortlisted applicant's seat, where asks show it. */
  material: ReadonlyMap<string, string>;
  /** The approvals that came before each of these asks: of its version, or of the one before. */
  approvals: readonly ApprovalRow[];
  projects: readonly ProjectRow[];
  /** What plans are made from. */
  plans: PlanInputs;
  places: readonly PlaceRow[];
  asks: readonly AskRow[];
  /** Who sits in each ask, the last answer first; of an ask to thousands, on the seats of these places. */
  seats: ReadonlyMap<string, readonly SeatRow[]>;
  /** The rungs of these people that are over, by ask and target. */
  claimed: ReadonlyMap<string, ReadonlyMap<string, Claimed[]>>;
  /** The frozen documents that these asks are about, newest first. */
  documents: readonly DocumentRow[];
  /** Everybody; where only asks to thousands are shown, those on the seats of these places, and whoever else was named. */
  people: Map<string, PersonRow>;
}

/** One ask of such a kind may be put to thousands: no more of it is read than what is shown. */
const kindsWithMany = askKinds.filter((kind) => kinds[kind].many);
const toMany = 'a.kind = any($3)';
const seat = `select p.ask, p.person, p.seat, p.joined, p.joined_at, p.on_behalf_of, p.closed, p.closed_at,
      case when p.closed in ('answered', 'declined') and p.answer is not null then p.closed_at end as answered_at`;
const theirs = 'any(array(select person from wanted))';
const statement = `with wanted as (
    select p.ask, p.person, p.seat, p.joined, p.joined_at, p.on_behalf_of, p.delegated_to, p.request, p.link_n, p.closed, p.closed_at, p.answer, p.relieved,
      p.reopened_at is not null as reopened, d.body as draft, d.version as draft_version, d.other as other_draft
    from ask_person p left join draft d on d.request = p.request where p.edition = $1 and p.request = any($2)),
  asked as (select ${askColumns} from ask where id in (select ask from wanted)),
  beside as (
    ${seat} from ask_person p join asked a on a.id = p.ask where not (${toMany})
    union all
    ${seat} from ask_person p where (p.ask, p.seat) in (select w.ask, w.seat from wanted w join asked a on a.id = w.ask where ${toMany}))
  select ${listOf('select * from wanted')} as places, ${listOf('select * from asked order by id')} as asks,
    ${listOf('select * from beside order by closed_at desc, person desc')} as seats,
    ${listOf(`${everyClaim('array(select id from asked)')} and (person = ${theirs} or about <> '' and about = ${theirs}) order by claimed_at`)} as claims,
    ${listOf(`${everyone} and (exists (select 1 from asked a where not (${toMany})) or id = any($4) or id in (select person from beside)) order by id`)} as people,
    ${listOf(`select distinct ${documentColumns} from asked a join unnest($5::text[], $6::text[]) as r(step, document) on r.step = a.step
      join document d on d.edition = $1 and d.step = r.document and d.project = coalesce(a.project, '')
      where a.kind = any($7) and not (${toMany}) order by generation desc, version desc`)} as documents,
    case when exists (select 1 from asked a join unnest($8::text[], $9::text[]) as r(kind, step) on r.kind = a.kind and r.step = a.step)
      then ${listOf(everyApplication)} end as applications,
    ${listOf(`select p.seat, p.answer->>'material' as material from ask_person p join ask a on a.id = p.ask
      where a.edition = $1 and a.kind = 'prepare' and p.closed = 'answered' and p.answer->>'material' is not null
        and exists (select 1 from asked where kind = any($10)) order by p.closed_at desc`)} as material,
    ${listOf(`select k.id as before, p.person, p.decision, p.closed_at, p.answer->>'remarks' as remarks
      from asked k join unnest($11::text[], $12::text[]) as c(step, circuit) on c.step = k.step
      join ask a on a.edition = $1 and a.step = c.circuit and a.project is not distinct from k.project and a.kind in ('approve', 'sitting')
        and a.version = k.version - case when c.step = c.circuit and k.kind <> 'proposal' then 0 else 1 end and a.id <> k.id
      join ask_person p on p.ask = a.id and p.closed = 'answered'
      where not (k.kind = any($3)) order by p.closed_at`)} as approvals,
    ${planColumns}`;

/** Which documents the asks of each step are about, and of which kinds they are. */
const readIn = STEP_IDS.flatMap((step) => documentsReadIn(step).map((document) => ({ step, document })));
const kindsWithDocuments = askKinds.filter((kind) => kinds[kind].reads.documents);
/** Which asks show applications, and which of them what was sent for the jury. */
const aboutApplications = askKinds.flatMap((kind) => {
  const { applications, ownApplication, marks } = kinds[kind].reads;
  return STEP_IDS.filter((step) => applications !== undefined || ownApplication || marks(step)).map((step) => ({ kind, step }));
});
const kindsWithMaterial = askKinds.filter((kind) => kinds[kind].reads.applications !== undefined && !kinds[kind].reads.namesOnly);
/** Which circuit comes before the asks of each step. */
const circuitsBefore = STEP_IDS.flatMap((step) => {
  const circuit = isCircuitStep(step) ? step : circuitOfDocument[step];
  return circuit === undefined ? [] : [{ step, circuit }];
});

type PlaceInstants = 'joined_at' | 'closed_at';
type SeatInstants = PlaceInstants | 'answered_at';
type Columns = PlanColumns & {
  places: InJson<PlaceRow, PlaceInstants>[];
  asks: InJson<AskRow, (typeof askInstants)[number]>[];
  seats: InJson<SeatRow, SeatInstants>[];
  claims: ClaimedRow[];
  people: InJson<PersonRow, 'unreachable_at'>[];
  documents: InJson<DocumentRow, 'frozen_at'>[];
  applications: InJson<ApplicationRow, 'started_at'>[] | null;
  material: { seat: string; material: string }[];
  approvals: InJson<ApprovalRow, 'closed_at'>[];
};

/** Reads what is needed to show some places of an edition; `persons`: whoever is spoken of besides. */
export async function readStage(
  db: Db,
  row: EditionRow,
  { requests, persons = [], at }: { requests: readonly string[]; persons?: readonly string[]; at: number },
): Promise<Stage> {
  const { rows } = await db.query<Columns>(statement, [
    row.id,
    requests,
    kindsWithMany,
    persons,
    readIn.map(({ step }) => step),
    readIn.map(({ document }) => document),
    kindsWithDocuments,
    aboutApplications.map(({ kind }) => kind),
    aboutApplications.map(({ step }) => step),
    kindsWithMaterial,
    circuitsBefore.map(({ step }) => step),
    circuitsBefore.map(({ circuit }) => circuit),
  ]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  const edition = row.file;
  const inputs = planInputsOf(row, found);
  const seats = new Map<string, SeatRow[]>();
  for (const seat of found.seats.map((one) => withInstants<SeatRow, SeatInstants>(one, ['joined_at', 'closed_at', 'answered_at'])))
    seats.set(seat.ask, [...(seats.get(seat.ask) ?? []), seat]);
  const people = found.people.map((person) => withInstants<PersonRow, 'unreachable_at'>(person, ['unreachable_at']));
  const shown = found.applications?.map((one) => withInstants<ApplicationRow, 'started_at'>(one, ['started_at']));
  let applications = shown === undefined ? undefined : Promise.resolve(shown);
  return {
    ...{ db, row, edition, calendar: calendarOf(edition.territory), at },
    needTitle: (id) => edition.needs.find((need) => need.id === id)?.title ?? '',
    places: found.places.map((place) => withInstants<PlaceRow, PlaceInstants>(place, ['joined_at', 'closed_at'])),
    asks: found.asks.map((ask) => withInstants<AskRow, (typeof askInstants)[number]>(ask, askInstants)),
    seats,
    claimed: claimsByTarget(found.claims),
    documents: found.documents.map((document) => withInstants<DocumentRow, 'frozen_at'>(document, ['frozen_at'])),
    people: new Map(people.map((person) => [person.id, person])),
    applications: () => {
      applications ??= applicationsOf(db, row.id);
      return applications;
    },
    material: new Map(found.material.map(({ seat, material }) => [seat, material])), // the first answer of a seat counts: it comes last
    approvals: found.approvals.map((one) => withInstants<ApprovalRow, 'closed_at'>(one, ['closed_at'])),
    projects: inputs.projects,
    plans: inputs,
  };
}
