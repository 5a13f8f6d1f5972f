import { statfsSync } from 'node:fs';

/** The disk that a stack lives on is full; the message says where, and what to do. */
export class DiskFull extends Error {
  override name = 'DiskFull';
}

/** Less than this is as good as nothing: a database grows by more. */
const leastBytes = 512 * 1024;
/** The system's words for it, which Postgres and its tools repeat; Temporal's are in small letters. The last: Postgres', where half a page had room. */
const inWords = /no space left on device|disk quota exceeded|check free disk space/i;
/** The system's codes for it, then Postgres' own. */
const codes: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100'];

/** Whether an error says that a disk is full: by its code, its words, or what caused it. */
export function saysFull(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  return codes.includes(code) || (typeof message === 'string' && inWords.test(message)) || saysFull(cause, depth + 1);
}

/**
 * Which of these folders is on a full disk, if one is: the system is asked, and what went wrong (an error, the end of a log) is heard;
 * it has nothing to say of which folder, so the last one is named, Postgres' own where it has one.
 */
export function fullFolder(given: Iterable<string>, { error, log = '' }: { error?: unknown; log?: string } = {}): string | undefined {
  const folders = [...given];
  return folders.find(isFull) ?? (saysFull(error) || inWords.test(log) ? folders.at(-1) : undefined);
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastBytes;
  } catch {
    return false; // gone, or not to be asked
  }
}
