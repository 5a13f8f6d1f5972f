import { type AskRow, type HolderRow, lockedOpenAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { type EditionRow, lockEdition } from '../editions.js';
import { lockNames } from '../people.js';
import type { When } from './change.js';
import type { NotDone } from './on-ask.js';
import { keepOverride } from './rules.js';

/** What an act on an edition says: on which, why, and who acts (`coordinator`, unless an account does). */
export type OnEdition = { edition: string; reason: string; actor?: string } & When;

/** Locks an edition that runs. */
export async function lockRunning(
  tx: Tx,
  { edition, realNow }: Pick<OnEdition, 'edition' | 'realNow'>,
): Promise<{ ok: true; row: EditionRow; at: number } | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (row.status === 'running') return { ok: true, row, at: realNow + row.clock_offset_ms };
  return { ok: false, reason: row.status === 'paused' ? 'paused' : 'already-ended' };
}

/** Locks an edition that goes on, its open asks and its names, for an act on its people. */
export async function lockPeople(
  tx: Tx,
  { edition, realNow }: Pick<OnEdition, 'edition' | 'realNow'>,
): Promise<{ ok: true; row: EditionRow; open: AskRow[]; at: number } | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (row.status !== 'running' && row.status !== 'paused') return { ok: false, reason: 'already-ended' };
  const { rows: open } = await tx.query<AskRow>(lockedOpenAsks, [edition]);
  await lockNames(tx, edition);
  return { ok: true, row, open: open.filter(({ closing }) => closing === null), at: realNow + row.clock_offset_ms };
}

/** The places in asks that some people have, and those of the same seats, by ask. */
export async function placesOf(tx: Tx, asks: readonly AskRow[], people: readonly string[]): Promise<ReadonlyMap<string, HolderRow[]>> {
  const { rows } = await tx.query<HolderRow>(
    `select ask, person, seat, joined, joined_at, on_behalf_of, closed, closed_at, decision from ask_person
     where (ask, seat) in (select ask, seat from ask_person where ask = any($1) and person = any($2)) order by ask, person`,
    [asks.map(({ id }) => id), people],
  );
  const byAsk = new Map<string, HolderRow[]>();
  for (const row of rows) byAsk.set(row.ask, [...(byAsk.get(row.ask) ?? []), row]);
  return byAsk;
}

/** The rules as they now are, and a row that tells what they were: whoever changed people of an edition did it while it ran. */
export async function overrideRules(
  tx: Tx,
  {
    row,
    rules,
    act,
    detail,
    actor,
    at,
  }: { row: EditionRow; rules: EditionRow['file']; act: string; detail: object; actor: string; at: number },
): Promise<void> {
  await keepOverride(tx, { edition: row.id, act, detail, before: row.file, actor, at });
  // calendars are told anew: who is in them has changed
  await tx.query('update edition set file = $2, calendar_seen = null where id = $1', [row.id, JSON.stringify(rules)]);
}
