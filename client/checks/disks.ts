/** The disks that can be seen from here: how much of each is free. */

import { type Disk, diskStateOf, freeOf } from '../../domain/disks.js';
import { disksOf } from '../disks.js';
import type { Finding } from './finding.js';

const states = { ok: 'ok', low: 'warn', full: 'fail' } as const;

/** Looks at the disk of each folder; two folders of one disk are told twice, each by its name. */
export async function lookAtDisks(folders: readonly string[], measure: (folders: readonly string[]) => Promise<Disk[]> = disksOf) {
  return (await measure(folders)).map((disk): Finding => {
    const percent = Math.floor(freeOf(disk) * 100);
    const gigabytes = (disk.freeBytes / 1e9).toFixed(1);
    return {
      id: 'disk',
      name: { fr: 'Disque', en: 'Disk' },
      state: states[diskStateOf(freeOf(disk))],
      detail: {
        fr: `${disk.folder} : ${percent} % de libre (${gigabytes.replace('.', ',')} Go)`,
        en: `${disk.folder}: ${percent} % free (${gigabytes} GB)`,
      },
      todo: {
        fr: "Y faire de la place ; à 2 % plus rien n'est sûr d'être gardé.",
        en: 'Make room on it; at 2 % nothing is sure to be kept.',
      },
    };
  });
}
