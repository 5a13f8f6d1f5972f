/** What an installation has and lacks, as each of its processes can see it: `troismains doctor` and the console say the same. */
import type { Config } from '../../config.js';
import { lookAtBackups } from './backups.js';
import { lookAtDisks } from './disks.js';
import type { Finding } from './finding.js';
import { lookAtPostgres } from './postgres.js';
import { lookAtTemporal } from './temporal.js';
import { versions } from './versions.js';

/** Looks at all that they share, side by side: versions, Postgres and what is written there, Temporal, disks, backups. `withinMs`: how long each may take; left out, ten seconds or so. */
export async function examineInstallation(
  {
    databaseUrl,
    temporal,
    taskQueue,
    capacity,
    diskFolders,
    backupFolder,
  }: Pick<Config, 'databaseUrl' | 'temporal' | 'taskQueue' | 'capacity' | 'diskFolders' | 'backupFolder'>,
  { withinMs, realNow = Date.now }: { withinMs?: number; realNow?: () => number } = {},
): Promise<Finding[]> {
  const patience = withinMs === undefined ? {} : { withinMs };
  const found = await Promise.all([
    [versions()],
    databaseUrl === undefined ? [] : lookAtPostgres(databaseUrl, { connections: capacity.connections, realNow, ...patience }),
    lookAtTemporal(temporal, taskQueue, { realNow, ...patience }),
    databaseUrl === undefined ? [] : lookAtDisks(diskFolders),
    databaseUrl === undefined ? [] : [await lookAtBackups(backupFolder, realNow())],
  ]);
  return found.flat();
}
