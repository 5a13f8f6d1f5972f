import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { RehearsalDocument } from '../../rehearsal/document.js';
import { personaSet } from '../../rehearsal/personas/read.js';
import { type Rehearsal, rehearse } from '../../rehearsal/rehearse.js';
import { golden, linesOf } from '../support/golden.js';
import { editionFrom, setStage } from '../support/theatre.js';

jest.setTimeout(300_000);

/** Every edition of the repository, lived by realistic people: `UPDATE_GOLDEN=1 npm run test:workflows -- rehearsals` writes what is lived now. */
const names = readdirSync(join(import.meta.dirname, '../../editions')).map((file) => file.replace('.yaml', ''));

async function lived(name: string): Promise<Rehearsal> {
  const stage = await setStage();
  try {
    return await rehearse(stage, { ...editionFrom(name), personas: personaSet('realistic'), seed: 1 });
  } finally {
    await stage.strike();
  }
}

const sameButForTime = ({ wallSeconds, history, ...document }: RehearsalDocument) => document;

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

test('the same seed is the same life, to the last mail', async () => {
  const [once, again] = [await lived('parc-des-mornes-2028'), await lived('parc-des-mornes-2028')];
  expect(sameButForTime(again.document)).toEqual(sameButForTime(once.document));
});
