/** The files of a report: all of them, or none. */
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../../client/unreachable.js';
import { saysFull } from '../../embedded/space.js';
import { CliError, InputError } from '../io.js';

/** Every file that a rehearsal writes: whatever else a folder holds, it is not ours to write into. */
const ours = ['index.html', 'report.json', 'mails.mbox', 'plan.ics', 'odds.json'] as const;
/** A file of a report, by its name. */
export type ReportFiles = Partial<Record<(typeof ours)[number], string>>;
/** Where a report is put together; what is left of one that was killed is written over. */
const draftIn = (folder: string): string => join(folder, '.draft');

/**
 * Makes sure that a report can be written to a folder that is empty, holds an earlier report, or can be made; leaves everything as it was.
 * Throws an `InputError` for any other.
 */
export async function reportFolder(folder: string): Promise<void> {
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    const foreign = (await readdir(folder, { withFileTypes: true })).filter(
      (entry) => entry.name !== '.draft' && !(entry.isFile() && ours.some((known) => known === entry.name)),
    );
    const [found] = foreign;
    if (found !== undefined)
      throw new InputError({
        fr: `Le dossier ${folder} contient autre chose qu'un rapport (${found.name}) : choisir un autre --out. Rien n'a été fait.`,
        en: `The folder ${folder} holds something else than a report (${found.name}): choose another --out. Nothing was done.`,
      });
    await mkdir(draftIn(folder), { recursive: true });
    await rm(draftIn(folder), { recursive: true });
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (saysFull(error)) throw new CliError(1, notWritten(folder, error), { cause: error });
    const code = codeOf(error) ?? String(error);
    throw new InputError({
      fr: `Le rapport ne peut pas aller dans ${folder} (${code}) : choisir un autre --out. Rien n'a été fait.`,
      en: `The report cannot go to ${folder} (${code}): choose another --out. Nothing was done.`,
    });
  } finally {
    await unmake(folder, made);
  }
}

/**
 * Writes a report: beside its place first, then all files at once, so that an earlier one stays whole when this one cannot be written or is
 * interrupted.
 * @throws the signal's reason; exit code 1 when it cannot be written
 */
export async function writeReport(folder: string, files: ReportFiles, signal?: AbortSignal): Promise<void> {
  const draft = draftIn(folder);
  let made: string | undefined;
  let done = false;
  try {
    made = await mkdir(folder, { recursive: true });
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    for (const [name, text] of Object.entries(files)) await writeFile(join(draft, name), text, { signal });
    signal?.throwIfAborted();
    for (const name of Object.keys(files)) await rename(join(draft, name), join(folder, name));
    for (const name of ours) if (!(name in files)) await rm(join(folder, name), { force: true });
    done = true;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CliError(1, notWritten(folder, cause), { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
    if (!done) await unmake(folder, made);
  }
}

function notWritten(folder: string, cause: unknown) {
  const code = codeOf(cause) ?? String(cause);
  const [fr, en] = saysFull(cause) ? ["il n'y a plus de place sur ce disque", 'no space is left on that disk'] : [code, code];
  return {
    fr: `Le rapport n'a pas pu être écrit dans ${folder} : ${fr}. Ce qui s'y trouvait n'a pas changé. Choisir un autre --out.`,
    en: `The report could not be written to ${folder}: ${en}. What was there has not changed. Choose another --out.`,
  };
}

/** Removes the empty folders that were made on the way to a folder, from the first that was not there. */
async function unmake(folder: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  const first = resolve(made);
  for (let path = resolve(folder); path.startsWith(first); path = dirname(path))
    if (
      !(await rmdir(path).then(
        () => true,
        () => false,
      ))
    )
      return;
}
