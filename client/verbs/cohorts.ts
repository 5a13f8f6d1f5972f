import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import { computePlan, type Plan, planJson } from '../../domain/plan.js';
import { PHASE_IDS } from '../../domain/steps.js';
import { audit } from '../../store/audit.js';
import { phaseOf, projectStandings, type Waiting, waitingOn } from '../../store/board.js';
import { inTransaction } from '../../store/db.js';
import { findEdition, insertEdition, listEditions, oweWake } from '../../store/editions.js';
import { cancelEdition, type Intervention } from '../../store/interventions.js';
import { planNow } from '../../store/plans.js';
import { type Installation, runOf, startCohort } from '../installation.js';

/** Whether an edition was started, or why not; an infeasible plan comes with its problems. */
export type Start =
  | { ok: true; id: string; runId: string; plan: Plan; start: CivilDate }
  | { ok: false; reason: 'exists' }
  | { ok: false; reason: 'past'; today: CivilDate }
  | { ok: false; reason: 'infeasible'; plan: Plan };

/**
 * Starts an edition: checked, planned, written with its people in one transaction, then handed to the engine.
 * @param late plan from today when the file's start is past
 * @param startsAt business instant at which it begins when its clock is shifted (a demonstration), epoch ms
 */
export async function startEdition(
  installation: Installation,
  { edition: given, source, late = false, startsAt }: { edition: Edition; source: string; late?: boolean; startsAt?: number },
): Promise<Start> {
  const { store, realNow } = installation;
  const real = realNow();
  const at = startsAt ?? real;
  const clockOffsetMs = startsAt === undefined ? 0 : startsAt - real;
  const today = calendarOf(given.territory).dateOf(at);
  if (given.start < today && !late) return { ok: false, reason: 'past', today };
  const edition = given.start < today ? { ...given, start: today } : given;
  const plan = computePlan(edition);
  if (!plan.feasible) return { ok: false, reason: 'infeasible', plan };
  const written = await inTransaction(store.pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [edition.id]);
    if ((await findEdition(tx, edition.id)) !== undefined) return false;
    await insertEdition(tx, { edition, source, at, clockOffsetMs });
    await audit(tx, [
      { edition: edition.id, at, actor: 'coordinator', verb: 'edition.started', subject: edition.id, detail: { start: edition.start } },
    ]);
    await oweWake(tx, edition.id, real);
    return true;
  });
  if (!written) return { ok: false, reason: 'exists' };
  const runId = await startCohort(installation, edition.id, { edition: edition.id, epoch: 1, clockOffsetMs, continues: true });
  return { ok: true, id: edition.id, runId, plan, start: edition.start };
}

/** An edition as `cohort list` prints it. */
export interface Listed {
  id: string;
  title: string;
  territory: string;
  status: string;
  phase: string | null;
  slackWorkingDays: number | null;
  waitingOn: string[];
}

/** Every edition of the installation. */
export async function listCohorts({ store, realNow }: Installation): Promise<Listed[]> {
  const rows = await listEditions(store.pool);
  return Promise.all(
    rows.map(async (row) => {
      const at = realNow() + row.clock_offset_ms;
      const waiting = row.status === 'running' ? await waitingOn(store.pool, row, at) : [];
      const plan = await planNow(store.pool, row, { at });
      return {
        id: row.id,
        title: row.title,
        territory: row.file.territory.name,
        status: row.status,
        phase: phaseOf(row, PHASE_IDS),
        slackWorkingDays: plan.slackWorkingDays,
        waitingOn: [...new Set(waiting.map((w) => w.person.name))],
      };
    }),
  );
}

/** An edition as `cohort show --json` prints it (experience.md). */
export interface Shown {
  id: string;
  title: string;
  territory: string;
  status: string;
  phase: string | null;
  startedAt: string;
  plan: ReturnType<typeof planJson>;
  waitingOn: {
    ask: string;
    kind: string;
    step: string;
    project?: string;
    person: string;
    role: string;
    opened: CivilDate;
    workingDays: number;
    due: CivilDate;
    /** null: it never ends by itself. */
    end: CivilDate | null;
    nextAction: { at: string; what: string } | null;
  }[];
  projects: { id: string; title: string; step: string | null; status: string; outcome?: string }[];
  workflow: { id: string; runId: string; status: string; historyEvents: number } | null;
}

/** Where one edition stands; undefined if there is none of that id. */
export async function showCohort(installation: Installation, id: string): Promise<Shown | undefined> {
  const { store, realNow } = installation;
  const row = await findEdition(store.pool, id);
  if (row === undefined) return undefined;
  const at = realNow() + row.clock_offset_ms;
  const waiting = row.status === 'running' || row.status === 'paused' ? await waitingOn(store.pool, row, at) : [];
  return {
    id: row.id,
    title: row.title,
    territory: row.territory,
    status: row.status,
    phase: phaseOf(row, PHASE_IDS),
    startedAt: row.started_at.toISOString(),
    plan: planJson(await planNow(store.pool, row, { at }), row.file.territory.locale),
    waitingOn: waiting.map(waitingJson),
    projects: (await projectStandings(store.pool, row, at)).map((project) => ({
      id: project.id,
      title: project.title,
      step: project.step ?? null,
      status: project.status,
      ...(project.outcome === undefined ? {} : { outcome: project.outcome }),
    })),
    workflow: await runOf(installation, id),
  };
}

/** One line of "who blocks what", as JSON: ids, dates and instants. */
export const waitingJson = (waiting: Waiting): Shown['waitingOn'][number] => ({
  ask: waiting.ask,
  kind: waiting.kind,
  step: waiting.step,
  ...(waiting.project === undefined ? {} : { project: waiting.project.id }),
  person: waiting.person.id,
  role: waiting.role,
  opened: waiting.opened,
  workingDays: waiting.workingDays,
  due: waiting.due,
  end: waiting.end ?? null,
  nextAction:
    waiting.nextAction === undefined ? null : { at: new Date(waiting.nextAction.at).toISOString(), what: waiting.nextAction.what },
});

/** Ends an edition by hand; its workflow sees it at the wake. */
export async function cancelCohort(
  installation: Installation,
  { id, reason }: { id: string; reason: string },
): Promise<Intervention<{ asks: string[] }>> {
  const { store, realNow } = installation;
  const done = await cancelEdition(store, { edition: id, reason, realNow: realNow() });
  if (done.ok) await installation.wake(id);
  return done;
}
