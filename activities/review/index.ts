import { askId } from '../../domain/asks.js';
import { lookFor } from '../../domain/looks.js';
import { settledOf } from '../../store/asks.js';
import { instantIn, shiftOf } from '../../store/clock.js';
import { inTransaction, type Store } from '../../store/db.js';
import { remember } from '../../store/editions.js';
import { lockForReview } from '../../store/snapshot.js';
import type { ReviewRequest, ReviewResult } from '../contract.js';
import { tellCalendars } from './calendar.js';
import { reviewContext } from './context.js';
import { queueDigests } from './digest.js';
import { recordFacts } from './facts.js';
import { followPlan, openAsks } from './open.js';
import { remind } from './remind.js';
import { tellRisks } from './risk.js';
import { settleAsks } from './settle.js';
import { standingOf } from './standing.js';

const nobody: ReviewResult['standing'] = { phase: 'closed', waitingOn: [], dueAt: null, details: '', summary: '' };

/**
 * One review, one transaction: settles what can be settled, records what stories told, opens what they wait for, queues what mail is due.
 * Answers the recorded outcome of every awaited ask that is settled – now or earlier, since an activity runs at least once.
 * @param realNow where a clock may have been moved since it was asked: a run that knows an older one looks at the present all the same
 * @param spreads the looks of one morning are spread over minutes, by edition; never where a clock is shifted
 */
export async function review(
  store: Store,
  { edition: id, epoch, at: requested, asks, facts, incidents, back = 0 }: ReviewRequest,
  { spreads = false, realNow }: { spreads?: boolean; realNow?: number } = {},
): Promise<ReviewResult> {
  return inTransaction(store.pool, async (tx) => {
    const locked = await lockForReview(tx, id);
    if (locked === undefined || locked.row.epoch !== epoch)
      return { stale: true, ended: false, settled: [], recorded: [], wakeAt: null, mail: false, standing: nobody };
    const { row, open } = locked;
    if (row.back !== back)
      return { stale: false, again: true, ended: false, settled: [], recorded: [], wakeAt: null, mail: false, standing: nobody };
    const at = realNow === undefined ? requested : instantIn(row, { requested, realNow });
    const awaited = asks.map((spec) => askId(id, spec));
    const context = reviewContext({ tx, row, at, open, awaited });
    for (const { scope, message } of incidents)
      if (message === undefined) await context.worked(scope);
      else if (row.status === 'running' || row.status === 'paused') await context.failed(scope, message); // what fails of one that is over is tried no more

    const { settled: before } = await context.now(); // and so for ever
    const asked = new Set([...context.open.keys(), ...before.map((ask) => ask.id)]);
    const unasked = asks.filter((spec) => !asked.has(askId(id, spec)));
    const wakes: number[] = [];
    const running = row.status === 'running';
    if (running) {
      wakes.push(...(await followPlan(context)));
      await settleAsks(context);
    }
    const recorded = await recordFacts(context, facts, { running });
    if (running && !facts.some((fact) => fact.what === 'edition-ended')) {
      wakes.push(...(await openAsks(context, unasked)));
      await settleAsks(context);
      for (const ask of context.open.values()) if (ask.opened_at !== null && ask.ends_at !== null) wakes.push(ask.ends_at.getTime());
      const rung = await remind(context);
      if (rung !== null) wakes.push(rung);
      const risk = await tellRisks(context);
      if (risk !== null) wakes.push(risk);
    }

    const isOver = context.ended || facts.some((fact) => fact.what === 'edition-ended');
    await tellCalendars(context, { over: isOver });
    const digest = running && !isOver ? await queueDigests(context) : null;
    if (digest !== null) wakes.push(digest);

    const here = [...context.settled.values()].filter((ask) => awaited.includes(ask.id));
    const settled = [...before, ...here].map(settledOf).filter((outcome) => outcome !== undefined);
    const { mail } = await context.latest();
    if (mail.nextAt !== null) wakes.push(mail.nextAt);
    const later = wakes.filter((instant) => instant > at);
    const first = (instants: readonly number[]) => (instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b)));
    const standing = await standingOf(context, first(later));
    const wakeAt = first(spreads && row.clock_offset_ms === 0 ? later.map((instant) => lookFor(instant, id, context.calendar)) : later);
    await remember(tx, id, { look: { at, phase: standing.phase, next: wakeAt } });
    await context.worked('review');
    return { stale: false, ended: context.ended, settled, recorded, wakeAt, mail: mail.now, standing, ...shiftOf(row) };
  });
}
