/** `troismains mail list|show|bounce`: the outbox. */
import type { Command } from 'commander';
import { type ListedMail, listAllMails, readMail } from '../verbs/mails.js';
import { registerBounce } from './bounce.js';
import { withData, withInstallation } from './connect.js';
import { InputError, print, printJson, terminalOf } from './io.js';
import { knownEdition } from './refusals.js';
import { columns } from './table.js';

const stateOf = ({ state, bounced }: ListedMail) =>
  bounced === undefined ? state : `${state}, ${bounced === 'delayed' ? 'delayed' : `${bounced} bounce`}`;

/** Adds `mail` to the command line. */
export function register(program: Command): void {
  const mail = program
    .command('mail')
    .summary('the outbox: what was sent, to whom, when')
    .description('The outbox: what was sent, to whom, when.');
  mail.addHelpText('after', '\nExample:\n  troismains mail list\n  troismains mail show 12');
  withData(mail.command('list').summary('every mail'))
    .option('--edition <id>', 'only those of one edition')
    .addHelpText('after', '\nExample:\n  troismains mail list --edition val-d-oise-2023')
    .action(async ({ edition }: { edition?: string }, command: Command) => {
      const { json, locale } = terminalOf(command);
      const mails = await withInstallation(command, async (installation) => {
        await knownEdition(installation, edition);
        return listAllMails(installation, edition);
      });
      if (json) return printJson(mails);
      const head = locale === 'fr' ? ['N°', 'Quand', 'À', 'État', 'Objet'] : ['No', 'When', 'To', 'State', 'Subject'];
      print(
        columns(
          head,
          mails.map((m) => [String(m.id), m.at.slice(0, 16).replace('T', ' '), m.to, stateOf(m), m.subject ?? m.template]),
        ),
      );
    });
  withData(mail.command('show').summary('one mail, its personal links blanked').argument('<id>', 'its number'))
    .addHelpText('after', '\nExample:\n  troismains mail show 12')
    .action(async (id: string, _flags: object, command: Command) => {
      const { json } = terminalOf(command);
      const mail = /^\d{1,15}$/.test(id)
        ? await withInstallation(command, (installation) => readMail(installation, Number(id)))
        : undefined;
      if (mail === undefined)
        throw new InputError({
          fr: `Pas de message ${id} : voir « troismains mail list ».`,
          en: `There is no mail ${id}: see "troismains mail list".`,
        });
      if (json) return printJson(mail);
      print(`${mail.at}  ${mail.to}  ${stateOf(mail)}\n${mail.subject ?? ''}\n\n${mail.text}`);
    });
  registerBounce(mail);
}
