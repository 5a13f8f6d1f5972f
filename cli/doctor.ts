/** `troismains doctor`: each dependency, reachable or not, its version, our rights on it, mail DNS, the clocks, and what stands still. */
import type { Command } from 'commander';
import { type Finding, findingJson, verdictIn } from '../client/checks/finding.js';
import { examineInstallation } from '../client/checks/index.js';
import { type Config, type Requirable, WORKER } from '../config.js';
import { oneLine } from '../domain/clean.js';
import type { Locale } from '../domain/words.js';
import { configuration } from './configuration.js';
import { DATA, environmentOf } from './connect.js';
import { lookAtMailDns, lookAtSmtp, type Resolver } from './doctor/mail.js';
import { lookAtWeb } from './doctor/web.js';
import type { Declared } from './help.js';
import { type ExitCode, exitWith, print, printJson, terminalOf } from './io.js';

const VARIABLE: Record<Requirable, string> = {
  databaseUrl: 'DATABASE_URL',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  linkKey: 'LINK_KEY',
};

/** The command `doctor`. Exit code 4 when a service cannot be reached, 1 when something else is wrong. */
export const command: Declared = {
  description: {
    fr: "Vérifie ce qu'il faut à une installation : variables, Postgres, Temporal, serveur de mail, DNS du mail, web, horloges, disques, et si quelque chose n'avance plus. Ne change rien, n'envoie rien.",
    en: 'Checks what an installation needs: variables, Postgres, Temporal, the mail server, mail DNS, the web, the clocks, the disks, and whether something stands still. Changes nothing, sends nothing.',
  },
  options: DATA,
  example: 'DATABASE_URL=postgres://… TEMPORAL_ADDRESS=host:7233 SMTP_URL=smtp://… troismains doctor',
  run: async (_flags, command: Command) => {
    const { json, locale } = terminalOf(command);
    const found = await examine(configuration(await environmentOf(command)));
    if (json) printJson({ ok: found.every(({ state }) => state !== 'fail'), checks: found.map((one) => findingJson(one, locale)) });
    else print(asText(found, locale));
    exitWith(codeOf(found));
  },
};

/** Looks at everything, side by side; none of it takes more than ten seconds or so. */
export async function examine(config: Config, resolver?: Resolver): Promise<Finding[]> {
  const { smtpUrl, mailFrom, publicUrl } = config;
  const found = await Promise.all([
    environment(config),
    examineInstallation(config),
    smtpUrl === undefined ? [] : lookAtSmtp(smtpUrl),
    mailFrom === undefined ? [] : lookAtMailDns({ from: mailFrom, dkim: config.dkim }, resolver),
    publicUrl === undefined ? [] : lookAtWeb(publicUrl),
  ]);
  return found.flat();
}

function environment(config: Config): Finding[] {
  const missing = WORKER.filter((name) => config[name] === undefined).map((name) => VARIABLE[name]);
  const name = { fr: 'Variables', en: 'Variables' };
  if (missing.length > 0)
    return [
      {
        id: 'environment',
        name,
        state: 'fail',
        detail: { fr: `manquent : ${missing.join(', ')}`, en: `missing: ${missing.join(', ')}` },
        todo: {
          fr: 'Les donner (docs/operations.md, « Environment »), ou lancer la commande dans le dossier où tourne « troismains up ».',
          en: 'Set them (docs/operations.md, "Environment"), or run this in the folder where "troismains up" runs.',
        },
      },
    ];
  const told = config.alertTo.length > 0;
  const { reviews, activities, cachedRuns, connections } = config.capacity;
  return [
    { id: 'environment', name, state: 'ok', detail: { fr: 'toutes là', en: 'all there' } },
    {
      id: 'capacity',
      name: { fr: 'Un worker ici', en: 'A worker here' },
      state: 'ok',
      detail: {
        fr: `${reviews} revues et ${activities} autres activités à la fois, ${connections} connexions à Postgres, ${cachedRuns} éditions en mémoire`,
        en: `${reviews} reviews and ${activities} other activities at once, ${connections} connections to Postgres, ${cachedRuns} editions in memory`,
      },
    },
    {
      id: 'alert-to',
      name: { fr: 'Alertes', en: 'Alerts' },
      state: told ? 'ok' : 'warn',
      detail: told
        ? { fr: `${config.alertTo.length} destinataire${config.alertTo.length > 1 ? 's' : ''}`, en: `${config.alertTo.length} told` }
        : { fr: "personne n'est prévenu par mail quand rien n'avance", en: 'nobody is mailed when nothing moves' },
      ...(told ? {} : { todo: { fr: 'Donner une adresse dans ALERT_TO.', en: 'Give an address in ALERT_TO.' } }),
    },
  ];
}

/** The exit code: a service that cannot be reached comes before anything else that is wrong. */
export function codeOf(found: readonly Finding[]): ExitCode {
  const failed = found.filter(({ state }) => state === 'fail');
  return failed.length === 0 ? 0 : failed.some(({ unreachable }) => unreachable) ? 4 : 1;
}

const MARK = { ok: '✓', warn: '!', fail: '✗' } as const;
/** A line a thing, what to do under what is not well, and how many there are. */
export function asText(found: readonly Finding[], locale: Locale): string {
  const width = Math.max(...found.map(({ name }) => name[locale].length));
  const lines = found.flatMap(({ name, state, detail, todo }) => [
    `${MARK[state]} ${name[locale].padEnd(width)}  ${oneLine(detail[locale])}`,
    ...(todo === undefined || state === 'ok' ? [] : [`  ${' '.repeat(width)}  → ${oneLine(todo[locale])}`]),
  ]);
  return `${lines.join('\n')}\n\n${verdictIn(found, locale)}`;
}
