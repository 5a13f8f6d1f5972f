/** Free space: what is little, and what is next to nothing. */

/** A disk as it was measured, by a folder on it. */
export interface Disk {
  folder: string;
  freeBytes: number;
  bytes: number;
}

/** From which part of a disk on it is low, and full: there is then no room for what people answer, soon or already. */
export const diskLowAt = { low: 0.1, full: 0.02 } as const;

/** How a disk is. */
export type DiskState = 'ok' | keyof typeof diskLowAt;

/** How much of a disk is free, 0 to 1. */
export const freeOf = ({ freeBytes, bytes }: Disk): number => freeBytes / bytes;

/** How a disk is, by how much of it is free. */
export const diskStateOf = (free: number): DiskState => (free <= diskLowAt.full ? 'full' : free <= diskLowAt.low ? 'low' : 'ok');

/** How much the fullest of these disks has free; undefined when none was measured. */
export const leastFree = (disks: readonly Disk[]): number | undefined => (disks.length === 0 ? undefined : Math.min(...disks.map(freeOf)));
