import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/chaos/crew.js';
import { type Ground, openGround } from '../support/chaos/ground.js';
import { liveSeed } from '../support/chaos/run.js';
import { isClean, tell } from '../support/chaos/told.js';

jest.setTimeout(600_000);

/** So long new seeds are begun; docs/chaos.md says how to live more. */
const beginsForMs = Number(process.env.CHAOS_SECONDS ?? 40) * 1000;
/** Lived in any case: between them every kind of fault, both changes of the clocks, one worker and two. */
const first = [1, 18, 27];

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
  const others = Array.from({ length: 200 }, (_, index) => index + 1).filter((seed) => !first.includes(seed));
  for (const seed of [...first, ...others]) {
    if (!first.includes(seed) && Date.now() - began > beginsForMs) break;
    const lived = await liveSeed({ ground, crew }, seed);
    expect(isClean(lived) ? '' : tell(lived)).toBe('');
  }
});
