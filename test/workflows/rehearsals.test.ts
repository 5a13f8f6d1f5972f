import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { personaSet } from '../../rehearsal/personas/read.js';
import { type Rehearsal, rehearse } from '../../rehearsal/rehearse.js';
import { closeCompany, hireCompany } from '../support/company.js';
import { golden, linesOf } from '../support/golden.js';
import { editionFrom } from '../support/source.js';
import { setStage } from '../support/theatre.js';
import { isAll } from '../support/tier.js';

/** Every edition of the repository, lived by realistic people: `UPDATE_GOLDEN=1 npm run test:workflows -- --all rehearsals` writes what is lived now. */
const editions = readdirSync(join(import.meta.dirname, '../../editions')).map((file) => file.replace('.yaml', ''));
/** One of them is lived all day. What its golden holds was lived before by the same seed: to the last byte, seeds.all.test.ts looks. */
const names = isAll ? editions : ['parc-des-mornes-2028'];

afterAll(closeCompany);

async function lived(name: string): Promise<Rehearsal> {
  const stage = await setStage();
  try {
    return await rehearse({ ...stage, hire: hireCompany }, { ...editionFrom(name), personas: personaSet('realistic'), seed: 1 });
  } finally {
    await stage.strike();
  }
}

describe.each(names)('%s', (name) => {
  let rehearsal: Rehearsal;

  beforeAll(async () => {
    rehearsal = await lived(name);
  });

  test('is lived as it was: dates, mails and outcomes', () => {
    expect(linesOf(rehearsal.document)).toEqual(golden(name, linesOf(rehearsal.document)));
  });

  test('breaks no promise, each of them put to the test, and nothing on the way', () => {
    const { guarantees } = rehearsal.document;
    expect(guarantees.filter(({ checked, violations }) => checked === 0 || violations.length > 0)).toEqual([]);
    expect({ incidents: rehearsal.record.incidents, stopped: rehearsal.document.stopped }).toEqual({ incidents: [], stopped: undefined });
  });
});
