import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CohortActivities, ReviewRequest, ReviewResult } from '../activities/contract.js';
import { type AskSpec, askId, type Settled } from '../domain/asks.js';
import { type FactSpec, factId, type Outline, type Recorded, type Standing } from '../domain/facts.js';
import { isLeft } from './left.js';
import { type CohortInput, searchAttributes, wake } from './messages.js';

const minuteMs = 60_000;
const retry = { maximumAttempts: 3, initialInterval: '1 second', maximumInterval: '5 seconds' } as const;

const local = proxyLocalActivities<CohortActivities>({ startToCloseTimeout: '20 seconds', retry });
const ordinary = proxyActivities<CohortActivities>({ startToCloseTimeout: '5 minutes', retry });
const sending = proxyActivities<CohortActivities>({ startToCloseTimeout: '1 hour', heartbeatTimeout: '15 seconds', retry });

/** How the pump ended: the story is over, a newer run took over, or history is long enough to continue as new. */
export type PumpEnd = 'over' | 'stale' | 'continue';

/**
 * The only part of a run that touches the database. Stories register asks and facts; the pump reviews, hands out what is settled,
 * and waits for a wake or for the next instant at which something is due. Level-triggered: what it reads is what is true.
 */
export interface Pump {
  outline: Outline;
  ask(spec: AskSpec): Promise<Settled>;
  tell(fact: FactSpec): Promise<Recorded>;
  /** Runs a story so that its failure costs itself only: it is cancelled in its scope, shown, and run again from the top. */
  contain(scope: string, story: () => Promise<void>): Promise<void>;
  run(story: () => Promise<void>): Promise<PumpEnd>;
}

interface Waiting<Spec, Result> {
  spec: Spec;
  promise: Promise<Result>;
  resolve: (result: Result) => void;
}

