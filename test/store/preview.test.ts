/** What an act would change is what it then changes; a preview leaves nothing behind (console.md, "What would it change"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Acted, Busy, doAct, previewAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import { askKinds } from '../../domain/asks.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import { answerFor } from '../../store/acts/answer-for.js';
import { journal, journalPage } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { actOn, livedWithAndWithout, previewOn } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;

async function asked(...asks: Asked[]): Promise<Bench & { at: number }> {
  const bench = await database.bench();
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  await bench.live(monday, tuesday, asks);
  return { ...bench, at: tuesday };
}
/** Every row of every table of an edition's database, as a sum. */
async function traces({ store }: Bench): Promise<string[]> {
  const { rows: tables } = await store.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const sums = tables.map(async ({ name }) => {
    const { rows } = await store.pool.query<{ sum: string | null }>(
      `select md5(string_agg(md5(t::text), ',' order by t::text)) as sum from ${name} t`,
    );
    return `${name} ${rows[0]?.sum}`;
  });
  return Promise.all(sums);
}

describe('a preview', () => {
  test('leaves no trace, whatever the act', async () => {
    const bench = await asked(interview, relay);
    const before = await traces(bench);
    const ask = bench.idOf(interview);
    for (const spec of [
      { act: 'nudge', ask },
      { act: 'extend', ask, date: '2027-06-30' },
      { act: 'close', ask },
      { act: 'cancel' },
      { act: 'reassign', ask, person: 'sante', to: 'maison' },
      { act: 'replace', person: 'sante', name: 'Nadia', email: 'nadia@plateau.example' },
      { act: 'add', name: 'Nadia', email: 'nadia@plateau.example', role: 'relay' },
      { act: 'leave', person: 'maison' },
      { act: 'address', person: 'sante', email: 'autre@plateau.example' },
    ] as const)
      await previewOn(bench, spec, bench.at + 1);
    expect(await traces(bench)).toEqual(before);
  });

  test('of more time says the new dates, and which mails move', async () => {
    const bench = await asked(interview);
    const ask = bench.idOf(interview);
    const { due } = await bench.ask(interview);
    const date = bench.calendar.add(due, 5);
    const preview = await previewOn(bench, { act: 'extend', ask, date }, bench.at);
    expect(preview.asks).toMatchObject([{ ask, change: 'moved', due: { before: due, after: date } }]);
    expect(preview.told).toEqual([]);
    expect(preview.refused).toBeUndefined();
    expect(new Set(preview.mails.map(({ change }) => change))).toEqual(new Set(['moved']));
    expect(preview.mails.length).toBeGreaterThan(0);
  });

  test('of a reminder says to whom it goes and when, and which rung it replaces', async () => {
    const bench = await asked(interview);
    const thursday = bench.on('2027-06-10', '10:00');
    expect((await previewOn(bench, { act: 'nudge', ask: bench.idOf(interview) }, bench.at)).refused).toMatchObject({
      code: 'too-soon',
      from: '2027-06-09',
    });
    const preview = await previewOn(bench, { act: 'nudge', ask: bench.idOf(interview) }, thursday);
    expect(preview.told.length).toBeGreaterThan(0);
    for (const mail of preview.told) expect(mail).toEqual({ person: mail.person, template: 'asks', at: thursday });
    const [first] = preview.told;
    const one = { act: 'nudge', ask: bench.idOf(interview), person: first?.person ?? '' } as const;
    expect((await previewOn(bench, one, thursday)).told).toEqual([first]);
    expect((await previewOn(bench, { ...one, person: 'coordo' }, thursday)).refused).toEqual({ code: 'nobody' });
    expect(preview.asks).toEqual([]);
  });

  test('of a closing takes away its mails, and of the end of an edition those of all, and says who is told', async () => {
    const bench = await asked(interview, relay);
    const closed = await previewOn(bench, { act: 'close', ask: bench.idOf(relay) }, bench.at);
    expect(closed.asks).toMatchObject([{ ask: bench.idOf(relay), change: 'closed', due: { after: null } }]);
    expect(closed.mails.every(({ change, ask }) => change === 'cancelled' && ask === bench.idOf(relay))).toBe(true);
    const cancelled = await previewOn(bench, { act: 'cancel' }, bench.at);
    expect(cancelled.asks.map(({ change }) => change)).toEqual(['closed', 'closed']);
    expect(cancelled.mails.every(({ change }) => change === 'cancelled')).toBe(true);
    expect(cancelled.told.some(({ template }) => template === 'ended')).toBe(true);
  });

  test('of another edition’s ask, or of none, is none', async () => {
    const [bench, other] = [await asked(interview), await asked(interview)];
    expect(await previewAct(bench.store, actOn(bench, { act: 'close', ask: other.idOf(interview) }, bench.at))).toBe('unknown');
    expect(await previewAct(bench.store, { ...actOn(bench, { act: 'cancel' }, bench.at), edition: 'nulle' })).toBe('unknown');
  });
});

