import { join } from 'node:path';

/** What `troismains up` writes beside its data, for the commands of the same machine: the environment of its worker and web. */
export const environmentFile = (dataDir: string): string => join(dataDir, 'environment.json');
