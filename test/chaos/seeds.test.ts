import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/chaos/crew.js';
import { type Ground, openGround } from '../support/chaos/ground.js';
import { liveSeed } from '../support/chaos/run.js';
import { isClean, tell } from '../support/chaos/told.js';

/** Between them every kind of fault, both changes of the clocks, one worker and two; docs/chaos.md says how to live more. */
const seeds = [1, 27];

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
  for (const seed of seeds) {
    const lived = await liveSeed({ ground, crew }, seed);
    expect(isClean(lived) ? '' : tell(lived)).toBe('');
  }
});