/** Opens an edition's pump; undefined when a newer run has already taken over. */
export async function openPump(input: CohortInput): Promise<Pump | undefined> {
  const { edition, epoch } = input;
  /** A demonstration's clock is moved while it runs: what the database said last counts. */
  let { clockOffsetMs } = input;
  const now = () => Date.now() + clockOffsetMs;
  const fenced = () => ({ edition, epoch, at: now() });

  const asks = new Map<string, Waiting<AskSpec, Settled>>();
  const facts = new Map<string, Waiting<FactSpec, Recorded>>();
  const incidents: ReviewRequest['incidents'] = [];
  let dirty = true;
  let wakes = 0;
  let mailDue = false;
  let delivering = false;
  let mailAt: number | null = null;
  let shown = '';
  /** The length of history at the first review that handed nothing out: the walk through what was settled is behind. */
  let walked: number | undefined;

  setHandler(wake, () => {
    dirty = true;
    wakes += 1;
  });

  const readOutline = () => patiently(() => ordinary.openCohort(fenced()));
  const first = await readOutline();
  if (first === null) return undefined;
  let outline: Outline = first;

  function register<Spec, Result>(book: Map<string, Waiting<Spec, Result>>, id: string, spec: Spec): Promise<Result> {
    const known = book.get(id);
    if (known !== undefined) return known.promise;
    let resolve: (result: Result) => void = () => {};
    const promise = new Promise<Result>((done, fail) => {
      resolve = done;
      CancellationScope.current()
        .cancelRequested.catch((error) => {
          book.delete(id);
          fail(error);
        })
        .catch(() => undefined);
    });
    promise.catch(() => undefined);
    book.set(id, { spec, promise, resolve });
    dirty = true;
    return promise;
  }

  /** Calls until it works: three tries by the activity's own policy, then an incident's patience – a minute, growing to thirty, or a wake. */
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let waitMs = minuteMs; ; waitMs = Math.min(30 * minuteMs, waitMs * 2)) {
      try {
        return await call();
      } catch (error) {
        if (isCancellation(error)) throw error;
        const cause = error instanceof ActivityFailure ? error.cause?.message : String(error);
        setCurrentDetails(`Stopped by a failure, tried again within ${waitMs / minuteMs} min or at the next answer: ${cause}`);
        shown = '';
        const seen = wakes;
        await condition(() => wakes > seen, waitMs, { summary: 'Next try after a failure' });
      }
    }
  }

  /** Whether history has grown enough since the walk – which costs events itself, and would go round for ever –, at a moment when nothing was handed out. */
  function isLong({ settled, recorded }: ReviewResult): boolean {
    if (settled.length > 0 || recorded.length > 0) return false;
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    walked ??= historyLength;
    return continueAsNewSuggested || (outline.continueAfter !== undefined && historyLength >= walked + outline.continueAfter);
  }

  async function review(): Promise<ReviewResult> {
    const request = {
      ...fenced(),
      asks: [...asks.values()].map((waiting) => waiting.spec),
      facts: [...facts.values()].map((waiting) => waiting.spec),
      incidents: incidents.splice(0),
      ...(outline.back === undefined ? {} : { back: outline.back }),
    };
    return patiently(() => {
      const reviewEdition = outline.large ? ordinary.reviewEdition : local.reviewEdition;
      return reviewEdition({ ...request, at: now() });
    });
  }

  function handOut({ settled, recorded }: ReviewResult): void {
    for (const outcome of [...settled].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      asks.get(outcome.id)?.resolve(outcome);
      asks.delete(outcome.id);
    }
    for (const fact of [...recorded].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      facts.get(fact.id)?.resolve(fact);
      facts.delete(fact.id);
    }
  }

  function show(standing: Standing): void {
    setCurrentDetails(standing.details);
    const { phase, waitingOn, dueAt } = standing;
    const signature = JSON.stringify([phase, waitingOn, dueAt]);
    if (signature === shown) return;
    shown = signature;
    upsertSearchAttributes([
      { key: searchAttributes.phase, value: phase },
      { key: searchAttributes.waitingOn, value: waitingOn },
      { key: searchAttributes.dueAt, value: dueAt === null ? null : new Date(dueAt) },
    ]);
  }

  /** Beside the pump, never awaited by it: one loop that sends while mail is queued. */
  async function delivery(): Promise<void> {
    for (;;) {
      await condition(() => mailDue);
      mailDue = false;
      delivering = true;
      const result = await patiently(() => sending.deliver(fenced()));
      delivering = false;
      clockOffsetMs = result.clockOffsetMs ?? clockOffsetMs;
      mailAt = result.nextAt;
      if (result.more) mailDue = true;
      else dirty ||= result.nextAt !== null;
    }
  }

  /** What was queued for the next working morning still leaves before the run ends. */
  async function lastMails(nextAt: number | null): Promise<void> {
    for (let next = nextAt; ; next = null) {
      await condition(() => !mailDue && !delivering);
      const at = next ?? mailAt;
      if (at === null) return;
      const seen = wakes;
      await condition(() => wakes > seen, Math.max(1, at - now()), { summary: 'Last mails' });
      mailAt = null;
      mailDue = true;
    }
  }

  async function contain(scope: string, story: () => Promise<void>): Promise<void> {
    for (let waitMs = minuteMs; ; waitMs = Math.min(30 * minuteMs, waitMs * 2)) {
      const inner = new CancellationScope();
      try {
        return await inner.run(story);
      } catch (error) {
        if (isCancellation(error) || isLeft(error)) throw error;
        incidents.push({ scope, message: error instanceof Error ? error.message : String(error) });
        dirty = true;
        const seen = wakes;
        await condition(() => wakes > seen, waitMs, { summary: 'Next try of a story that failed' });
        incidents.push({ scope });
      } finally {
        inner.cancel(); // whatever still waits in a story that is over waits for nothing
      }
    }
  }

  async function run(story: () => Promise<void>): Promise<PumpEnd> {
    const scope = new CancellationScope();
    scope.run(delivery).catch(() => undefined);
    for (;;) {
      const { end, lookAt } = await walk(story);
      if (end === 'over') await lastMails(lookAt);
      if (end === 'continue') return end;
      if (end !== 'again') {
        scope.cancel();
        return end;
      }
      const read = await readOutline();
      if (read === null) return 'stale';
      outline = read;
    }
  }

  /** Walks through the stories from the top, until they are over or somebody goes back to a step. */
  async function walk(story: () => Promise<void>): Promise<{ end: PumpEnd | 'again'; lookAt: number | null }> {
    let over = false;
    let lookAt: number | null = null;
    const scope = new CancellationScope();
    const told = scope.run(story);
    let failure: unknown;
    told
      .catch((error) => {
        failure = error;
      })
      .finally(() => {
        over = true;
        dirty = true;
      })
      .catch(() => undefined);

    while (!over) {
      dirty = false;
      const result = await review();
      if (result.stale || result.again === true) {
        scope.cancel();
        await condition(() => over); // its stories wait for nothing any more
        return { end: result.stale ? 'stale' : 'again', lookAt };
      }
      clockOffsetMs = result.clockOffsetMs ?? clockOffsetMs;
      handOut(result);
      show(result.standing);
      if (result.mail) mailDue = true;
      if (result.ended) {
        lookAt = result.wakeAt;
        break;
      }
      if (input.continues && isLong(result) && !mailDue && !delivering && allHandlersFinished()) return { end: 'continue', lookAt };
      lookAt = result.wakeAt;
      const at = [lookAt, mailAt].filter((instant) => instant !== null);
      const waitMs = at.length === 0 ? undefined : Math.max(1, Math.min(...at) - now());
      if (waitMs === undefined) await condition(() => dirty);
      else await condition(() => dirty, waitMs, { summary: result.standing.summary });
      if (mailAt !== null && mailAt <= now()) {
        mailAt = null;
        mailDue = true;
      }
    }
    if (failure !== undefined) throw failure;
    return { end: 'over', lookAt };
  }

  return {
    get outline() {
      return outline;
    },
    ask: (spec) => register(asks, askId(edition, spec), spec),
    tell: (fact) => register(facts, factId(edition, fact), fact),
    contain,
    run,
  };
}
