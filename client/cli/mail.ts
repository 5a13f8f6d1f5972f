/** `troismains mail list|show|resend|bounce`: the outbox. */
import type { Command } from 'commander';
import type { Resent } from '../../store/resend.js';
import { type ListedMail, listAllMails, readMail, resend } from '../verbs/mails.js';
import { registerBounce } from './bounce.js';
import { withData, withInstallation } from './connect.js';
import { type CliError, InputError, print, printJson, reason, terminalOf } from './io.js';
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
  withData(
    mail
      .command('resend')
      .summary('send again a mail that was given up, came back, or may not have arrived')
      .argument('<id>', 'its number'),
  )
    .requiredOption('--reason <text>', 'why; kept in the journal', reason)
    .addHelpText('after', '\nExample:\n  troismains mail resend 12 --reason "rien reçu, vérifié par téléphone"')
    .action(async (id: string, { reason: given }: { reason: string }, command: Command) => {
      const { json, locale } = terminalOf(command);
      const resent = /^\d{1,15}$/.test(id)
        ? await withInstallation(command, (installation) => resend(installation, { mail: Number(id), reason: given }))
        : { ok: false as const, reason: 'unknown' as const };
      if (!resent.ok) throw notResent(id, resent);
      if (json) return printJson({ id: Number(id), ...resent, at: new Date(resent.at).toISOString() });
      const at = new Date(resent.at).toISOString();
      print(
        locale === 'fr' ? `Le message ${id} repart pour ${resent.person}, ${at}.` : `Mail ${id} leaves again for ${resent.person}, ${at}.`,
      );
    });
  registerBounce(mail);
}

function notResent(id: string, refused: Extract<Resent, { ok: false }>): CliError {
  switch (refused.reason) {
    case 'unknown':
      return new InputError({
        fr: `Pas de message ${id} : voir « troismains mail list ».`,
        en: `There is no mail ${id}: see "troismains mail list".`,
      });
    case 'again':
      return new InputError(
        refused.left
          ? {
              fr: `Le message ${id} est reparti sous le numéro ${refused.again}, à l'adresse donnée depuis : rien n'a été fait. Voir « troismains mail show ${refused.again} ».`,
              en: `Mail ${id} has left again as number ${refused.again}, to the address given since: nothing was done. See "troismains mail show ${refused.again}".`,
            }
          : {
              fr: `Le message ${id} repart sous le numéro ${refused.again}, à l'adresse donnée depuis : rien n'a été fait. S'il n'aboutit pas non plus, renvoyer le ${refused.again}.`,
              en: `Mail ${id} leaves again as number ${refused.again}, to the address given since: nothing was done. Should that one fail too, send ${refused.again} again.`,
            },
      );
    case 'state':
      return new InputError({
        fr: `Le message ${id} est « ${refused.state} » : seul un message abandonné (failed), resté incertain (uncertain), ou une lettre revenue depuis son départ, est renvoyé.`,
        en: `Mail ${id} is ${refused.state}: only a mail that was given up (failed) or stayed uncertain, or a letter that came back since it left, is sent again.`,
      });
    case 'unreachable':
      return new InputError({
        fr: `L'adresse de cette personne ne fonctionne pas : corrigez-la d'abord, sur la page de l'édition.`,
        en: 'The address of this person does not work: correct it first, on the page of the edition.',
      });
  }
}
