// What the tests need of the outside: a throw-away Postgres and a Temporal server in memory that can skip time.
import { existsSync } from 'node:fs';

const dist = new URL('../../dist/', import.meta.url);

/** Starts both, and brings the schema to the template that `createDatabase` clones. `exports` are the variables that tests read. */
export async function startTestStack(progress) {
  const { startServices } = await import(new URL('embedded/services.js', dist).href);
  const services = await startServices({ ephemeral: true, temporalInMemory: true, parts: ['postgres', 'temporal'], progress });
  return {
    ...services,
    exports: { TEST_DATABASE_URL: services.postgres.adminUrl, TEST_TEMPORAL_ADDRESS: services.temporal.address },
  };
}

/** Whether there is a build to start from. */
export const isBuilt = () => existsSync(new URL('embedded/services.js', dist));
