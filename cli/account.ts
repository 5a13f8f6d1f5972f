/** `troismains account add|list|right|reset|remove`: who may enter the console, and what they may do there. */
import type { Command } from 'commander';
import type { Installation } from '../client/installation.js';
import {
  type AccountDone,
  addAccountTo,
  everyAccount,
  giveRightTo,
  removeAccount,
  resetAccount,
  takeRightFrom,
} from '../client/verbs/accounts.js';
import { everyTerritory, type Held, RIGHTS, type Right } from '../domain/rights.js';
import type { Locale, Words } from '../domain/words.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import type { Declared } from './help.js';
import { InputError, print, printJson, terminalOf } from './io.js';
import { noEdition } from './refusals.js';
import { columns } from './table.js';

const ADDRESS: Words = { fr: "l'adresse du compte", en: "the account's address" };
const SCOPE = {
  '--territory <id>': { fr: "sur les éditions d'un territoire", en: 'on the editions of a territory' },
  '--edition <id>': { fr: 'sur une édition', en: 'on one edition' },
};

/** The command `account`. */
export const command: Declared = {
  description: {
    fr: "Qui peut entrer dans la console. Les personnes qui coordonnent une édition y entrent par l'adresse que l'édition a d'elles. Droits : admin tient les comptes et la marche du service, sans lire les éditions ; coordinator lit tout et agit ; reader lit sans agir.",
    en: 'Who may enter the console. Those who coordinate an edition enter by the address that the edition has of them. Rights: admin looks after accounts and how the service runs, without reading editions; coordinator reads everything and acts; reader reads without acting.',
  },
  example: 'troismains account add dsi@valdoise.example --admin',
  commands: {
    add: {
      summary: { fr: 'faire un compte, ou rouvrir celui qui est bloqué', en: 'make an account, or open one again that is blocked' },
      args: { '<address>': ADDRESS },
      options: {
        ...DATA,
        ...AS,
        '--name <name>': {
          fr: 'comment la personne se nomme ; celui d’un compte qui existe change',
          en: 'what the person is called; that of an account which is there changes',
        },
        '--admin': { fr: "avec le droit d'administrer l'installation", en: 'with the right to administer the installation' },
      },
      example: 'troismains account add dsi@valdoise.example --admin --name "DSI"',
      run: add,
    },
    list: {
      summary: { fr: 'tous les comptes et leurs droits', en: 'every account and its rights' },
      options: DATA,
      example: 'troismains account list',
      run: list,
    },
    right: {
      summary: { fr: 'donner ou retirer un droit', en: 'give or take away a right' },
      args: { '<address>': ADDRESS, '<right>': { fr: `l'un de : ${RIGHTS.join(', ')}`, en: `one of: ${RIGHTS.join(', ')}` } },
      options: { ...DATA, ...AS, ...SCOPE, '--remove': { fr: 'le retirer', en: 'take it away' } },
      example: 'troismains account right elue@valdoise.example reader --edition val-d-oise-2023',
      run: right,
    },
    reset: {
      summary: {
        fr: 'fermer les sessions de quelqu’un et retirer son second facteur : téléphone perdu',
        en: "end somebody's sessions and remove their second factor: a lost telephone",
      },
      args: { '<address>': ADDRESS },
      options: { ...DATA, ...AS },
      example: 'troismains account reset labo@valdoise.example',
      run: reset,
    },
    remove: {
      summary: { fr: 'bloquer un compte : ses sessions se ferment aussitôt', en: 'block an account: its sessions end at once' },
      args: { '<address>': ADDRESS },
      options: { ...DATA, ...AS },
      example: 'troismains account remove dsi@valdoise.example',
      run: remove,
    },
  },
};

async function add(email: string, { name, admin = false }: { name?: string; admin?: boolean }, command: Command): Promise<void> {
  const done = await changing(command, (installation, by) =>
    addAccountTo(installation, { email, by, ...(name === undefined ? {} : { name }), ...(admin ? { held: { right: 'admin' } } : {}) }),
  );
  const link = `troismains console --as ${email}`;
  const fr = `Le compte ${email} est ouvert. Pour entrer : la page de la console envoie un lien, ou « ${link} » en fait un.`;
  say(done, { email, fr, en: `The account ${email} is open. To enter: the console's page mails a link, or "${link}" makes one.` }, command);
}

async function right(
  email: string,
  given: string,
  { territory, edition, remove: taken = false }: { territory?: string; edition?: string; remove?: boolean },
  command: Command,
): Promise<void> {
  const held = heldOf(given, { territory, edition });
  const done = await changing(command, (installation, by) =>
    taken ? takeRightFrom(installation, { email, held, by }) : giveRightTo(installation, { email, held, by }),
  );
  const what = rightInWords(held, terminalOf(command).locale);
  say(
    done,
    {
      email,
      edition,
      fr: taken ? `${email} n'a plus ce droit : ${what}.` : `${email} a ce droit : ${what}.`,
      en: taken ? `${email} no longer has this right: ${what}.` : `${email} has this right: ${what}.`,
    },
    command,
  );
}

