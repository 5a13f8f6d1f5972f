/** Where people were written to before their address was changed, until they have been told. */
import type { Db } from './db.js';

/** So long a former address is kept, in milliseconds: as long as the mail that tells it may still be tried. */
const keptMs = 30 * 24 * 60 * 60_000;

/** Keeps a former address for the mail that goes there. */
export async function keepFormer(
  db: Db,
  { id, edition, person, email, at }: { id: string; edition: string; person: string; email: string; at: number },
): Promise<void> {
  await db.query('insert into former_address (id, edition, person, email, replaced_at) values ($1, $2, $3, $4, $5)', [
    id,
    edition,
    person,
    email,
    new Date(at),
  ]);
}

/** A former address; undefined once it is forgotten. */
export const findFormer = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.query<{ email: string }>('select email from former_address where id = $1', [id])).rows[0]?.email;

/** Forgets former addresses that were told of, or never can be. Business time runs as the real one does, shifted. */
export async function forgetFormers(db: Db, realNow: number): Promise<void> {
  await db.query(
    `delete from former_address f using edition e
     where e.id = f.edition and f.replaced_at < to_timestamp(($1::bigint + e.clock_offset_ms - $2::bigint) / 1000.0)`,
    [realNow, keptMs],
  );
}