describe('what a preview said', () => {
  const acts: Record<string, (bench: Bench) => Promise<ActSpec>> = {
    extend: async (bench) => ({ act: 'extend', ask: bench.idOf(interview), date: bench.calendar.add((await bench.ask(interview)).due, 3) }),
    nudge: async (bench) => ({ act: 'nudge', ask: bench.idOf(interview) }),
    close: async (bench) => ({ act: 'close', ask: bench.idOf(relay) }),
  };
  test.each(Object.keys(acts))('of %s is what happens', async (name) => {
    const at = (bench: Bench) => bench.on('2027-06-10', '10:00');
    const begin = async () => {
      const bench = await asked(interview, relay);
      await bench.live(bench.at + 1, at(bench), [interview, relay]);
      return bench;
    };
    const spec = async (bench: Bench) => (await acts[name]?.(bench)) ?? ({ act: 'cancel' } as const);
    const { refused, said, done } = await livedWithAndWithout(begin, { asks: [interview, relay], spec, at, until: '2027-07-30' });
    expect(refused).toBe(false);
    expect(said.mails).toEqual(done.mails);
    expect(said.dues).toEqual(done.dues);
  });
});

describe('an act', () => {
  test('on what has moved since it was previewed does nothing, and says what it would change now', async () => {
    const bench = await asked(interview);
    const spec = { act: 'close', ask: bench.idOf(interview) } as const;
    const { basis } = await previewOn(bench, spec, bench.at);
    expect(await doAct(bench.store, actOn(bench, { act: 'extend', ask: spec.ask, date: '2027-06-30' }, bench.at))).toMatchObject({
      ok: true,
    });
    const before = await traces(bench);
    const acted: Acted = await doAct(bench.store, { ...actOn(bench, spec, bench.at + 1), basis });
    expect(acted).toMatchObject({ ok: false, moved: { asks: [{ change: 'closed', due: { before: '2027-06-30' } }] } });
    expect(await traces(bench)).toEqual(before);
    const now = 'moved' in acted ? acted.moved.basis : '';
    expect(await doAct(bench.store, { ...actOn(bench, spec, bench.at + 2), basis: now })).toMatchObject({ ok: true, wake: true });
  });

  test('that is asked for twice under one id is done once, and answers as it did; not another act, nor somebody else', async () => {
    const bench = await asked(interview);
    const spec = { act: 'nudge', ask: bench.idOf(interview) } as const;
    const { basis } = await previewOn(bench, spec, bench.on('2027-06-10', '10:00'));
    const wanted = { ...actOn(bench, spec, bench.on('2027-06-10', '10:00')), basis, request: 'a-click-of-mine' };
    const both = await Promise.all([doAct(bench.store, wanted), doAct(bench.store, wanted)]);
    expect(both.map((acted) => acted.ok)).toEqual([true, true]);
    expect((await doAct(bench.store, wanted)).ok).toBe(true);
    expect((await journal(bench.store.pool, bench.id)).filter(({ verb }) => verb === 'ask.nudged')).toHaveLength(1);
    const other = { ok: false, refused: { reason: 'request' } };
    expect(await doAct(bench.store, { ...wanted, spec: { act: 'cancel' } })).toMatchObject(other);
    expect(await doAct(bench.store, { ...wanted, actor: 'account:a-2' })).toMatchObject(other);
  });

  test('that was refused under an id may be asked for under it again', async () => {
    const bench = await asked(interview);
    const early = { ...actOn(bench, { act: 'nudge', ask: bench.idOf(interview) }, bench.at), request: 'too-soon-at-first' };
    expect((await doAct(bench.store, early)).ok).toBe(false);
    expect((await doAct(bench.store, { ...early, realNow: bench.on('2027-06-10', '10:00') })).ok).toBe(true);
  });

  test('that is refused says so by its code', async () => {
    const bench = await asked(interview);
    const date = '2027-06-05';
    const spec = { act: 'extend', ask: bench.idOf(interview), date } as const;
    expect((await previewOn(bench, spec, bench.at)).refused).toEqual({ code: 'past' });
    expect(await doAct(bench.store, actOn(bench, spec, bench.at))).toEqual({ ok: false, refused: { ok: false, reason: 'past' } });
  });

  test('does not wait for long for whoever holds the edition', async () => {
    const bench = await asked(interview);
    const spec = { act: 'close', ask: bench.idOf(interview) } as const;
    await inTransaction(bench.store.pool, async (tx) => {
      await tx.query('select 1 from edition where id = $1 for update', [bench.id]);
      await expect(previewAct(bench.store, actOn(bench, spec, bench.at))).rejects.toThrow(Busy);
    });
    await previewOn(bench, spec, bench.at);
  });
});