async function reset(email: string, _: object, command: Command): Promise<void> {
  const done = await changing(command, (installation, by) => resetAccount(installation, email, by));
  const fr = `${email} n'a plus ni session ni second facteur, et entre de nouveau par un lien.`;
  say(done, { email, fr, en: `${email} has neither session nor second factor any more, and enters again by a link.` }, command);
}

async function remove(email: string, _: object, command: Command): Promise<void> {
  const done = await changing(command, (installation, by) => removeAccount(installation, email, by));
  say(done, { email, fr: `Le compte ${email} est bloqué.`, en: `The account ${email} is blocked.` }, command);
}

const changing = (command: Command, change: (installation: Installation, by: string) => Promise<AccountDone>): Promise<AccountDone> =>
  withInstallation(command, async (installation) =>
    change(installation, await actorOf(command, installation, { deed: 'accounts', on: 'installation' })),
  );

async function list(_: object, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const accounts = await withInstallation(command, everyAccount);
  if (json) return printJson(accounts);
  if (accounts.length === 0)
    return print(
      { fr: 'Aucun compte : « troismains account add ADRESSE --admin ».', en: 'No account: "troismains account add ADDRESS --admin".' }[
        locale
      ],
    );
  const head: Record<Locale, string[]> = {
    fr: ['Adresse', 'Nom', 'Droits', 'Coordonne', 'État'],
    en: ['Address', 'Name', 'Rights', 'Coordinates', 'State'],
  };
  const state = { fr: ['ouvert', 'bloqué'], en: ['open', 'blocked'] }[locale];
  print(
    columns(
      head[locale],
      accounts.map((one) => [
        one.email,
        one.name,
        one.rights.map((held) => rightInWords(held, locale)).join(', '),
        one.coordinates.join(', '),
        state[Number(one.blocked)] ?? '',
      ]),
    ),
  );
}

function rightInWords({ right: word, territory, edition }: Held, locale: Locale): string {
  const on = territory === everyTerritory ? { fr: '(partout)', en: '(everywhere)' }[locale] : (territory ?? edition);
  return [word, on].filter(Boolean).join(' ');
}

/** A right as it was typed; refused where it does not say on what, or says too much. */
function heldOf(given: string, { territory, edition }: { territory: string | undefined; edition: string | undefined }): Held {
  const word = RIGHTS.find((known): known is Right => known === given);
  if (word === undefined)
    throw new InputError({
      fr: `« ${given} » n'est pas un droit : ${RIGHTS.join(', ')}.`,
      en: `"${given}" is no right: ${RIGHTS.join(', ')}.`,
    });
  const scopes = [territory, edition].filter((scope) => scope !== undefined).length;
  if (scopes !== (word === 'admin' ? 0 : 1))
    throw new InputError(
      word === 'admin'
        ? {
            fr: "admin vaut pour toute l'installation : ni --territory, ni --edition.",
            en: 'admin is for the whole installation: neither --territory nor --edition.',
          }
        : { fr: `Dire sur quoi : --territory ou --edition, l'un des deux.`, en: 'Say on what: --territory or --edition, one of the two.' },
    );
  return { right: word, ...(territory === undefined ? {} : { territory }), ...(edition === undefined ? {} : { edition }) };
}

function say(
  done: AccountDone,
  { email, edition = '', ...words }: { email: string; edition?: string | undefined } & Words,
  command: Command,
): void {
  const { json, locale } = terminalOf(command);
  if (!done.ok) throw new InputError(refusals(email, edition)[done.reason]);
  if (json) printJson(done);
  else print(words[locale]);
}

const refusals = (email: string, edition: string): Record<Extract<AccountDone, { ok: false }>['reason'], Words> => ({
  address: { fr: `« ${email} » n'est pas une adresse : rien n'a été fait.`, en: `"${email}" is not an address: nothing was done.` },
  'no-account': {
    fr: `Aucun compte ${email} : voir « troismains account list ».`,
    en: `There is no account ${email}: see "troismains account list".`,
  },
  'no-edition': noEdition(edition),
  'no-territory': {
    fr: "Un droit se donne sur un territoire à la fois, que --territory nomme : rien n'a été fait.",
    en: 'A right is given on one territory at a time, which --territory names: nothing was done.',
  },
  'no-right': { fr: `${email} n'avait pas ce droit : rien n'a été fait.`, en: `${email} did not have this right: nothing was done.` },
  'last-admin': {
    fr: `${email} est la dernière personne qui administre : en nommer une autre d'abord. Rien n'a été fait.`,
    en: `${email} is the last admin: name another one first. Nothing was done.`,
  },
});
