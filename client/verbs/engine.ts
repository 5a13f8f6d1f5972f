/** What whoever keeps the installation in order does with an edition's run: has it try again at once, or start again from the top. */
import { audit } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { findEdition, takesAnswers } from '../../store/editions.js';
import { oweWake } from '../../store/wakes.js';
import { type Installation, restartCohort } from '../installation.js';

/** `retry`: whatever waits for its next try is tried now; `restart`: a new run walks through all that is settled. */
export const ENGINE_ACTS = ['retry', 'restart'] as const;
export type EngineAct = (typeof ENGINE_ACTS)[number];

/** What became of it. `owed`: the engine did not answer, and the sweep does it once it does; `away`: it did not answer, and nothing is sure; `over`: the edition has ended. */
export type EngineDone = 'done' | 'owed' | 'away' | 'over' | 'unknown';

/** Does it. Of an edition that has ended, whose last mails may be stuck, a run is only woken. */
export async function engineAct(
  installation: Installation,
  { edition, act, reason, actor }: { edition: string; act: EngineAct; reason: string; actor: string },
): Promise<EngineDone> {
  const { store } = installation;
  const row = await findEdition(store.pool, edition);
  if (row === undefined) return 'unknown';
  const goesOn = takesAnswers(row);
  if (act === 'restart') {
    if (!goesOn) return 'over';
    try {
      return (await restartCohort(installation, edition, { why: 'asked', by: { actor, reason } })) === undefined ? 'unknown' : 'done';
    } catch {
      return 'away';
    }
  }
  const realNow = installation.realNow();
  await inTransaction(store.pool, async (tx) => {
    await audit(tx, [{ edition, at: realNow + row.clock_offset_ms, actor, verb: 'edition.retried', subject: edition, reason }]);
    if (goesOn) await oweWake(tx, edition, realNow);
  });
  if (await installation.wake(edition)) return 'done';
  return goesOn ? 'owed' : 'over';
}
