/** Any act on an edition, by its name: done, or seen with `--dry-run`. */
import type { Command } from 'commander';
import { type ActProblem, readAct } from '../domain/acts.js';
import type { Words } from '../domain/words.js';
import { actorOf } from './actor.js';
import { withInstallation } from './connect.js';
import { CliError, InputError, print, printJson, terminalOf } from './io.js';
import { actNow, type Doing, previewOf, printPreview, reasonOf } from './preview.js';
import { noEdition, refused } from './refusals.js';

/** Does an act, or prints what it would change. */
export async function act(
  id: string,
  name: string,
  { reason, dryRun = false, ...given }: Doing & Record<string, unknown>,
  command: Command,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  const why = dryRun ? '' : reasonOf(reason);
  const read = readAct({ ...given, act: name }, { needsReason: false });
  if (!read.ok) throw new InputError(inOne(read.problems));
  const { spec } = read;
  const acted = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.act', on: { edition: id } });
    return dryRun ? previewOf(installation, { edition: id, spec, actor }) : actNow(installation, { edition: id, spec, actor, reason: why });
  });
  if (acted === undefined) throw new InputError('ask' in spec ? refused({ ok: false, reason: 'unknown' }, spec.ask) : noEdition(id));
  if ('basis' in acted) return printPreview(acted, { command, id });
  if ('refused' in acted) throw new CliError(2, refused(acted.refused, 'ask' in spec ? spec.ask : id));
  if (json) printJson({ id, act: name, done: true });
  else print(locale === 'fr' ? "C'est fait." : 'Done.');
}

const inOne = (problems: readonly ActProblem[]): Words => ({
  fr: problems.map(({ field, message }) => `${field} : ${message.fr}`).join('\n'),
  en: problems.map(({ field, message }) => `${field}: ${message.en}`).join('\n'),
});
