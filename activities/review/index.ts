import { askId } from '../../domain/asks.js';
import { findAsks, lockOpenAsks, settledOf } from '../../store/asks.js';
import { inTransaction, type Store } from '../../store/db.js';
import { lockEdition, touchEdition } from '../../store/editions.js';
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

const missingFrom = (open: ReadonlyMap<string, unknown>, ids: readonly string[]): string[] => ids.filter((id) => !open.has(id));

/**
 * One review, one transaction: settles what can be settled, records what stories told, opens what they wait for, queues what mail is due.
 * Answers the recorded outcome of every awaited ask that is settled – now or earlier, since an activity runs at least once.
 */
export async function review(store: Store, { edition: id, epoch, at, asks, facts, incidents }: ReviewRequest): Promise<ReviewResult> {
  return inTransaction(store.pool, async (tx) => {
    const row = await lockEdition(tx, id);
    if (row === undefined || row.epoch !== epoch)
      return { stale: true, ended: false, settled: [], recorded: [], wakeAt: null, mail: false, standing: nobody };
    const open = await lockOpenAsks(tx, id);
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

    const isOver = row.status === 'closed' || row.status === 'cancelled' || facts.some((fact) => fact.what === 'edition-ended');
    await tellCalendars(context, { over: isOver });
    const digest = running && !isOver ? await queueDigests(context) : null;
    if (digest !== null) wakes.push(digest);

    const here = [...context.settled.values()].filter((ask) => awaited.includes(ask.id));
    const known = new Set([...before, ...here].map((ask) => ask.id));
    const others = await findAsks(
      tx,
      missingFrom(context.open, awaited).filter((ask) => !known.has(ask)),
    ); // ended with their project
    const settled = [...before, ...here, ...others].map(settledOf).filter((outcome) => outcome !== undefined);
    const { mail } = await context.latest();
    if (mail.nextAt !== null) wakes.push(mail.nextAt);
    const later = wakes.filter((instant) => instant > at);
    const wakeAt = later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b));
    const standing = await standingOf(context, wakeAt);
    const status = await touchEdition(tx, id, { at, phase: standing.phase, lookAt: wakeAt });
    await context.worked('review');
    return { stale: false, ended: status === 'closed' || status === 'cancelled', settled, recorded, wakeAt, mail: mail.now, standing };
  });
}
