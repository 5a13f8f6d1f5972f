import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../db.js';
import type { ActOn } from './acts.js';

/**
 * Does what was asked for under an id of the asker's own once: `new` the first time, `done` when the same was done before, `other` where the id was used
 * for something else. Asked for twice in one moment, the second waits for the first.
 */
export async function claimRequest(
  tx: Tx,
  { edition, spec, actor = 'coordinator', realNow }: ActOn,
  request: string,
): Promise<'new' | 'done' | 'other'> {
  const act: unknown = JSON.parse(JSON.stringify({ ...spec, actor }));
  const claimed = await tx.query('insert into act_request (edition, request, act, at) values ($1, $2, $3, $4) on conflict do nothing', [
    edition,
    request,
    JSON.stringify(act),
    new Date(realNow),
  ]);
  if (claimed.rowCount === 1) return 'new';
  const { rows } = await tx.query<{ act: unknown }>('select act from act_request where edition = $1 and request = $2', [edition, request]);
  return isDeepStrictEqual(rows[0]?.act, act) ? 'done' : 'other';
}

/** Gives an id back: nothing was done under it. */
export const releaseRequest = (tx: Tx, edition: string, request: string): Promise<unknown> =>
  tx.query('delete from act_request where edition = $1 and request = $2', [edition, request]);
