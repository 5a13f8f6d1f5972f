/** Preview = life: random acts on a lived edition, at random days (console.md, "What would it change"). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { doAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { actOn, livedWithAndWithout } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
const asks = [interview, relay];
/** Acts that are tried; the ring lives so many, more by `TEST_ACTS`. */
const acts = Number(process.env.TEST_ACTS ?? 25);

/** Rungs of which one is held, or let go: that of the second is held already. */
const rungs = ['before-5', 'before-2', 'due', 'late-2', 'late-5'];

const day = fc.integer({ min: 0, max: 15 });
const hour = fc.constantFrom('06:30', '09:00', '11:15', '20:45');
const answered = fc.subarray(['sante', 'transports', 'reseau']);
const peopleActs = ['reassign', 'reassign-new', 'reopen', 'replace', 'replace-new', 'add', 'leave', 'edit', 'address'] as const;
const anAct = fc.record({
  act: fc.constantFrom(
    'nudge',
    'nudge-one',
    'extend',
    'close',
    'closure',
    'move',
    'target',
    'length',
    'hold',
    'release',
    'message',
    'undo',
    'pause',
    'cancel',
    ...peopleActs,
  ),
  of: fc.constantFrom<typeof interview | typeof relay>(interview, relay),
  days: fc.integer({ min: -2, max: 12 }),
  more: fc.integer({ min: 0, max: 9 }),
});

const newcomer = { name: 'Nadia Ferrand', email: 'nadia@plateau.example' };

async function specOf(
  bench: Bench,
  { act, of, days, more }: { act: string; of: (typeof asks)[number]; days: number; more: number },
  at: number,
): Promise<ActSpec> {
  const { calendar } = bench;
  const today = calendar.dateOf(at);
  const ask = bench.idOf(of);
  switch (act) {
    case 'nudge':
    case 'close':
      return { act, ask };
    case 'nudge-one':
      return { act: 'nudge', ask, person: of === interview ? 'sante' : 'presse' };
    case 'extend':
      return { act, ask, date: calendar.addDays((await bench.ask(of)).due, days) };
    case 'closure':
      return { act, from: calendar.addDays(today, days), until: calendar.addDays(today, days + more) };
    case 'pause':
      return { act };
    case 'hold':
    case 'release':
      return { act, mail: { ask, person: of === interview ? 'sante' : 'presse', rung: rungs[more % rungs.length] ?? 'due' } };
    case 'message':
      return { act, whom: [more > 4 ? 'everybody' : ask], subject: 'Une salle', text: 'Salle B.' };
    case 'undo': {
      const closure = { act: 'closure', from: calendar.addDays(today, days), until: calendar.addDays(today, days + more) } as const;
      await doAct(bench.store, actOn(bench, closure, at - 60_000));
      return { act };
    }
    case 'move':
      return { act, date: calendar.addDays('2027-12-02', days) };
    case 'target':
      return { act, date: calendar.addDays(bench.edition.target, days) };
    case 'length':
      return { act, step: 'diagnosis', length: { kind: 'fixed', unit: 'wd', n: 5 + more } };
    case 'reassign':
      return { act, ask, person: of === interview ? 'sante' : 'presse', to: more > 4 ? 'maison' : 'direction' };
    case 'reassign-new':
      return { act: 'reassign', ask, person: of === interview ? 'direction' : 'reseau', ...newcomer };
    case 'reopen':
      return { act, ask, person: of === interview ? 'sante' : 'reseau' };
    case 'replace':
      return { act, person: of === interview ? 'direction' : 'presse', to: more > 4 ? 'maison' : 'adjointe' };
    case 'replace-new':
      return { act: 'replace', person: ['sante', 'coordo', 'reseau', 'adjointe'][more % 4] ?? 'sante', ...newcomer };
    case 'add':
      return of === interview
        ? { act, ...newcomer, role: 'expert', into: 'interviews' }
        : { act, ...newcomer, role: more > 4 ? 'relay' : 'coordinator' };
    case 'leave':
      return { act, person: ['maison', 'coordo', 'reseau', 'adjointe'][more % 4] ?? 'maison' };
    case 'edit':
      return { act, person: 'sante', name: 'Santé publique' };
    case 'address':
      return { act, person: 'sante', email: 'sante.publique@plateau.example' };
    default:
      return { act: 'cancel' };
  }
}

test('what a preview said is what happens, whatever the act and its moment', async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(day, hour, answered, anAct, async (later, time, people, wanted) => {
      const at = (bench: Bench) => bench.on(bench.calendar.addDays('2027-06-08', later), time);
      const begin = async () => {
        const bench = await database.bench();
        await bench.live(bench.on('2027-06-07'), bench.on('2027-06-07', '17:00'), asks);
        for (const person of people)
          await bench.answer(
            person === 'reseau' ? relay : interview,
            person,
            { spread: 'yes', problems: 'La nuit.' },
            bench.on('2027-06-07', '17:10'),
          );
        for (const [asked, person] of [
          [interview, 'sante'],
          [relay, 'presse'],
        ] as const) {
          const mail = { ask: bench.idOf(asked), person, rung: 'before-2' };
          await doAct(bench.store, actOn(bench, { act: 'hold', mail }, bench.on('2027-06-07', '17:15')));
        }
        await bench.live(bench.on('2027-06-07', '17:20'), at(bench), asks);
        return bench;
      };
      const life = await livedWithAndWithout(begin, { asks, spec: (bench) => specOf(bench, wanted, at(bench)), at, until: '2027-09-30' });
      if (!life.refused) done++;
      expect(life.said).toEqual(life.done);
    }),
    { numRuns: acts, ...(process.env.TEST_SEED === undefined ? {} : { seed: Number(process.env.TEST_SEED) }) },
  );
  expect(done).toBeGreaterThan(acts / 4); // most acts are not refused
});