describe('an answer in somebody’s name', () => {
  const raw = { problems: 'Il manque des relais la nuit.' };

  test('counts as theirs, with a receipt to them; the journal says who wrote it down, and why', async () => {
    const bench = await asked(interview);
    const act = {
      edition: bench.id,
      ask: bench.idOf(interview),
      person: 'sante',
      raw,
      reason: 'au téléphone',
      actor: 'account:a-1',
      realNow: bench.at,
    };
    expect(await answerFor(bench.store, act)).toMatchObject({ ok: true });
    const { rows } = await bench.store.pool.query('select closed, answer from ask_person where edition = $1 and person = $2', [
      bench.id,
      'sante',
    ]);
    expect(rows).toEqual([{ closed: 'answered', answer: raw }]);
    expect((await bench.mails()).filter(({ template }) => template === 'receipt').map(({ person }) => person)).toEqual(['sante']);
    const page = await journalPage(bench.store.pool, bench.id, { from: 0, limit: 50 });
    const entries = page.entries.filter(({ verb }) => verb === 'ask.answered-for');
    expect(entries).toMatchObject([{ actor: 'account:a-1', said: 'au téléphone', detail: { person: 'sante' } }]);
    expect(await answerFor(bench.store, act)).toMatchObject({ ok: true }); // the very same, twice
    expect(await answerFor(bench.store, { ...act, raw: { problems: 'Autre chose.' } })).toMatchObject({
      ok: false,
      reason: 'already-answered',
    });
    const [other] = (
      await bench.store.pool.query<{ person: string }>('select person from ask_person where edition = $1 and person <> $2', [
        bench.id,
        'sante',
      ])
    ).rows;
    expect(await answerFor(bench.store, { ...act, person: other?.person ?? '', raw: {} })).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await answerFor(bench.store, { ...act, person: 'personne' })).toEqual({ ok: false, reason: 'unknown' });
  });

  test('is never one’s marks, ties or application', () => {
    expect(askKinds.filter((kind) => !isSaidForOthers(kind)).sort()).toEqual(['apply', 'interests', 'score']);
  });
});
