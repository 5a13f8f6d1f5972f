import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { fromStepOn, isCircuitStep, isPerProject, type StepId } from '../../domain/steps.js';
import { type AskRow, cancelAsks, lockedOpenAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { generationsUsed, isCurrent, raiseGenerations } from '../generations.js';
import { planInputs } from '../plans.js';
import { forgetSelection } from '../selection.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockRunning, type OnEdition } from './on-edition.js';

/**
 * Goes back to a step: it begins anew, and all that follows it; what they ask is cancelled. What was answered and frozen stays readable, and no longer
 * counts. Steps of the selection only as long as no decision letter was queued; those of a project in that project.
 * @param silent whoever was asked something is not told of it
 */
export async function planBack(
  tx: Tx,
  {
    edition,
    step,
    project: named,
    silent = false,
    reason,
    actor = 'coordinator',
    realNow,
  }: OnEdition & { step: StepId; project?: string; silent?: boolean },
): Promise<Planned<object> | NotDone> {
  const found = await lockRunning(tx, { edition, realNow });
  if (!found.ok) return found;
  const { row, at } = found;
  const { facts, projects } = await planInputs(tx, row);
  const running = projects.filter(({ status }) => status === 'running');
  if (!isPerProject(step) && (step === 'restitution' || facts.some(({ what }) => what === 'projects')))
    return { ok: false, reason: step === 'restitution' ? 'not-begun' : 'letters' };
  if (isPerProject(step) && running.length === 0) return { ok: false, reason: projects.length === 0 ? 'not-begun' : 'project-over' };
  if (isPerProject(step) && named === undefined && running.length > 1) return { ok: false, reason: 'which-project' };
  const chosen = isPerProject(step) ? running.find(({ id }) => named === undefined || id === named) : undefined;
  if (isPerProject(step) && chosen === undefined) return { ok: false, reason: 'project-over' };
  const project = chosen?.id;
  const steps = fromStepOn(step).filter((one) => isPerProject(one) === isPerProject(step));
  const used = await generationsUsed(tx, edition, { steps, project: project ?? null });
  if (!used.has(step)) return { ok: false, reason: 'not-begun' };
  if (isCircuitStep(step) && (await hasVersions(tx, edition, { step, project }))) return { ok: false, reason: 'written-anew' };
  const calendar = calendarOf(row.file.territory);
  const isUndone = (ask: AskRow) => steps.includes(ask.step) && ask.project === (project ?? null);
  const open = (await tx.query<AskRow>(lockedOpenAsks, [edition])).rows.filter(isUndone);
  const people = silent ? [] : await askedIn(tx, edition, { steps, project });
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await cancelAsks(tx, edition, { ids: open.map(({ id }) => id), at, on: calendar.dateOf(at) });
        await raiseGenerations(tx, edition, { generations: new Map([...used].map(([one, n]) => [one, n + 1])), project });
        if (project === undefined) await forgetSelection(tx, edition, steps);
      },
      entries: [{ verb: 'edition.back', subject: edition, detail: { step, ...(project === undefined ? {} : { project }) }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendar),
        mails: people.map((person) => ({
          key: `back.${row.back + 1}.${person}`,
          person,
          template: 'back' as const,
          context: { step, ...(project === undefined ? {} : { project }) },
        })),
      },
      wake: true,
    },
    done: {},
  };
}

/** Who was asked something in steps that are undone, and can be written to. */
async function askedIn(
  tx: Tx,
  edition: string,
  { steps, project }: { steps: readonly StepId[]; project: string | undefined },
): Promise<string[]> {
  const { rows } = await tx.query<{ person: string }>(
    `select distinct p.person from ask_person p join ask a on a.id = p.ask join person q on q.edition = p.edition and q.id = p.person
     where a.edition = $1 and a.step = any($2) and a.project is not distinct from $3 and a.opened_at is not null and ${isCurrent('a')}
       and q.unreachable_at is null order by p.person`,
    [edition, steps, project ?? null],
  );
  return rows.map(({ person }) => person);
}

/** Whether a circuit has seen more than one version: it begins anew with the first, so that its document has to. */
async function hasVersions(tx: Tx, edition: string, { step, project }: { step: StepId; project: string | undefined }): Promise<boolean> {
  const { rows } = await tx.query<{ so: boolean }>(
    `select exists (select 1 from ask a where a.edition = $1 and a.step = $2 and a.project is not distinct from $3 and a.version > 1 and ${isCurrent('a')}) as so`,
    [edition, step, project ?? null],
  );
  return rows[0]?.so === true;
}
