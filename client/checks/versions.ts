/** What runs here: the programme's own version, and Node's. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, same } from './finding.js';

/** The version of this build. */
export function ownVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const read: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '?';
}

/** Both, in one line. */
export const versions = (): Finding => ({
  id: 'version',
  name: same('Version'),
  state: 'ok',
  detail: same(`Trois Mains ${ownVersion()}, Node ${process.versions.node}`),
});
