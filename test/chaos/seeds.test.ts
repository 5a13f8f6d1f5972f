import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/chaos/crew.js';
import { type Ground, openGround } from '../support/chaos/ground.js';
import { liveSeed } from '../support/chaos/run.js';
import { tell } from '../support/chaos/told.js';

jest.setTimeout(600_000);

/** So long new seeds are begun, and at least so many: docs/chaos.md says how to live more. */
const beginsForMs = Number(process.env.CHAOS_SECONDS ?? 45) * 1000;
const atLeast = 3;

let ground: Ground;
let crew: Crew;
beforeAll(async () => {
  ground = await openGround();
  crew = openCrew();
});
afterAll(async () => {
  crew?.close();
  await ground?.close();
});

test('whatever is killed, stopped, lost or doubled, nothing is lost, nothing is doubled, and the guarantees hold', async () => {
  const began = Date.now();
  for (let seed = 1; seed <= atLeast || Date.now() - began < beginsForMs; seed++) {
    const lived = await liveSeed({ ground, crew }, seed);
    expect(lived.violations.length === 0 ? '' : tell(lived)).toBe('');
  }
});
