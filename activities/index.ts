import { circuitOf } from '../domain/circuits.js';
import type { Outline } from '../domain/facts.js';
import { CIRCUIT_STEP_IDS } from '../domain/steps.js';
import { findEdition, generationsOf, owedWakes } from '../store/editions.js';
import type { CohortActivities, ReviewRequest, ReviewResult, SweepActivities } from './contract.js';
import { type DeliveryDeps, deliverDue } from './deliver.js';
import { review } from './review/index.js';

/** What activities need of the installation. */
export interface ActivityDeps extends DeliveryDeps {
  /** Signals an edition's workflow. */
  wake(edition: string): Promise<void>;
  /** In a rehearsal, its people: they act up to an instant before it is reviewed, and say when the next of them acts. */
  people?: { actUntil(at: number, edition: string): Promise<void>; nextAct(): Promise<number | null> };
}

/** More people than this in an ask, and reviewing is no longer a matter of milliseconds. */
const largeFrom = 300;
/** A wake owed for so long was lost; mail due for so long has stalled. Milliseconds of real time. */
const lostAfterMs = 15_000;

/** Everything workflows may do, with what they need. */
export function createActivities(deps: ActivityDeps): CohortActivities & SweepActivities {
  const { store } = deps;
  return {
    async openCohort({ edition, epoch }) {
      const row = await findEdition(store.pool, edition);
      if (row === undefined || row.epoch !== epoch || row.status === 'closed' || row.status === 'cancelled') return null;
      const { file } = row;
      const circuits = Object.fromEntries(
        CIRCUIT_STEP_IDS.map((step) => {
          const { stages, session } = circuitOf(file, step);
          return [step, { stages: stages.length, sitting: session !== undefined }];
        }),
      ) as Outline['circuits']; // one entry per id of CIRCUIT_STEP_IDS, which is the key's own type
      return {
        circuits,
        hasEvaluator: file.people.some((p) => p.role === 'evaluator'),
        hasRelays: file.people.some((p) => p.role === 'relay'),
        generations: await generationsOf(store.pool, edition),
        large: file.people.length > largeFrom,
      };
    },

    reviewEdition: (request) => reviewWithPeople(deps, request),
    deliver: (input) => deliverDue(deps, input),

    async sweep() {
      const realNow = deps.realNow();
      const owed = await owedWakes(store.pool, realNow - lostAfterMs);
      for (const edition of owed) await deps.wake(edition);
      const { rows } = await store.pool.query<{ id: string; epoch: number; clock_offset_ms: number }>(
        `select e.id, e.epoch, e.clock_offset_ms from edition e where exists (
           select 1 from outbox o where o.edition = e.id and o.state in ('queued', 'sending', 'uncertain')
             and (o.state <> 'uncertain' or o.next_try_at is not null)
             and greatest(o.due_at, o.next_try_at, case when o.state = 'sending' then o.lease_until end)
                 <= to_timestamp(($1::bigint + e.clock_offset_ms) / 1000.0))`,
        [realNow - lostAfterMs],
      );
      let delivered = 0;
      for (const { id, epoch, clock_offset_ms: offset } of rows)
        delivered += (await deliverDue(deps, { edition: id, epoch, at: realNow + offset })).sent;
      return { woken: owed.length, delivered };
    },
  };
}

/** A review; in a rehearsal its people act first, and the next of their acts is an instant to look at again. */
async function reviewWithPeople({ store, people }: ActivityDeps, request: ReviewRequest): Promise<ReviewResult> {
  if (people === undefined) return review(store, request);
  await people.actUntil(request.at, request.edition);
  const result = await review(store, request);
  const next = await people.nextAct();
  const wakeAt = next === null ? result.wakeAt : Math.min(next, result.wakeAt ?? next);
  return { ...result, wakeAt };
}
