import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

/**
 * Bundles the workflows into one file, so that a worker starts in a second and everybody runs the same code. Their modules are loaded once for all the runs
 * that a worker keeps, not once each: they must keep nothing (test/domain/house.test.ts).
 * @param from the module that exports them, compiled: this build's unless another is named
 */
export async function bundle(outFile: string, from = fileURLToPath(new URL('../workflows/index.js', import.meta.url))): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: from,
    preloadModules: [from],
    logger: { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error },
  });
  await writeFile(outFile, code);
}
