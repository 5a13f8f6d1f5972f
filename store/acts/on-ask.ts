import type { CivilDate } from '../../domain/calendar.js';
import type { RefusalCode } from '../../domain/preview.js';
import { type AskRow, findAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { type EditionRow, findEdition } from '../editions.js';
import type { When } from './change.js';

/** Why an act on an ask is refused: a code, and the date it is about. */
export interface NotDone {
  ok: false;
  reason: 'unknown' | RefusalCode;
  until?: CivilDate;
}

/** What a coordinator's act on an ask or an edition did, or why it was refused. */
export type Intervention<Done = object> = ({ ok: true; edition: string } & Done) | NotDone;

/** What every such act says: on which ask, why, and who acts (`coordinator`, unless an account does). */
export type OnAsk = { ask: string; reason: string; actor?: string } & When;

/** Locks an ask that is open, of an edition that runs. */
export async function lockOpenAsk(
  tx: Tx,
  { ask: id, realNow }: Pick<OnAsk, 'ask' | 'realNow'>,
): Promise<{ ok: true; ask: AskRow; row: EditionRow; at: number } | NotDone> {
  await tx.query('select 1 from ask where id = $1 for update', [id]);
  const [ask] = await findAsks(tx, [id]);
  const row = ask === undefined ? undefined : await findEdition(tx, ask.edition);
  if (ask === undefined || row === undefined) return { ok: false, reason: 'unknown' };
  if (ask.outcome !== null || ask.closing !== null) return { ok: false, reason: 'closed' };
  if (row.status !== 'running') return { ok: false, reason: row.status === 'paused' ? 'paused' : 'closed' };
  return { ok: true, ask, row, at: realNow + row.clock_offset_ms };
}
