import { calendarOf } from '../../domain/calendar.js';
import { factId, generationKey } from '../../domain/facts.js';
import { SKIPPABLE, type StepId } from '../../domain/steps.js';
import { type AskRow, cancelAsks, lockedOpenAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { insertFact } from '../facts.js';
import { generationsOf } from '../generations.js';
import { planInputs } from '../plans.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockRunning, type OnEdition } from './on-edition.js';

/**
 * Does without a step that has begun, in one project or in all of them: what it asked is cancelled, what was answered stays readable, and what follows
 * goes on.
 */
export async function planSkip(
  tx: Tx,
  { edition, step, project, reason, actor = 'coordinator', realNow }: OnEdition & { step: StepId; project?: string },
): Promise<Planned<object> | NotDone> {
  const found = await lockRunning(tx, { edition, realNow });
  if (!found.ok) return found;
  const { row, at } = found;
  if (!SKIPPABLE.includes(step)) return { ok: false, reason: 'no-skip' };
  const on = calendarOf(row.file.territory).dateOf(at);
  const { lived, projects } = await planInputs(tx, row);
  const wanted = projects.filter(({ id, status }) => status === 'running' && (project === undefined || id === project));
  const begun = lived.filter((one) => one.step === step && wanted.some(({ id }) => id === one.project));
  const unfinished = begun.flatMap(({ project: id, finished, version }) =>
    finished === undefined && id !== null ? [{ id, version }] : [],
  );
  if (unfinished.length === 0) return { ok: false, reason: begun.length === 0 ? 'not-begun' : 'over' };
  const open = (await tx.query<AskRow>(lockedOpenAsks, [edition])).rows;
  const asked = open.filter((ask) => ask.step === step && unfinished.some(({ id }) => id === ask.project));
  const generations = await generationsOf(tx, edition);
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await cancelAsks(tx, edition, { ids: asked.map(({ id }) => id), at, on });
        for (const { id, version } of unfinished) {
          const fact = {
            what: 'finished',
            step,
            project: id,
            version,
            generation: generations[generationKey(step, id)] ?? 1,
            outcome: 'skipped',
          } as const;
          await insertFact(tx, edition, { ...fact, id: factId(edition, fact), recorded_on: on, items: [], at });
        }
      },
      entries: unfinished.map(({ id }) => ({ verb: 'step.skipped' as const, subject: edition, detail: { step, project: id }, reason })),
      wake: true,
    },
    done: {},
  };
}
