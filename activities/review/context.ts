import { nextSendingTime } from '../../domain/asks/sending.js';
import { type Calendar, type CivilDate, calendarOf } from '../../domain/calendar.js';
import { lastDigest } from '../../domain/digest.js';
import type { EditionRules } from '../../domain/edition.js';
import type { TimingContext } from '../../domain/kinds/dates.js';
import type { Plan } from '../../domain/plan.js';
import { isPerProject, type StepId, stepOf } from '../../domain/steps.js';
import type { AskRow, HolderRow } from '../../store/asks.js';
import type { Tx } from '../../store/db.js';
import type { EditionRow } from '../../store/editions.js';
import type { FactRow, LivedStep } from '../../store/facts.js';
import { recordIncident, resolveIncident } from '../../store/incidents.js';
import { withQueued } from '../../store/outbox.js';
import { type PersonRow, peopleOf } from '../../store/people.js';
import { planFrom } from '../../store/plans.js';
import type { ProjectRow } from '../../store/projects.js';
import { queuedIn } from '../../store/queue.js';
import { type Latest, readSnapshot, type Snapshot } from '../../store/snapshot.js';

/** What one review knows: the edition, its calendar, and what was lived; plans are made when first needed and forgotten when something finishes. */
export interface ReviewContext {
  tx: Tx;
  row: EditionRow;
  edition: EditionRules;
  calendar: Calendar;
  /** Business instant, epoch ms. */
  at: number;
  today: CivilDate;
  /** When mail may leave: now, or the next 09:00 of a working day. */
  sendingTime(): number;
  /** The asks that have no outcome, by id; kept up to date by what settles and opens. */
  open: Map<string, AskRow>;
  /** The asks that this review has settled, by id. */
  settled: Map<string, AskRow>;
  /** Whether the edition is over. */
  ended: boolean;
  /** The edition as it stands: read once, and again when something changed. */
  now(): Promise<Snapshot>;
  /** What mail is due, and whether anything can have moved, as this review leaves it. */
  latest(): Promise<Latest>;
  /** Who holds which seat in the asks that have no outcome. */
  holders(): Promise<ReadonlyMap<string, readonly HolderRow[]>>;
  /** Those who matter while asks to thousands are quiet; `everybody` reads the others too. */
  people(): Promise<Map<string, PersonRow>>;
  everybody(): Promise<Map<string, PersonRow>>;
  projects(): Promise<readonly ProjectRow[]>;
  lived(): Promise<readonly LivedStep[]>;
  facts(): Promise<readonly FactRow[]>;
  /** The plan of the edition, or of a project, as of now; `on`: as it will be at another instant if nothing happens until then. */
  plan(project?: string, on?: number): Promise<Plan>;
  timing(step: StepId, project?: string): Promise<TimingContext>;
  /** Something settled, or was recorded, as of an instant: there may be something to tell of. */
  moved(instant: number): void;
  /** What was read holds, but for what this changes in it. */
  becomes(change: (snapshot: Snapshot) => Snapshot): Promise<void>;
  /** More was written than one would follow: what was read and computed before no longer holds. */
  changed(): void;
  /** The same, and no ask is quiet any more. */
  stirred(): void;
  /** What failed is an incident, until it works. */
  failed(scope: string, error: unknown): Promise<void>;
  worked(scope: string): Promise<void>;
}

/** Opens the context of a review, inside its transaction. `awaited`: the asks that stories wait for. */
export function reviewContext({
  tx,
  row,
  at,
  open,
  awaited,
  reviewing = true,
}: {
  tx: Tx;
  row: EditionRow;
  at: number;
  open: AskRow[];
  awaited: readonly string[];
  /** Whether it is a review, which takes note of what was owed to it. */
  reviewing?: boolean;
}): ReviewContext {
  const failing = new Set(row.failing);
  const edition = row.file;
  const calendar = calendarOf(edition.territory);
  const today = calendar.dateOf(at);
  const movedSince = Math.max((row.digest_at ?? row.started_at).getTime(), lastDigest(at, calendar));
  let first = reviewing;
  let news = false;
  let trusting = true;
  let read: Promise<Snapshot> | undefined;
  const plans = new Map<string, Promise<Plan>>();

  const context: ReviewContext = {
    tx,
    row,
    edition,
    calendar,
    at,
    today,
    sendingTime: () => nextSendingTime(at, calendar),
    open: new Map(open.map((ask) => [ask.id, ask])),
    settled: new Map(),
    ended: row.status === 'closed' || row.status === 'cancelled',
    now: () => {
      if (read === undefined) {
        read = readSnapshot(tx, { row, open: [...context.open.keys()], awaited, at, movedSince, first, trusting, reviewing }).then(
          (found) => {
            trusting &&= !found.stirred;
            return found;
          },
        );
        first = false;
      }
      return read;
    },
    latest: async () => {
      const { mail, moved } = await context.now();
      return {
        mail: withQueued(
          mail,
          queuedIn(tx).map(({ dueAt }) => dueAt),
          at,
        ),
        moved: moved || news,
      };
    },
    holders: async () => (await context.now()).holders,
    people: async () => (await context.now()).people,
    everybody: async () => {
      const { quiet, people } = await context.now();
      if (quiet.size === 0) return people;
      const everybody = await peopleOf(tx, edition.id);
      await context.becomes((before) => ({ ...before, people: everybody }));
      return everybody;
    },
    projects: async () => (await context.now()).inputs.projects,
    lived: async () => (await context.now()).inputs.lived,
    facts: async () => (await context.now()).inputs.facts,
    plan: (project, on = at) => {
      const key = `${project ?? ''} ${on}`;
      const known = plans.get(key) ?? context.now().then(({ inputs }) => planFrom(row, inputs, { at: on, project }));
      plans.set(key, known);
      return known;
    },
    timing: async (step, project) => ({
      edition,
      calendar,
      at,
      plan: await context.plan(project),
      before: await finishBefore(context, step, project),
    }),
    moved: (instant) => {
      news ||= instant >= movedSince;
    },
    becomes: async (change) => {
      read = read?.then(change);
      plans.clear();
    },
    changed: () => {
      read = undefined;
      plans.clear();
    },
    stirred: () => {
      trusting = false;
      context.changed();
    },
    failed: async (scope, error) => {
      failing.add(scope);
      await recordIncident(tx, edition.id, { scope, message: String(error), at });
    },
    worked: async (scope) => {
      if (failing.delete(scope)) await resolveIncident(tx, edition.id, { scope, at });
    },
  };
  return context;
}

/** Finish date of the last of a step's predecessors: of every project where the edition waits for its projects; undefined for the first step. */
async function finishBefore(context: ReviewContext, step: StepId, project?: string): Promise<CivilDate | undefined> {
  const lived = await context.lived();
  let latest: CivilDate | undefined;
  for (const before of stepOf(step).after) {
    const ends =
      isPerProject(before) && project === undefined
        ? (await context.projects()).map((p) => p.ended_on)
        : lived.filter((l) => l.step === before && (l.project === null || l.project === project)).map((l) => l.finished);
    for (const end of ends) if (end !== null && end !== undefined && (latest === undefined || end > latest)) latest = end;
  }
  return latest;
}
