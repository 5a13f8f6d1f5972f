/** `troismains audit ID`: the journal of an edition, who did what when, and whether it is as it was written. */
import { type Command, InvalidArgumentError } from 'commander';
import { type Audited, readAudit } from '../client/verbs/audit.js';
import type { CsvDialect } from '../domain/csv.js';
import { ACTOR_WORDS, isActor, isVerb, VERB_WORDS } from '../domain/journal.js';
import { isRoleWord, type Locale, ROLE_WORDS } from '../domain/words.js';
import type { Entry } from '../store/audit.js';
import { csvOf, exported } from './audit/export.js';
import { faultWords, headText, untoldWords, verdict } from './audit/verdict.js';
import { onClock } from './clock.js';
import { withData, withInstallation } from './connect.js';
import { csvDialectOption } from './csv.js';
import { exitWith, InputError, print, printJson, progress, terminalOf } from './io.js';
import { columns } from './table.js';

type Flags = { verify?: boolean; csv?: boolean; csvDialect: CsvDialect; head?: string };

/** Adds `audit` to the command line. */
export function register(program: Command): void {
  withData(program.command('audit').summary('who did what in an edition, and whether the journal is as it was written'))
    .description('The journal of an edition: ids and codes, never what people wrote, but for the reasons coordinators gave (not exported).')
    .argument('<id>', 'the edition')
    .option('--verify', 'hold every entry against its hash, and the journal against what is true')
    .option('--head <hash>', 'with --verify: a head noted earlier, which must still be in the chain', hash)
    .option('--csv', 'every entry with its hash, to be kept or verified elsewhere')
    .addOption(csvDialectOption())
    .addHelpText(
      'after',
      `
--csv and --json give prev and hash of each entry: docs/decisions/0015-audit-chain.md has a script that verifies them.
Exit code 1 when it does not verify. Only a head that was noted elsewhere shows a journal that was made anew.

Example:
  troismains audit val-d-oise-2023
  troismains audit val-d-oise-2023 --verify --head 3fa9…
  troismains audit val-d-oise-2023 --csv --csv-dialect rfc4180 > journal.csv`,
    )
    .action(run);
}

function hash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new InvalidArgumentError('a head is 64 hexadecimal digits, as this command prints it.');
  return text.toLowerCase();
}

async function run(id: string, { verify = false, csv = false, csvDialect, head }: Flags, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const verified = verify || head !== undefined;
  const audited = await withInstallation(command, (installation) => readAudit(installation, { id, head, locale }));
  if (audited === undefined)
    throw new InputError({
      fr: `Pas d'édition ${id} : voir « troismains cohort list ».`,
      en: `There is no edition ${id}: see "troismains cohort list".`,
    });
  const faults = [...audited.faults.map(faultWords), ...audited.untold.map(untoldWords)];
  if (verified && faults.length > 0) exitWith(1);
  if (json) return printJson(exported(id, audited, verified ? faults.map((words) => words[locale]) : undefined));
  if (csv) print(csvOf(audited, csvDialect));
  else if (!verified) print(table(audited, locale));
  const told = [
    ...(verified ? verdict(audited, { faults, against: head !== undefined }, locale) : []),
    ...(verified && faults.length > 0 ? [] : [headText(audited, locale)]), // one that does not verify is not to be noted
  ].join('\n');
  if (csv || !verified) progress(told);
  else print(told);
}

/** One line an entry: when, on the edition's clock; who, with their role; what, and why where a coordinator said so; about what. */
function table(audited: Audited, locale: Locale): string {
  const { row, chained, unchained, people, reasons, about } = audited;
  const timeZone = row?.file.territory.timezone ?? 'UTC';
  const who = (actor: string) => {
    if (isActor(actor)) return ACTOR_WORDS[actor][locale];
    const role = people.get(actor)?.role ?? '';
    return isRoleWord(role) ? `${actor} (${ROLE_WORDS[role][locale]})` : actor;
  };
  const what = ({ verb, detail }: Entry) => {
    const words = isVerb(verb) ? VERB_WORDS[verb][locale] : verb;
    const reason = typeof detail.reason === 'string' ? reasons.get(detail.reason) : undefined;
    if (reason === undefined) return words;
    return locale === 'fr' ? `${words} : « ${reason} »` : `${words}: "${reason}"`;
  };
  const head = locale === 'fr' ? ['N°', 'Quand', 'Qui', 'Quoi', 'Sur quoi'] : ['No', 'When', 'Who', 'What', 'About'];
  const line = (entry: Entry, n: string) => [n, onClock(entry.at, timeZone), who(entry.actor), what(entry), about(entry)];
  return columns(head, [...chained.map((entry) => line(entry, String(entry.n))), ...unchained.map((entry) => line(entry, '–'))]);
}
