import { onlySilent } from '../../domain/asks/extension.js';
import { endOf, openedAt, type Timing, timingOf } from '../../domain/asks/timing.js';
import { type AskSpec, askId } from '../../domain/asks.js';
import { generationKey } from '../../domain/facts.js';
import { kinds } from '../../domain/kinds/index.js';
import { isCancelledSitting } from '../../domain/sittings.js';
import { type AskRow, answersOf, asksWritten, type NewAsk, newAsk, openAsk, setEnd, setTiming, specOf } from '../../store/asks.js';
import { audit } from '../../store/audit.js';
import { inSavepoint, write, writeNow } from '../../store/db.js';
import { withAsk, withSession } from '../../store/snapshot.js';
import type { ReviewContext } from './context.js';
import { askedOf } from './people.js';

/**
 * Opens what stories wait for, is not settled, and whose moment has come; a session is announced before its day.
 * What breaks costs one ask: it becomes an incident, and is tried again at the next review.
 * @returns the instants at which the asks that still wait for their day will open
 */
export async function openAsks(context: ReviewContext, specs: readonly AskSpec[]): Promise<number[]> {
  const ended = new Set((await context.projects()).filter((project) => project.status === 'ended').map((project) => project.id));
  const later: number[] = [];
  for (const spec of specs) {
    const id = askId(context.edition.id, spec);
    if (spec.project !== undefined && ended.has(spec.project)) continue;
    const opened = await inSavepoint(context.tx, () => openOne(context, spec));
    if (opened.ok) {
      const { made, opensAt } = opened.value;
      if (opensAt !== undefined) later.push(opensAt);
      if (made !== undefined) {
        context.open.set(id, made.ask);
        await context.becomes((before) => withAsk(before, context.row, made));
      }
      await context.worked(id);
    } else await context.failed(id, opened.error);
  }
  await inSavepoint(context.tx, () => writeNow(context.tx, asksWritten));
  return later;
}

/** Opens or announces one ask; answers it, and when it will open if its day has not come. */
async function openOne(context: ReviewContext, spec: AskSpec): Promise<{ made?: NewAsk; opensAt?: number }> {
  const { tx, edition, at } = context;
  const timing = timingOf(spec, await context.timing(spec.step, spec.project));
  const opensLater = timing.opensAt > at;
  const isGone = spec.kind === 'sitting' && isCancelledSitting(edition, spec);
  if (opensLater && !kinds[spec.kind].announced && !isGone) return { opensAt: timing.opensAt };
  const people = await notYetHeard(context, spec, await askedOf(context, spec));
  const opened = isGone ? at : opensLater ? null : openedAt(timing.opensAt, context);
  const made = newAsk({ row: context.row, spec, timing, openedAt: opened, people, at });
  await write(tx, asksWritten, [made]);
  const detail = { due: timing.due, people: people.length };
  await audit(tx, [{ edition: edition.id, at, actor: 'programme', verb: 'ask.opened', subject: made.ask.id, detail }]);
  return opensLater && !isGone ? { made, opensAt: timing.opensAt } : { made };
}

/** Those who are asked: in an extension, only the silent. */
async function notYetHeard<P extends { seat: string }>(context: ReviewContext, spec: AskSpec, people: readonly P[]): Promise<readonly P[]> {
  const { tx, edition } = context;
  if (!kinds[spec.kind].addsUp) return people;
  const first = (await context.now()).generations[generationKey(spec.step, spec.project)] ?? 1; // a step gone back to asks everybody anew
  const former = Array.from({ length: spec.generation - first }, (_, n) => askId(edition.id, { ...spec, generation: first + n }));
  return onlySilent(people, await answersOf(tx, former));
}

/** Opens announced asks whose hour has come, and moves the ends that replanning moved. Answers the openings still to come. */
export async function followPlan(context: ReviewContext): Promise<number[]> {
  const later: number[] = [];
  for (const row of [...context.open.values()]) {
    const spec = specOf(row);
    if (row.opened_at === null) {
      const timing = timingOf(spec, await context.timing(spec.step, spec.project));
      await keepTiming(context, row, timing);
      const opensAt = row.moved ? row.opens_at.getTime() : timing.opensAt;
      if (opensAt > context.at) {
        later.push(opensAt);
        continue;
      }
      const opened = openedAt(opensAt, context);
      await openAsk(context.tx, row.id, opened);
      row.opened_at = new Date(opened);
      await keepEnd(context, row);
      if (row.kind === 'session') await context.becomes((before) => withSession(before, context.row, row));
      else context.changed();
    } else {
      if (!isEnded(context, row)) await keepEnd(context, row);
    }
  }
  return later;
}

/** Moves the dates of asks that replanning moves, and opens none. */
export async function followDates(context: ReviewContext): Promise<void> {
  for (const row of [...context.open.values()]) {
    const spec = specOf(row);
    if (row.opened_at === null) await keepTiming(context, row, timingOf(spec, await context.timing(spec.step, spec.project)));
    else if (!isEnded(context, row)) await keepEnd(context, row);
  }
}

/** Moves the dates of an announced ask to where they now are. */
async function keepTiming({ tx }: ReviewContext, row: AskRow, timing: Timing): Promise<void> {
  if (row.moved || timing.opensAt === row.opens_at.getTime()) return;
  await setTiming(tx, row.id, timing);
  row.due = timing.due;
  row.ends_at = timing.endsAt === null ? null : new Date(timing.endsAt);
}

/** An end that has come stays: planned anew on the day after, a step that has used up its slack would always end tomorrow. */
const isEnded = (context: ReviewContext, row: AskRow): boolean =>
  callOf(context, row) === undefined && row.ends_at !== null && row.ends_at.getTime() <= context.at;

/** Moves the end of an open ask to where it now is. */
async function keepEnd(context: ReviewContext, row: AskRow): Promise<void> {
  const { step, project } = row;
  const timing = await context.timing(step, project ?? undefined);
  const end =
    callOf(context, row)?.ends_at?.getTime() ?? endOf(specOf(row), row.due, row.due_at.getTime(), timing, row.opened_at?.getTime());
  if (end === (row.ends_at?.getTime() ?? null)) return;
  await setEnd(context.tx, row.id, end);
  row.ends_at = end === null ? null : new Date(end);
  if (row.quiet_until !== null) context.stirred(); // what was cut off by its end may be due sooner
}

/** The ask that this one ends with: the call that a relay was asked to spread. */
function callOf({ open }: ReviewContext, row: AskRow): AskRow | undefined {
  const { endsWith } = kinds[row.kind];
  return endsWith === undefined ? undefined : [...open.values()].find((ask) => ask.kind === endsWith && ask.generation === row.generation);
}
