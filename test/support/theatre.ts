import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { isStale } from '../../bin/build.mjs';
import type { Theatre } from '../../rehearsal/live.js';
import { quieten } from '../../rehearsal/stage.js';
import { createDatabase } from './database.js';

const root = join(import.meta.dirname, '../..');
const bundlePath = join(root, 'dist/workflow-bundle.js');

/** What the engine's SDK complained of in this file, often because a test wants it to: shown where something fails, and only there. */
export const engineSaid: string[] = [];

/** Has the SDK complain to `engineSaid`. Before the first worker of a file. */
export const hearEngine = (): void =>
  quieten(new DefaultLogger('ERROR', ({ message, meta }) => void engineSaid.push(`${message} ${meta?.error ?? ''}`)));

/** A database and a bundle of one test's own, on the stack's Temporal server; `strike` takes the database away again. */
export type Stage = Theatre & { strike(): Promise<void> };

/** Sets the stage for one edition lived in virtual time. */
export async function setStage(): Promise<Stage> {
  const temporalAddress = process.env.TEST_TEMPORAL_ADDRESS;
  if (!temporalAddress) throw new Error('TEST_TEMPORAL_ADDRESS is not set: is this ring one that starts the stack (jest.config.mjs)?');
  hearEngine();
  const { url, drop } = await createDatabase();
  return { temporalAddress, namespace: 'default', databaseUrl: url, bundlePath: freshBundle(), strike: drop };
}

/** The workflow bundle, built again when something has changed since. */
export function freshBundle(): string {
  // types are checked elsewhere
  if (isStale()) spawnSync(process.execPath, [join(root, 'bin/build.mjs')], { stdio: ['ignore', 2, 2] });
  if (!existsSync(bundlePath)) throw new Error('no workflow bundle: does node bin/build.mjs work?');
  return bundlePath;
}
