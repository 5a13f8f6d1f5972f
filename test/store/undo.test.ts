/** The last act is taken back at once, by whoever did it, as if it had never been (console.md, "Acts"). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import { findEdition } from '../../store/editions.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { actOn, previewOn } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
const minute = 60_000;
const me = 'account:moi';

async function asked(): Promise<Bench & { at: number }> {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [interview, relay]);
  return { ...bench, at };
}
const act = (bench: Bench, spec: ActSpec, at: number, actor = me) => doAct(bench.store, { ...actOn(bench, spec, at), actor });
const undo = { act: 'undo' } as const;

/** What an edition's rules and open asks are. */
async function stands(bench: Bench) {
  const row = await findEdition(bench.store.pool, bench.id);
  const { rows } = await bench.store.pool.query(
    'select kind, due, due_at, ends_at, closing, moved from ask where edition = $1 order by id',
    [bench.id],
  );
  const { rows: kept } = await bench.store.pool.query(
    'select 1 from override where edition = $1 union all select 1 from hold where edition = $1',
    [bench.id],
  );
  return { file: row?.file, asks: rows, kept: kept.length };
}
const specs: Record<string, (bench: Bench) => ActSpec> = {
  closure: () => ({ act: 'closure', from: '2027-06-14', until: '2027-06-18' }),
  move: () => ({ act: 'move', date: '2027-12-09' }),
  target: (bench) => ({ act: 'target', date: bench.calendar.add(bench.edition.target, 5) }),
  length: () => ({ act: 'length', step: 'diagnosis', length: { kind: 'fixed', unit: 'wd', n: 12 } }),
  hold: (bench) => ({ act: 'hold', mail: { ask: bench.idOf(interview), person: 'sante', rung: 'due' } }),
};

test.each(Object.keys(specs))('%s, undone, was never done: the rules, the dates, the mails', async (name) => {
  const [bench, other] = [await asked(), await asked()];
  const before = await stands(bench);
  expect(await act(bench, specs[name]?.(bench) ?? undo, bench.at + minute)).toMatchObject({ ok: true });
  expect(await stands(bench)).not.toEqual(before);
  await bench.review(bench.at + 2 * minute, [interview, relay]); // what a review does meanwhile is done anew
  expect(await act(bench, undo, bench.at + 5 * minute)).toMatchObject({ ok: true });
  await bench.review(bench.at + 6 * minute, [interview, relay]);
  expect(await stands(bench)).toEqual(before);
  for (const one of [bench, other]) await one.live(bench.at + 7 * minute, bench.on('2027-07-30'), [interview, relay]);
  for (const person of ['sante', 'direction', 'presse', 'coordo']) expect(await bench.mailed(person)).toEqual(await other.mailed(person));
  const { rows } = await bench.store.pool.query(
    `select actor, detail->>'act' as act from audit where edition = $1 and verb = 'act.undone'`,
    [bench.id],
  );
  expect(rows).toHaveLength(1);
});

test('is refused to somebody else, after ten minutes, after anything happened, twice, and of what it does not undo', async () => {
  const bench = await asked();
  const [closure, hold] = [specs.closure?.(bench) ?? undo, specs.hold?.(bench) ?? undo];
  const code = async (at: number, actor = me) => {
    const done = await act(bench, undo, at, actor);
    return 'refused' in done ? done.refused.reason : 'done';
  };
  expect(await code(bench.at)).toBe('nothing-to-undo');
  await act(bench, closure, bench.at + minute);
  expect(await code(bench.at + 2 * minute, 'account:autre')).toBe('nothing-to-undo');
  expect(await code(bench.at + 12 * minute)).toBe('nothing-to-undo');
  await act(bench, hold, bench.at + 13 * minute);
  expect(await code(bench.at + 14 * minute)).toBe('done');
  expect(await code(bench.at + 15 * minute)).toBe('nothing-to-undo'); // the closure is no longer the last
  await act(bench, hold, bench.at + 16 * minute);
  await bench.answer(interview, 'direction', { problems: 'La nuit.' }, bench.at + 17 * minute);
  expect(await code(bench.at + 18 * minute)).toBe('nothing-to-undo');
  await act(bench, { act: 'extend', ask: bench.idOf(interview), date: '2027-06-30' }, bench.at + 19 * minute);
  expect(await code(bench.at + 20 * minute)).toBe('nothing-to-undo');
});

test('is seen before it is done: its preview is the act’s, turned round', async () => {
  const bench = await asked();
  const closure = specs.closure?.(bench) ?? undo;
  const preview = await previewOn(bench, closure, bench.at + minute);
  await doAct(bench.store, actOn(bench, closure, bench.at + minute));
  const back = await previewOn(bench, undo, bench.at + 2 * minute);
  const turned = preview.asks.map(({ due, end, ...ask }) => ({
    ...ask,
    due: { before: due.after, after: due.before },
    end: { before: end.after, after: end.before },
  }));
  expect(back.asks).toEqual(turned);
  expect(back.mails.length).toBe(preview.mails.length);
});

test('somebody who was replaced is not put back by it: places have passed too', async () => {
  const bench = await asked();
  const spec = { act: 'replace', person: 'sante', to: 'transports' } as const;
  expect(await act(bench, spec, bench.at)).toMatchObject({ ok: true });
  const after = await stands(bench);
  expect(await act(bench, undo, bench.at + minute)).toMatchObject({ ok: false, refused: { reason: 'nothing-to-undo' } });
  expect(await stands(bench)).toEqual(after);
});
