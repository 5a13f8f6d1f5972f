import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Meddle } from '../../rehearsal/live.js';
import type { Store } from '../../store/db.js';
import { isDelivery, isReview } from './faults.js';

/** What a life may cost at most, in statements: `bench/ceilings.json`. Of a review and of the writing of a chunk of mail, with `begin` and `commit`. */
const Ceilings = z.strictObject({
  review: z.strictObject({ median: z.number(), p95: z.number() }),
  delivery: z.strictObject({ median: z.number(), p95: z.number() }),
  edition: z.number(),
  /** Files that a command loads, ours and those of packages. */
  loaded: z.strictObject({ help: z.number(), plan: z.number(), cohort: z.number() }),
});

/** The ceilings that no life may exceed. */
export const ceilings = () => Ceilings.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../bench/ceilings.json'), 'utf8')));

/** What was counted in a life so far. */
export interface Counted {
  /** How many statements each transaction of a kind took. */
  reviews: number[];
  deliveries: number[];
  /** All that the engine asked, in transactions and besides. */
  all: number;
}

/** Counts the statements by which the engine lives an edition; what its people do is not counted. */
export function countingStatements(): { meddle: Meddle; counted: Counted } {
  const counted: Counted = { reviews: [], deliveries: [], all: 0 };
  const counting = (store: Store): Store => ({
    ...store,
    pool: {
      query: (text, values) => {
        counted.all++;
        return store.pool.query(text, values);
      },
      connect: async () => {
        const client = await store.pool.connect();
        const asked: string[] = [];
        return {
          query: (text, values) => {
            counted.all++;
            asked.push(text);
            return client.query(text, values);
          },
          release: (error) => {
            if (isReview(asked)) counted.reviews.push(asked.length);
            else if (isDelivery(asked)) counted.deliveries.push(asked.length);
            client.release(error);
          },
        };
      },
    },
  });
  return { counted, meddle: (deps) => ({ ...deps, store: counting(deps.store) }) };
}

/** The value below which such a share of all lies. */
export const quantile = (all: readonly number[], share: number): number =>
  [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
