/** `troismains audit ID`: the journal of an edition, who did what when, and whether it is as it was written. */
import { type Command, InvalidArgumentError } from 'commander';
import { type Audited, readAudit } from '../client/verbs/audit.js';
import type { CsvDialect } from '../domain/csv.js';
import { actorInWords, isVerb, VERB_WORDS } from '../domain/journal.js';
import { isRoleWord, type Locale, ROLE_WORDS } from '../domain/words.js';
import type { Entry } from '../store/audit.js';
import { csvOf, exported } from './audit/export.js';
import { faultWords, headText, untoldWords, verdict } from './audit/verdict.js';
import { onClock } from './clock.js';
import { DATA, withInstallation } from './connect.js';
import { CSV_DIALECT } from './csv.js';
import { type Declared, EDITION, type Say } from './help.js';
import { exitWith, InputError, print, printDocument, printJson, progress, terminalOf } from './io.js';
import { noEdition } from './refusals.js';
import { columns } from './table.js';

type Flags = { verify?: boolean; csv?: boolean; csvDialect: CsvDialect; head?: string };

/** The command `audit`. */
export const command: Declared = {
  description: {
    fr: "Le journal d'une édition : des identifiants et des codes, jamais ce que les personnes ont écrit, sauf les raisons données par la coordination (non exportées).",
    en: 'The journal of an edition: ids and codes, never what people wrote, but for the reasons coordinators gave (not exported).',
  },
  args: { '<id>': EDITION },
  options: {
    ...DATA,
    '--verify': {
      fr: 'confronter chaque ligne à son empreinte, et le journal à ce qui est vrai',
      en: 'hold every entry against its hash, and the journal against what is true',
    },
    '--head <hash>': {
      fr: 'avec --verify : une tête notée plus tôt, qui doit être encore dans la chaîne',
      en: 'with --verify: a head noted earlier, which must still be in the chain',
      read: hash,
    },
    '--csv': {
      fr: 'chaque ligne et son empreinte, à garder ou à vérifier ailleurs',
      en: 'every entry with its hash, to be kept or verified elsewhere',
    },
    ...CSV_DIALECT,
  },
  note: {
    fr: '--csv et --json donnent prev et hash de chaque ligne : docs/decisions/0015-audit-chain.md a un script qui les vérifie.\nCode de sortie 1 quand il ne se vérifie pas. Seule une tête notée ailleurs montre un journal refait.',
    en: '--csv and --json give prev and hash of each entry: docs/decisions/0015-audit-chain.md has a script that verifies them.\nExit code 1 when it does not verify. Only a head that was noted elsewhere shows a journal that was made anew.',
  },
  example:
    'troismains audit val-d-oise-2023\ntroismains audit val-d-oise-2023 --verify --head 3fa9…\ntroismains audit val-d-oise-2023 --csv --csv-dialect rfc4180 > journal.csv',
  run,
};

function hash(text: string, say: Say): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError(
    say({
      fr: 'une tête est faite de 64 chiffres hexadécimaux, comme cette commande la donne.',
      en: 'a head is 64 hexadecimal digits, as this command prints it.',
    }),
  );
}

async function run(id: string, { verify = false, csv = false, csvDialect, head }: Flags, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const verified = verify || head !== undefined;
  const audited = await withInstallation(command, (installation) => readAudit(installation, { id, head, locale }));
  if (audited === undefined) throw new InputError(noEdition(id));
  const faults = [...audited.faults.map(faultWords), ...audited.untold.map(untoldWords)];
  if (verified && faults.length > 0) exitWith(1);
  if (json) return printJson(exported(id, audited, verified ? faults.map((words) => words[locale]) : undefined));
  if (csv) printDocument(csvOf(audited, csvDialect));
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
  const { row, chained, unchained, people, accounts, reasons, about } = audited;
  const timeZone = row?.file.territory.timezone ?? 'UTC';
  const named = (actor: string) => {
    const role = people.get(actor)?.role ?? '';
    return accounts.get(actor) ?? (isRoleWord(role) ? `${actor} (${ROLE_WORDS[role][locale]})` : undefined);
  };
  const who = ({ actor, detail: { via } }: Entry) => actorInWords({ actor, via }, named, locale);
  const what = ({ verb, detail }: Entry) => {
    const words = isVerb(verb) ? VERB_WORDS[verb][locale] : verb;
    const reason = typeof detail.reason === 'string' ? reasons.get(detail.reason) : undefined;
    const given = typeof detail.right === 'string' ? [detail.right, detail.territory ?? detail.edition ?? ''].join(' ').trim() : undefined;
    if (given !== undefined) return `${words} (${given})`;
    if (reason === undefined) return words;
    return locale === 'fr' ? `${words} : « ${reason} »` : `${words}: "${reason}"`;
  };
  const head = locale === 'fr' ? ['N°', 'Quand', 'Qui', 'Quoi', 'Sur quoi'] : ['No', 'When', 'Who', 'What', 'About'];
  const line = (entry: Entry, n: string) => [n, onClock(entry.at, timeZone), who(entry), what(entry), about(entry)];
  return columns(head, [...chained.map((entry) => line(entry, String(entry.n))), ...unchained.map((entry) => line(entry, '–'))]);
}
