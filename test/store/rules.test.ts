/** What coordinators change of an edition's rules while it runs: kept as a row, read by all, never back in time (console.md, "Settled"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { doAct, previewAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import type { Preview } from '../../domain/preview.js';
import { journal } from '../../store/audit.js';
import { findEdition } from '../../store/editions.js';
import { planNow } from '../../store/plans.js';
import { insertProjects } from '../../store/projects.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;

async function asked(...asks: Asked[]): Promise<Bench & { at: number }> {
  const bench = await database.bench();
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  await bench.live(monday, tuesday, asks);
  return { ...bench, at: tuesday };
}
const on = ({ id }: Bench, spec: ActSpec, realNow: number) => ({ edition: id, spec, reason: 'décision du comité', realNow });
async function seen(bench: Bench, spec: ActSpec, at: number): Promise<Preview> {
  const preview = await previewAct(bench.store, on(bench, spec, at));
  if (preview === 'unknown') throw new Error('there is such an edition');
  return preview;
}
const row = async (bench: Bench) => {
  const found = await findEdition(bench.store.pool, bench.id);
  if (found === undefined) throw new Error('there is such an edition');
  return found;
};
const planOf = async (bench: Bench, at: number) => planNow(bench.store.pool, await row(bench), { at });
const overrides = async (bench: Bench) =>
  (
    await bench.store.pool.query<{ act: string; actor: string }>('select act, actor from override where edition = $1 order by id', [
      bench.id,
    ])
  ).rows;

describe('a closure', () => {
  const spec = { act: 'closure', from: '2027-06-09', until: '2027-06-15' } as const;

  test('leaves each open ask the working days it had left, and moves its mails and the plan', async () => {
    const bench = await asked(interview);
    const { due } = await bench.ask(interview);
    const left = bench.calendar.count('2027-06-08', due);
    const preview = await seen(bench, spec, bench.at);
    expect(await doAct(bench.store, { ...on(bench, spec, bench.at), basis: preview.basis })).toMatchObject({ ok: true, wake: true });
    const now = await bench.ask(interview);
    const { calendarOf } = await import('../../domain/calendar.js');
    const calendar = calendarOf((await row(bench)).file.territory);
    expect(calendar.count('2027-06-08', now.due)).toBe(left);
    expect(preview.asks).toMatchObject([{ change: 'moved', due: { before: due, after: now.due } }]);
    expect(preview.mails.length).toBeGreaterThan(0);
    expect(preview.plan.steps.length).toBeGreaterThan(0);
    for (const { id, after } of preview.plan.steps) {
      const planned = (await planOf(bench, bench.at)).steps.find((step) => step.id === id)?.earliest;
      expect([id, planned]).toEqual([id, after]);
    }
    expect(await overrides(bench)).toEqual([{ act: 'closure', actor: 'coordinator' }]);
  });

  test('has nothing leave on a closed day', async () => {
    const bench = await asked(interview);
    await doAct(bench.store, on(bench, { act: 'closure', from: '2027-06-09', until: '2027-06-30' }, bench.at));
    await bench.live(bench.at + 1, bench.on('2027-08-01'), [interview]);
    const days = (await bench.mails()).flatMap(({ sent_at: sent }) => (sent === null ? [] : [bench.calendar.dateOf(sent.getTime())]));
    expect(days.some((day) => day > '2027-06-30')).toBe(true);
    expect(days.filter((day) => day >= '2027-06-09' && day <= '2027-06-30')).toEqual([]);
  });

  test('begins tomorrow at the earliest, ends after it begins, and covers no fixed date', async () => {
    const bench = await asked(interview);
    const refused = async (from: string, until: string) => (await seen(bench, { act: 'closure', from, until }, bench.at)).refused;
    expect(await refused('2027-06-08', '2027-06-10')).toEqual({ code: 'past', from: '2027-06-09' });
    expect(await refused('2027-06-12', '2027-06-10')).toEqual({ code: 'period' });
    expect(await refused('2027-06-12', '2027-06-13')).toEqual({ code: 'closed-already' }); // a weekend
    const { target } = (await row(bench)).file;
    expect(await refused('2027-06-12', target)).toMatchObject({ code: 'pinned' });
    expect(await refused('2027-06-12', '2101-01-01')).toMatchObject({ code: 'too-far' });
  });
});

describe('the jury’s day', () => {
  test('moves with what comes before and after it; the journal says who, why and to when', async () => {
    const bench = await asked(interview);
    const before = (await planOf(bench, bench.at)).steps.find(({ id }) => id === 'pitch')?.earliest.start ?? '';
    const date = bench.calendar.add(before, 3);
    const spec = { act: 'move', date } as const;
    const preview = await seen(bench, spec, bench.at);
    expect(preview.plan.steps).toContainEqual(expect.objectContaining({ id: 'pitch', workingDays: 3 }));
    expect(await doAct(bench.store, { ...on(bench, spec, bench.at), basis: preview.basis, actor: 'account:a-1' })).toMatchObject({
      ok: true,
    });
    expect((await planOf(bench, bench.at)).steps.find(({ id }) => id === 'pitch')?.earliest.start).toBe(date);
    const said = (await journal(bench.store.pool, bench.id)).filter(({ verb }) => verb === 'edition.moved');
    expect(said).toMatchObject([{ actor: 'account:a-1', detail: { act: 'move', date } }]);
  });

  test('is a working day to come', async () => {
    const bench = await asked(interview);
    const refused = async (date: string) => (await seen(bench, { act: 'move', date }, bench.at)).refused;
    expect(await refused('2027-06-08')).toEqual({ code: 'past', from: '2027-06-09' });
    expect(await refused('2027-12-25')).toEqual({ code: 'not-a-working-day', from: '2027-12-27' });
  });
});

describe('the target', () => {
  test('moves the slack; not before the restitution can take place', async () => {
    const bench = await asked(interview);
    const { target } = (await row(bench)).file;
    const later = bench.calendar.add(target, 5);
    const preview = await seen(bench, { act: 'target', date: later }, bench.at);
    const { before, after } = preview.plan.slackWorkingDays;
    expect(after).toBeGreaterThan(before ?? 0);
    expect(preview.plan.target).toEqual({ before: target, after: later });
    const earliest = (await planOf(bench, bench.at)).steps.find(({ id }) => id === 'restitution')?.earliest.start ?? '';
    expect((await seen(bench, { act: 'target', date: bench.calendar.add(earliest, -1) }, bench.at)).refused).toEqual({
      code: 'too-early',
      from: earliest,
    });
  });
});

describe('the length of a step', () => {
  test('moves what follows; a circuit, a pinned day and a series have none', async () => {
    const bench = await asked(interview);
    const length = (n: number) => ({ kind: 'fixed', unit: 'wd', n }) as const;
    const preview = await seen(bench, { act: 'length', step: 'diagnosis', length: length(30) }, bench.at);
    expect(preview.refused).toBeUndefined();
    expect(preview.plan.steps.map(({ id }) => id)).toContain('diagnosis-approval');
    expect((await seen(bench, { act: 'length', step: 'field', length: length(5) }, bench.at)).refused).toEqual({ code: 'no-length' });
  });
});

test('a session that was announced for a closed day is cancelled: calendars lose it, and the coordinators are to decide', async () => {
  const session = (part: string): Asked => ({ step: 'field', kind: 'session', project: 'p-01', part });
  const both = [session('2027-06-16'), session('2027-06-23')];
  const bench = await database.bench();
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus qui soigne', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await insertProjects(bench.store.pool, bench.id, [project]);
  const thursday = bench.on('2027-06-10', '10:00');
  await bench.review(thursday, [], { facts: [{ what: 'sessions', step: 'field', project: 'p-01', version: 1, generation: 1 }] });
  await bench.review(thursday, both);
  await bench.deliver(bench.on('2027-06-11'));
  const spec = { act: 'closure', from: '2027-06-14', until: '2027-06-18' } as const;
  const at = bench.on('2027-06-11', '10:00');
  const preview = await seen(bench, spec, at);
  expect(preview.asks.filter(({ change }) => change === 'closed').map(({ ask }) => ask)).toEqual([bench.idOf(both[0] ?? session(''))]);
  expect(await doAct(bench.store, { ...on(bench, spec, at), basis: preview.basis })).toMatchObject({ ok: true });
  await bench.review(at + 1, both);
  expect([(await bench.ask(session('2027-06-16'))).outcome, (await bench.ask(session('2027-06-23'))).outcome]).toEqual(['cancelled', null]);
  expect((await bench.mails()).some(({ template, state }) => template === 'calendar' && state === 'queued')).toBe(true);
});

describe('the sittings of a body', () => {
  const seated = (bench: Bench) => row(bench).then(({ file }) => file.territory.sessions.conseil?.dates);
  const begun = () =>
    database.bench((file) => {
      file.territory.sessions = { conseil: { name: 'Conseil', fileBy: '5wd', dates: ['2027-09-15', '2027-11-17'] } };
      file.circuits = { ...file.circuits, 'roadmap-approval': [{ by: 'direction', within: '5wd' }, { session: 'conseil' }] };
    });

  test('one more is sat, one fewer is not; the plan follows', async () => {
    const bench = await begun();
    const at = bench.on('2027-06-08', '10:00');
    const add = { act: 'sitting-add', body: 'conseil', date: '2027-10-13' } as const;
    expect(await doAct(bench.store, on(bench, add, at))).toMatchObject({ ok: true });
    expect(await seated(bench)).toEqual(['2027-09-15', '2027-10-13', '2027-11-17']);
    const planned = async () => (await planOf(bench, at)).steps.find(({ id }) => id === 'roadmap-approval')?.session?.earliest?.date ?? '';
    const date = await planned();
    const preview = await seen(bench, { act: 'sitting-cancel', body: 'conseil', date }, at);
    expect(preview.sittings).toMatchObject([{ body: 'conseil', step: 'roadmap-approval', before: date }]);
    expect(
      await doAct(bench.store, { ...on(bench, { act: 'sitting-cancel', body: 'conseil', date }, at), basis: preview.basis }),
    ).toMatchObject({ ok: true });
    expect(await planned()).toBe(preview.sittings[0]?.after ?? '');
    expect((await seated(bench))?.includes(date)).toBe(false);
  });

  test('of a body there is, on a working day to come, once; what is cancelled is to come', async () => {
    const bench = await begun();
    const at = bench.on('2027-06-08', '10:00');
    const refused = async (spec: ActSpec) => (await seen(bench, spec, at)).refused;
    expect(await refused({ act: 'sitting-add', body: 'senat', date: '2027-10-13' })).toEqual({ code: 'no-body' });
    expect(await refused({ act: 'sitting-add', body: 'constructor', date: '2027-10-13' })).toEqual({ code: 'no-body' });
    expect(await refused({ act: 'sitting-add', body: 'conseil', date: '2027-09-15' })).toEqual({ code: 'sits-already' });
    expect(await refused({ act: 'sitting-add', body: 'conseil', date: '2027-06-08' })).toMatchObject({ code: 'past' });
    expect(await refused({ act: 'sitting-cancel', body: 'conseil', date: '2027-09-16' })).toEqual({
      code: 'no-sitting',
      from: '2027-09-15',
    });
  });
});

describe('a step', () => {
  test('that nobody was asked about is not gone back to, nor skipped', async () => {
    const bench = await asked(interview);
    const refused = async (spec: ActSpec) => (await seen(bench, spec, bench.at)).refused?.code;
    expect(await refused({ act: 'back', step: 'shortlist' })).toBe('not-begun');
    expect(await refused({ act: 'back', step: 'roadmap' })).toBe('not-begun');
    expect(await refused({ act: 'skip', step: 'introductions' })).toBe('not-begun');
    expect(await refused({ act: 'skip', step: 'roadmap' })).toBe('no-skip');
    expect(await refused({ act: 'back', step: 'interviews' })).toBeUndefined();
  });

  test('of the selection is not gone back to once the letters are queued', async () => {
    const bench = await asked(interview);
    await bench.review(bench.at, [], { facts: [{ what: 'projects', step: 'selection-approval', version: 1, generation: 1 }] });
    expect((await seen(bench, { act: 'back', step: 'interviews' }, bench.at)).refused).toEqual({ code: 'letters' });
  });

  test('that is gone back to is told to whoever was asked, unless it is silent; its open ask is closed', async () => {
    const bench = await asked(interview);
    const people = (await bench.holders(interview)).map(({ person }) => person).sort();
    const preview = await seen(bench, { act: 'back', step: 'interviews' }, bench.at);
    expect(preview.told.filter(({ template }) => template === 'back').map(({ person }) => person)).toEqual(people);
    expect(preview.asks).toMatchObject([{ ask: bench.idOf(interview), change: 'closed' }]);
    expect((await seen(bench, { act: 'back', step: 'interviews', silent: true }, bench.at)).told).toEqual([]);
    expect(await doAct(bench.store, { ...on(bench, { act: 'back', step: 'interviews' }, bench.at), basis: preview.basis })).toMatchObject({
      ok: true,
    });
    expect((await bench.review(bench.at + 1, [interview])).again).toBe(true);
    await bench.live(bench.at + 2, bench.on('2027-06-09'), []);
    await bench.review(bench.on('2027-06-09', '10:00'), [{ ...interview, generation: 2 }], { back: 1 });
    expect(await bench.ask({ ...interview, generation: 2 })).toMatchObject({ outcome: null, version: 1 });
    expect((await bench.holders({ ...interview, generation: 2 })).map(({ person }) => person).sort()).toEqual(people);
  });
});
