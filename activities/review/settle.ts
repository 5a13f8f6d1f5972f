import { isEnough } from '../../domain/asks/enough.js';
import { filledSeats } from '../../domain/asks/seats.js';
import type { AskKind, Outcome } from '../../domain/asks.js';
import { isEndless, kinds } from '../../domain/kinds/index.js';
import { isCancelledSitting } from '../../domain/sittings.js';
import { type AnswerRow, type AskRow, answersOf, endingsWritten, type HolderRow, settleAsk } from '../../store/asks.js';
import { inSavepoint, writeNow } from '../../store/db.js';
import { applicationsOf } from '../../store/selection.js';
import { consequencesOf } from './consequences.js';
import type { ReviewContext } from './context.js';

/** Settles every open ask that has enough, or whose end has come. What breaks costs one ask. */
export async function settleAsks(context: ReviewContext): Promise<void> {
  const { tx } = context;
  const open = [...context.open.values()].filter((ask) => ask.opened_at !== null || ask.closing !== null);
  const holders = await context.holders();
  const due: string[] = [];
  for (const ask of open) if ((await settlementOf(context, ask, holders.get(ask.id) ?? [])) !== undefined) due.push(ask.id);
  const answers = await answersOf(tx, due);
  for (const ask of open) {
    const verdict = await settlementOf(context, ask, holders.get(ask.id) ?? []);
    if (verdict === undefined) continue;
    const given = due.includes(ask.id) ? answers.filter((one) => one.ask === ask.id) : await answersOf(tx, [ask.id]);
    const settled = await inSavepoint(tx, () => settleOne(context, ask, { ...verdict, given }));
    if (settled.ok) {
      context.open.delete(ask.id);
      context.settled.set(ask.id, settled.value);
      if (verdict.outcome === 'closed')
        for (const other of context.open.values()) if (kinds[other.kind].endsWith === ask.kind) other.closing ??= ask.closing;
      context.moved(verdict.closedAt);
      if (ask.opened_at === null || settled.value.result === 'move') {
        await inSavepoint(tx, () => writeNow(tx, endingsWritten));
        context.changed(); // it was never open until now, or a session has moved
      }
      await context.worked(ask.id);
    } else await context.failed(ask.id, settled.error);
  }
  await inSavepoint(tx, () => writeNow(tx, endingsWritten));
}

interface Settlement {
  outcome: Outcome;
  /** The instant of the deciding answer or of the deadline, not of our looking. */
  closedAt: number;
  byDeadline: boolean;
  /** What it brought, where nobody says it. */
  result?: string;
}

async function settlementOf(context: ReviewContext, ask: AskRow, holders: readonly HolderRow[]): Promise<Settlement | undefined> {
  const { at } = context;
  if (ask.closing === null && (await context.now()).quiet.has(ask.id)) return undefined;
  const places = holders.map((h) => ({ ...h, decision: h.decision ?? undefined }));
  if (ask.closing !== null) return { outcome: 'closed', closedAt: ask.closing.getTime(), byDeadline: false };
  if (isEnough(ask.kind, places)) return { outcome: 'complete', closedAt: lastAnswer(ask.kind, holders), byDeadline: false };
  if (ask.kind === 'sitting' && isCancelledSitting(context.edition, ask))
    return { outcome: 'closed', closedAt: at, byDeadline: false, result: 'adjourned' };
  if (holders.every(({ closed }) => closed === 'not-needed') && !kinds[ask.kind].untilItsEnd && !isEndless(ask)) {
    const left = holders.map(({ closed_at }) => closed_at?.getTime() ?? at);
    return { outcome: 'none', closedAt: Math.max(ask.opened_at?.getTime() ?? at, ...left), byDeadline: false };
  }
  if (ask.ends_at === null || ask.ends_at.getTime() > at) return undefined;
  const some = ask.kind === 'apply' ? await hasApplications(context) : filledSeats(places).size > 0;
  const outcome = ask.kind === 'apply' ? (some ? 'complete' : 'none') : some ? 'partial' : 'none';
  return { outcome, closedAt: ask.ends_at.getTime(), byDeadline: true };
}

/** The instant that made it enough: the first answer of the seat filled last, or the first answer that decides. */
function lastAnswer(kind: AskKind, holders: readonly HolderRow[]): number {
  const given = holders.filter((h) => h.closed === 'answered' || h.closed === 'declined');
  const times = (rows: readonly HolderRow[]) => rows.map((h) => h.closed_at?.getTime() ?? 0);
  const deciding = given.filter((h) => kinds[kind].decides(h.decision ?? undefined));
  if (deciding.length > 0) return Math.min(...times(deciding));
  const bySeat = new Map<string, number>();
  for (const h of given) bySeat.set(h.seat, Math.min(h.closed_at?.getTime() ?? 0, bySeat.get(h.seat) ?? Number.MAX_SAFE_INTEGER));
  return Math.max(...bySeat.values());
}

const hasApplications = async ({ tx, edition }: ReviewContext) =>
  (await applicationsOf(tx, edition.id)).some((a) => a.state === 'submitted' && a.eligible === null);

/** Settles one, and answers it as it then is. */
async function settleOne(
  context: ReviewContext,
  ask: AskRow,
  { outcome, closedAt, byDeadline, given, result: known }: Settlement & { given: readonly AnswerRow[] },
): Promise<AskRow> {
  const { tx, calendar } = context;
  const on = calendar.dateOf(byDeadline ? closedAt - 1 : closedAt);
  const { result = known, items } = await consequencesOf(context, ask, given, { outcome, closedAt });
  const left = ask.kind === 'apply' ? 'missed' : undefined;
  return settleAsk(tx, ask, { outcome, closedAt, on, result, items, left });
}
