import { afterAll, expect, test } from '@jest/globals';
import type { RehearsalDocument } from '../../rehearsal/document.js';
import { personaSet } from '../../rehearsal/personas/read.js';
import { rehearseSeeds } from '../../rehearsal/seeds.js';
import { closeCompany, hireCompany } from '../support/company.js';
import { type File, smallEdition } from '../support/small.js';
import { type Stage, setStage } from '../support/theatre.js';

/** Realistic applicants do not begin within the small edition's week. */
const withTimeToApply = (file: File) => {
  file.plan = { ...file.plan, 'call-open': '6w' };
};

afterAll(closeCompany);
const open = async (): Promise<Stage> => ({ ...(await setStage()), hire: hireCompany });

/** Lives of the small edition, side by side, and what each of them told, but for how long it took. */
async function lives(seeds: number, stage = open) {
  const documents = new Map<number, Omit<RehearsalDocument, 'wallSeconds' | 'history'>>();
  const odds = await rehearseSeeds(stage, {
    ...{ ...smallEdition(withTimeToApply), personas: personaSet('realistic'), seeds, atOnce: 2 },
    lived: ({ seed }, { document: { wallSeconds, history, ...document } }) => documents.set(seed, document),
  });
  return { documents: [documents.get(1), documents.get(2)], runs: odds.runs };
}

test('the same seed is the same life, beside another as alone', async () => {
  const [beside, alone] = [await lives(2), await lives(1)];
  expect(alone.documents[0]).toBeDefined();
  expect(beside.documents[0]).toEqual(alone.documents[0]);
  expect(beside.runs.slice(0, 1)).toEqual(alone.runs);
  expect(beside.documents[0]?.mails).not.toEqual(beside.documents[1]?.mails);
  expect(beside.runs).toMatchObject([
    { seed: 1, violations: 0, stopped: false },
    { seed: 2, violations: 0, stopped: false },
  ]);
});

test('a life that cannot begin ends the others, and takes every stage away', async () => {
  let open = 0;
  let times = 0;
  const failing = async (): Promise<Stage> => {
    times += 1;
    if (times === 2) throw new Error('no room for a second stage');
    const stage = await setStage();
    open += 1;
    const strike = async () => {
      await stage.strike();
      open -= 1;
    };
    return { ...stage, strike };
  };
  await expect(lives(2, failing)).rejects.toThrow('no room for a second stage');
  expect({ open, times }).toEqual({ open: 0, times: 2 });
});
