import { dueInstant } from '../../domain/asks/timing.js';
import { type Calendar, calendarOf } from '../../domain/calendar.js';
import type { EditionRules } from '../../domain/edition.js';
import { keptDue, overridden, type RuleAct } from '../../domain/overrides.js';
import { type AskRow, cancelAsks, lockedOpenAsks, moveAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import { planFrom, planInputs } from '../plans.js';
import type { Planned, When } from './change.js';
import type { NotDone } from './on-ask.js';

/**
 * Changes a rule of an edition that runs: kept as a row of its own beside the rules as they now are, which everything reads. Asks that are open keep
 * the working days they have left; the next review plans anew.
 */
export async function planRules(
  tx: Tx,
  { edition, spec, reason, actor = 'coordinator', realNow }: { edition: string; spec: RuleAct; reason: string; actor?: string } & When,
): Promise<Planned<object> | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (row.status !== 'running' && row.status !== 'paused') return { ok: false, reason: 'already-ended' };
  const at = realNow + row.clock_offset_ms;
  const before = calendarOf(row.file.territory);
  const today = before.dateOf(at);
  const inputs = await planInputs(tx, row);
  const open = (await tx.query<AskRow>(lockedOpenAsks, [edition])).rows;
  const standing = {
    today,
    plan: planFrom(row, inputs, { at }),
    over: new Set(inputs.lived.filter(({ finished }) => finished !== null && finished !== undefined).map(({ step }) => step)),
    scoring: open.some(({ kind, opened_at }) => kind === 'score' && opened_at !== null),
  };
  const changed = overridden(row.file, spec, standing);
  if (!changed.ok) return { ok: false, reason: changed.code, ...(changed.from === undefined ? {} : { until: changed.from }) };
  const { rules } = changed;
  const after = calendarOf(rules.territory);
  const { act, ...detail } = spec;
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await tx.query('update edition set file = $2 where id = $1', [edition, JSON.stringify(rules)]);
        await keepOverride(tx, { edition, act, detail, before: row.file, actor, at });
        if (spec.act === 'closure') await keepDues(tx, edition, open, { at, before, after, closure: spec, rules: row.file });
      },
      entries: [{ verb: verbs[act], subject: edition, detail: { act, ...flat(spec) }, reason }],
      wake: true,
    },
    done: {},
  };
}

/** Keeps a change of the rules, before anything of it is written: the rules before it, and the dates of open asks, which an undo puts back. */
export const keepOverride = (
  tx: Tx,
  { edition, act, detail, before, actor, at }: { edition: string; act: string; detail: object; before: object; actor: string; at: number },
): Promise<unknown> =>
  tx.query(`insert into override (edition, act, detail, before, actor, at, asks) values ($1, $2, $3, $4, $5, $6, ${openDates})`, [
    ...[edition, act, JSON.stringify(detail), JSON.stringify(before), actor, new Date(at)],
  ]);

/** In SQL: the dates of the asks of an edition ($1) that are open: what an undo puts back. */
const openDates = `coalesce((select jsonb_agg(jsonb_build_object('id', id, 'due', due, 'due_at', due_at, 'ends_at', ends_at, 'closing', closing, 'moved', moved))
  from ask where edition = $1 and outcome is null), '[]')`;

const verbs = {
  closure: 'edition.closure',
  move: 'edition.moved',
  target: 'edition.moved',
  length: 'edition.length',
  'sitting-add': 'edition.sitting',
  'sitting-cancel': 'edition.sitting',
} as const;
const flat = (spec: RuleAct): Record<string, string> => {
  switch (spec.act) {
    case 'closure':
      return { from: spec.from, until: spec.until };
    case 'length':
      return { step: spec.step, length: `${spec.length.n}${spec.length.unit}` };
    case 'sitting-add':
    case 'sitting-cancel':
      return { body: spec.body, date: spec.date };
    default:
      return { date: spec.date };
  }
};

/**
 * Moves what is due by the days that are closed: each open ask keeps the working days it has left, and one that only waits for the call ends with it. A
 * call keeps its published closing, or the next working day. A session that was announced for a closed day is cancelled: the coordinators decide.
 */
async function keepDues(
  tx: Tx,
  edition: string,
  open: readonly AskRow[],
  {
    at,
    before,
    after,
    closure,
    rules,
  }: { at: number; before: Calendar; after: Calendar; closure: { from: string; until: string }; rules: EditionRules },
): Promise<void> {
  const today = before.dateOf(at);
  const closed = (day: string) => day >= closure.from && day <= closure.until;
  const moved = open.flatMap((ask) => {
    if (ask.opened_at === null) return [];
    const due = ask.kind === 'apply' ? (closed(ask.due) ? after.onOrAfter(ask.due) : ask.due) : keptDue(ask.due, { today, before, after });
    if (due === ask.due) return [];
    const dueAt = dueInstant(ask.kind, due, after, rules);
    return [{ id: ask.id, due, dueAt, endsAt: ask.ends_at === null ? null : Math.max(ask.ends_at.getTime(), dueAt) }];
  });
  const missed = open.filter((ask) => ask.kind === 'session' && ask.opened_at === null && closed(ask.part ?? ask.day1));
  await moveAsks(tx, moved);
  await cancelAsks(tx, edition, { ids: missed.map(({ id }) => id), at, on: today });
}
