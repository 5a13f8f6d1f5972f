/** `troismains mail list|show|resend|bounce`: the outbox. */
import type { Command } from 'commander';
import { type ListedMail, listAllMails, readMail, resend } from '../client/verbs/mails.js';
import { clean, oneLine } from '../domain/clean.js';
import { MAIL_WORDS } from '../domain/mails.js';
import { type Locale, MAIL_STATE_WORDS, mailStateShown } from '../domain/words.js';
import type { Resent } from '../store/acts/resend.js';
import { AS, actorOf } from './actor.js';
import { command as bounce } from './bounce.js';
import { clocksOf } from './clock.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, PAGE, type Paged, partOf, REASON } from './help.js';
import { type CliError, InputError, print, printJson, terminalOf } from './io.js';
import { knownEdition, noMail } from './refusals.js';
import { columns } from './table.js';

const stateOf = ({ state, bounced }: ListedMail, locale: Locale) => MAIL_STATE_WORDS[locale][mailStateShown(state, bounced)] ?? state;

/** The command `mail`. */
export const command: Declared = {
  description: { fr: "La boîte d'envoi : ce qui est parti, à qui, quand.", en: 'The outbox: what was sent, to whom, when.' },
  example: 'troismains mail list\ntroismains mail show 12',
  commands: {
    list: {
      summary: { fr: "les mails, les plus récents d'abord", en: 'mails, the newest first' },
      options: { ...DATA, ...PAGE, '--edition <id>': { fr: "seulement d'une édition", en: 'only those of one edition' } },
      example: 'troismains mail list --edition val-d-oise-2023',
      run: async ({ edition, ...paged }: Paged & { edition?: string }, command: Command) => {
        const { json, locale } = terminalOf(command);
        const { part, clock } = await withInstallation(command, async (installation) => {
          await knownEdition(installation, edition);
          const part = await partOf(paged, (of) => listAllMails(installation, { edition, ...of }));
          return { part, clock: await clocksOf(installation) };
        });
        if (json) return printJson(part.rows);
        const head = locale === 'fr' ? ['N°', 'Quand', 'À', 'État', 'Objet'] : ['No', 'When', 'To', 'State', 'Subject'];
        print(
          columns(
            head,
            part.rows.map((m) => [
              String(m.id),
              clock(m.edition, m.at),
              m.to,
              stateOf(m, locale),
              m.subject ?? `(${MAIL_WORDS[locale][m.template]})`,
            ]),
          ),
        );
        if (part.more) print(part.more[locale]);
      },
    },
    show: {
      summary: { fr: 'un mail, ses liens personnels masqués', en: 'one mail, its personal links blanked' },
      args: { '<id>': { fr: 'son numéro', en: 'its number' } },
      options: DATA,
      example: 'troismains mail show 12',
      run: async (id: string, _flags: object, command: Command) => {
        const { json, locale } = terminalOf(command);
        if (!isNumber(id)) throw new InputError(noMail(id));
        const { mail, clock } = await withInstallation(command, async (installation) => ({
          mail: await readMail(installation, Number(id)),
          clock: await clocksOf(installation),
        }));
        if (mail === undefined) throw new InputError(noMail(id));
        if (json) return printJson(mail);
        const head = `${clock(mail.edition, mail.at)}  ${mail.to}  ${stateOf(mail, locale)}`;
        print(`${oneLine(head)}\n${oneLine(mail.subject ?? '')}\n\n${clean(mail.text)}`);
      },
    },
    resend: {
      summary: {
        fr: "renvoyer un mail abandonné, revenu, ou qui n'est peut-être pas arrivé",
        en: 'send again a mail that was given up, came back, or may not have arrived',
      },
      args: { '<id>': { fr: 'son numéro', en: 'its number' } },
      options: { ...DATA, ...AS, '--reason <text>': { ...REASON, required: true } },
      example: 'troismains mail resend 12 --reason "rien reçu, vérifié par téléphone"',
      run: async (id: string, { reason: given }: { reason: string }, command: Command) => {
        const { json, locale } = terminalOf(command);
        if (!isNumber(id)) throw new InputError(noMail(id));
        const { resent, clock } = await withInstallation(command, async (installation) => {
          const actor = await actorOf(command, installation, { deed: 'edition.act', on: { mail: Number(id) } });
          const clock = await clocksOf(installation); // before: an act that is done is told, whatever fails then
          return { clock, resent: await resend(installation, { mail: Number(id), reason: given, actor }) };
        });
        if (!resent.ok) throw notResent(id, resent);
        if (json) return printJson({ id: Number(id), ...resent, at: new Date(resent.at).toISOString() });
        const when = clock(resent.edition, resent.at);
        print(
          oneLine(
            locale === 'fr'
              ? `Le message ${id} repart pour ${resent.person}, ${when} au plus tôt.`
              : `Mail ${id} leaves again for ${resent.person}, ${when} at the earliest.`,
          ),
        );
      },
    },
    bounce,
  },
};

const isNumber = (id: string): boolean => /^\d{1,15}$/.test(id);

function notResent(id: string, refused: Extract<Resent, { ok: false }>): CliError {
  switch (refused.reason) {
    case 'unknown':
      return new InputError(noMail(id));
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
        fr: `Le message ${id} (${MAIL_STATE_WORDS.fr[refused.state]}) n'est pas renvoyé : rien n'a été fait. Sont renvoyés un message en échec, un message resté incertain, et une lettre ou un avis revenus depuis leur départ. Une demande revenue est rappelée à son heure ; si l'adresse est fausse, la corriger (« troismains person email ») : un nouveau lien part.`,
        en: `Mail ${id} (${MAIL_STATE_WORDS.en[refused.state]}) is not sent again: nothing was done. What is: a mail that failed, one that stayed uncertain, a letter or notice that came back since it left. A request that came back is reminded of in its time; if the address is wrong, correct it ("troismains person email"): a new link leaves.`,
      });
    case 'unreachable':
      return new InputError({
        fr: "L'adresse de cette personne ne fonctionne pas : la corriger d'abord, dans la console ou par « troismains person email ».",
        en: 'The address of this person does not work: correct it first, in the console or with "troismains person email".',
      });
  }
}
