/** Where returned messages are: a pipe, a file, a Maildir, a folder of `.eml`. */
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../client/unreachable.js';
import { InputError } from '../io.js';

/** One message to read; `putAway` says that it is done, so that it is not read again (`understood`: nobody needs to look at it). */
export interface Letter {
  file?: string;
  read(): Promise<Buffer>;
  putAway?(understood: boolean): Promise<void>;
}

/** The message of a file, or of stdin when the path is `-`; of a longer one only the first bytes are kept. */
export async function letterFrom(path: string, maxBytes: number): Promise<Letter> {
  const bytes = path === '-' ? await beginningOf(process.stdin, maxBytes) : await beginningOfFile(path, maxBytes).catch(unreadable(path));
  return { read: () => Promise.resolve(bytes) };
}

/**
 * The messages of a folder, by name. Of a Maildir: those in `new`, put into `cur` when done, seen, or flagged where somebody should look. Of any other folder:
 * its `.eml`, put into `done` or `not-understood`.
 */
export async function lettersIn(folder: string, maxBytes: number): Promise<Letter[]> {
  const names = await readdir(folder).catch(unreadable(folder));
  const maildir = names.includes('new') && names.includes('cur');
  const from = maildir ? join(folder, 'new') : folder;
  const files = (maildir ? await readdir(from).catch(unreadable(from)) : names.filter((name) => name.endsWith('.eml')))
    .filter((name) => !name.startsWith('.'))
    .sort();
  const letters: Letter[] = [];
  for (const name of files) {
    const path = join(from, name);
    // what cannot be looked at fails when it is read, by itself
    const is = await stat(path).catch(() => undefined);
    if (is !== undefined && !is.isFile()) continue;
    const away = (understood: boolean) =>
      maildir
        ? join(folder, 'cur', `${name.replace(/:2,.*$/, '')}:2,${understood ? 'S' : 'F'}`)
        : join(folder, understood ? 'done' : 'not-understood', name);
    letters.push({
      file: path,
      read: () => beginningOfFile(path, maxBytes).catch(unreadable(path)),
      putAway: async (understood) => {
        const to = away(understood);
        await mkdir(join(to, '..'), { recursive: true });
        await rename(path, to);
      },
    });
  }
  return letters;
}

/** Reads a stream to its end, and keeps its beginning. */
async function beginningOf(stream: AsyncIterable<Buffer | string>, maxBytes: number): Promise<Buffer> {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (length >= maxBytes) continue;
    const bytes = Buffer.from(chunk).subarray(0, maxBytes - length);
    kept.push(bytes);
    length += bytes.length;
  }
  return Buffer.concat(kept);
}

async function beginningOfFile(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    return await beginningOf(file.createReadStream({ end: maxBytes - 1, autoClose: false }), maxBytes);
  } finally {
    await file.close();
  }
}

const unreadable =
  (path: string) =>
  (error: unknown): never => {
    const code = codeOf(error) ?? String(error);
    throw new InputError({ fr: `${path} ne peut pas être lu (${code}).`, en: `${path} cannot be read (${code}).` });
  };
