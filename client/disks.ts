import { statfs } from 'node:fs/promises';
import type { Disk } from '../domain/disks.js';

/** Measures the disks that folders are on, for who is not root; a folder that is not there, or of no disk, is left out. */
export async function disksOf(folders: readonly string[]): Promise<Disk[]> {
  const measured = await Promise.all(
    folders.map((folder) =>
      statfs(folder).then(
        ({ bavail, blocks, bsize }): Disk[] => (blocks > 0 ? [{ folder, freeBytes: bavail * bsize, bytes: blocks * bsize }] : []),
        () => [],
      ),
    ),
  );
  return measured.flat();
}
