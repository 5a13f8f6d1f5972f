// Two workers and two webs on one Temporal that keeps what it knows in Postgres: an edition lived to its end while one after the other is killed.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/chaos/crew.js';
import { type Ground, openGround } from '../support/chaos/ground.js';
import { manyMachines } from '../support/chaos/plan.js';
import { liveSeed } from '../support/chaos/run.js';
import { postgresPrograms } from '../support/chaos/temporal-postgres.js';
import { isClean, tell } from '../support/chaos/told.js';

const seed = 1;
const programs = await postgresPrograms().catch((error: Error) => {
  process.stderr.write(
    `many machines: skipped, since what a Temporal on Postgres takes can neither be found nor built with Go: ${error.message}\n`,
  );
  return undefined;
});

let ground: Ground;
let crew: Crew;
beforeAll(async () => {
  if (programs === undefined) return;
  ground = await openGround({ onPostgres: programs });
  crew = openCrew();
});
afterAll(async () => {
  crew?.close();
  await ground?.close();
});

(programs === undefined ? test.skip : test)(
  'two workers and two webs, each killed again and again, lose nothing and double nothing, and the guarantees hold',
  async () => {
    const lived = await liveSeed({ ground, crew }, seed, manyMachines(seed));
    expect(isClean(lived) ? '' : tell(lived)).toBe('');
    const killed = (kind: string) => lived.injected.filter((one) => one.kind === kind).length;
    expect(killed('worker-kill')).toBeGreaterThanOrEqual(5);
    expect(killed('web-kill')).toBeGreaterThanOrEqual(5);
  },
);
