/** Search, over a real installation: so often, by one account. */
import type { Installation } from '../client/installation.js';
import { inTransaction } from '../store/db.js';
import { overLimit } from '../store/limits.js';
import { search } from '../store/search.js';
import type { Backend } from './backend.js';
import { pageOfRows } from './pager.js';

/** What an account may look for: nobody reads an installation out word by word. */
const limit = { kind: 'search', most: 120, withinMs: 10 * 60_000 };
/** So many of each kind are on a page that shows them all. */
const ofEach = 10;

/** The part of the port that searches. */
export function liveSearch({ store: { pool }, realNow }: Installation): Pick<Backend, 'search'> {
  return {
    async search({ account, email, held }, wanted) {
      const over = await inTransaction(pool, (tx) => overLimit(tx, [{ ...limit, who: account }], realNow()));
      if (over !== undefined) return 'too-often';
      return search(pool, held, email, { ...wanted, limit: wanted.kind === undefined ? ofEach : pageOfRows });
    },
  };
}
