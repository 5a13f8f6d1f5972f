import { rungTime } from '../../domain/asks/sending.js';
import type { Plan } from '../../domain/plan.js';
import { bodyOf } from '../../domain/sittings.js';
import { audit } from '../../store/audit.js';
import { remember } from '../../store/editions.js';
import { ofRole } from '../../store/people.js';
import { queueNotice } from '../../store/queue.js';
import type { ReviewContext } from './context.js';

/** The slacks, in working days, whose fall is told (plan.md, "While it runs"). */
const thresholds = [5, 0] as const;

/**
 * Tells the coordinators when the slack of what remains falls through five working days, and again through zero; says when to look again, while
 * time alone eats it: somebody who is late and silent wakes nobody.
 */
export async function tellRisks(context: ReviewContext): Promise<number | null> {
  const { tx, edition, row } = context;
  const projects = await context.projects();
  const running = projects.filter((project) => project.status === 'running');
  // a restitution that only waits for its day is at no risk until that day is past
  const watched = projects.length > 0 && running.length === 0 ? [0] : thresholds;
  const threads = running.length === 0 ? [undefined] : running.map((project) => project.id);
  const before = row.slack;
  const now: Record<string, number> = { ...before };
  const falls: number[] = [];
  for (const thread of threads) {
    const plan = await context.plan(thread);
    const slack = plan.slackWorkingDays;
    if (slack === null) continue;
    const former = before[thread ?? ''] ?? (thread === undefined ? slack : (before[''] ?? slack));
    const crossed = watched.findLast((threshold) => former >= threshold && slack < threshold);
    if (crossed !== undefined) await queueAlert(context, { plan, thread, crossed, slack });
    now[thread ?? ''] = slack;
    const through = watched.find((threshold) => slack >= threshold);
    const fall = through === undefined ? null : await nextFall(context, { thread, slack, through });
    if (fall !== null) falls.push(fall);
  }
  if (JSON.stringify(now) !== JSON.stringify(before)) await remember(tx, edition.id, { slack: now });
  return falls.length === 0 ? null : Math.min(...falls);
}

/**
 * The morning on which the slack falls through a threshold if nothing happens until then, or one before it; null while time does not eat it. The
 * later the day, the less slack: the first such day is found by halving.
 */
async function nextFall(
  { plan, calendar, today }: ReviewContext,
  { thread, slack, through }: { thread: string | undefined; slack: number; through: number },
): Promise<number | null> {
  const morning = (days: number) => calendar.instantAt(calendar.add(calendar.onOrAfter(today), days), rungTime);
  const slackAfter = async (days: number) => (await plan(thread, morning(days))).slackWorkingDays ?? slack;
  if ((await slackAfter(1)) >= slack) return null;
  let [before, after] = [0, slack - through + 1]; // at a day a day it is through by then; if not, that is when to look again
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if ((await slackAfter(between)) < through) after = between;
    else before = between;
  }
  return morning(after);
}

async function queueAlert(
  context: ReviewContext,
  { plan, thread, crossed, slack }: { plan: Plan; thread: string | undefined; crossed: number; slack: number },
): Promise<void> {
  const { edition, at, today } = context;
  const steps = plan.steps.filter((step) => step.critical).map((step) => step.id);
  const sitting = plan.steps.find((step) => (step.earliest.finish ?? '9999') >= today && step.session !== undefined)?.session;
  const missed = sitting?.latest ?? sitting?.earliest;
  for (const person of ofRole(await context.people(), 'coordinator'))
    await queueNotice(context, {
      key: `risk.${thread ?? 'edition'}.${crossed}.${today}.${person}`,
      person,
      template: 'risk',
      context: {
        slack,
        steps,
        target: plan.target,
        ...(thread === undefined ? {} : { project: thread }),
        ...(sitting === undefined || missed === null || missed === undefined
          ? {}
          : { body: bodyOf(edition, sitting.body).id, sitting: missed.date }),
      },
    });
  await audit(context.tx, [
    {
      edition: edition.id,
      at,
      actor: 'programme',
      verb: 'risk.told',
      subject: thread ?? edition.id,
      detail: { slack, threshold: crossed, steps },
    },
  ]);
}
