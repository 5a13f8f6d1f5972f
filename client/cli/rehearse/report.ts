/** The files of a report: all of them, or none. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, codeOf, InputError } from '../io.js';

/** Every file that a rehearsal writes: whatever else a folder holds, it is not ours to write into. */
const ours = ['index.html', 'report.json', 'mails.mbox', 'plan.ics', 'odds.json'] as const;
/** A file of a report, by its name. */
export type ReportFiles = Partial<Record<(typeof ours)[number], string>>;

/** Makes the folder of a report, or finds one that is empty or holds an earlier report. Throws an `InputError` for any other. */
export async function reportFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const foreign = (await readdir(folder)).filter((name) => !ours.some((known) => known === name));
    const [found] = foreign;
    if (found !== undefined)
      throw new InputError({
        fr: `Le dossier ${folder} contient autre chose qu'un rapport (${found}) : choisir un autre --out. Rien n'a été fait.`,
        en: `The folder ${folder} holds something else than a report (${found}): choose another --out. Nothing was done.`,
      });
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = codeOf(error) ?? String(error);
    throw new InputError({
      fr: `Le dossier ${folder} ne peut pas être créé (${code}) : choisir un autre --out. Rien n'a été fait.`,
      en: `The folder ${folder} cannot be made (${code}): choose another --out. Nothing was done.`,
    });
  }
}

/** Writes a report: beside its place first, then all files at once, so that an earlier one stays whole when this one cannot be written. */
export async function writeReport(folder: string, files: ReportFiles): Promise<void> {
  const draft = join(folder, '.draft');
  try {
    await mkdir(draft, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(draft, name), text);
    for (const name of ours) await rm(join(folder, name), { force: true });
    for (const name of Object.keys(files)) await rename(join(draft, name), join(folder, name));
  } catch (cause) {
    const full = codeOf(cause) === 'ENOSPC';
    const code = codeOf(cause) ?? String(cause);
    throw new CliError(
      1,
      {
        fr: `Le rapport n'a pas pu être écrit dans ${folder} (${full ? "il n'y a plus de place" : code}). Rien n'y a été changé.`,
        en: `The report could not be written to ${folder} (${full ? 'no space is left' : code}). Nothing was changed there.`,
      },
      { cause },
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
