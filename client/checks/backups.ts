/** The backups that can be seen from here: how old the newest is. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ago, type Finding, reasonOf, same } from './finding.js';

/** Once a day, and some slack for one that takes long. */
const oldAfterMs = 26 * 3_600_000;

/** Looks for the newest file in a folder to which backups come. Nothing in it is read. */
export async function lookAtBackups(folder: string | undefined, realNow: number): Promise<Finding> {
  const of = { id: 'backup', name: { fr: 'Dernière sauvegarde', en: 'Last backup' } };
  if (folder === undefined)
    return {
      ...of,
      state: 'warn',
      detail: { fr: "elle ne se voit pas d'ici", en: 'it cannot be seen from here' },
      todo: {
        fr: 'Nommer dans BACKUP_FOLDER le dossier où arrivent les sauvegardes (docs/operations.md, « Backup »).',
        en: 'Name in BACKUP_FOLDER the folder to which backups come (docs/operations.md, Backup).',
      },
    };
  const todo = {
    fr: 'Regarder ce qui devait la faire (docs/operations.md, « Backup »).',
    en: 'See what should have made it (docs/operations.md, Backup).',
  };
  try {
    const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    const ages = await Promise.all(entries.map(async ({ name }) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
    const [newest] = ages.sort((a, b) => b.at - a.at);
    if (newest === undefined) return { ...of, state: 'fail', detail: { fr: `aucune dans ${folder}`, en: `none in ${folder}` }, todo };
    const age = ago(realNow - newest.at);
    const state = realNow - newest.at <= oldAfterMs ? 'ok' : 'fail';
    return {
      ...of,
      state,
      detail: { fr: `${age.fr} (${newest.name})`, en: `${age.en} (${newest.name})` },
      ...(state === 'ok' ? {} : { todo }),
    };
  } catch (error) {
    return { ...of, state: 'fail', detail: same(`${folder}: ${reasonOf(error)}`), todo };
  }
}
