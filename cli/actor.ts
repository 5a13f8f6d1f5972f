/** In whose name a command acts: whoever is on the machine, or the account that `--as` names, with its rights. */
import type { Command } from 'commander';
import type { Installation } from '../client/installation.js';
import { type Acting, actorFor, type Target } from '../client/verbs/actor.js';
import { DEEDS, type Deed } from '../domain/rights.js';
import type { Words } from '../domain/words.js';
import { InputError } from './io.js';
import { noEdition, noMail, refused } from './refusals.js';

/** The option `--as` of every command that acts. */
export const AS = {
  '--as <address>': {
    fr: 'au nom de ce compte et avec ses droits ; sans lui, tout est permis, et le journal dit « en ligne de commande »',
    en: 'in the name of this account and with its rights; left out, all is allowed, and the journal says "on the command line"',
  },
};

/** Who acts by a command, for the journal. Throws an `InputError` when there is nothing of the kind, or it is not theirs to do. */
export async function actorOf(command: Command, installation: Installation, { deed, on }: { deed: Deed; on: Target }): Promise<string> {
  const { as } = command.opts<{ as?: string }>();
  const acting = await actorFor(installation, { as: as?.trim(), deed, target: on });
  if (acting.ok) return acting.actor;
  throw new InputError(acting.reason === 'unknown' ? unknown(on) : refusals(as ?? '', deed, on)[acting.reason]);
}

function unknown(on: Target): Words {
  if (typeof on === 'object' && 'ask' in on) return refused({ ok: false, reason: 'unknown' }, on.ask);
  if (typeof on === 'object' && 'mail' in on) return noMail(String(on.mail));
  return noEdition(typeof on === 'object' && 'edition' in on ? on.edition : '');
}

function refusals(as: string, deed: Deed, on: Target): Record<Exclude<Extract<Acting, { ok: false }>['reason'], 'unknown'>, Words> {
  const rights = DEEDS[deed].filter((right) => right === 'admin' || on !== 'installation');
  const [fr, en] =
    on === 'installation'
      ? ["sur l'installation", 'of the installation']
      : 'territory' in on
        ? [`sur le territoire ${on.territory}`, `of the territory ${on.territory}`]
        : ["sur l'édition ou son territoire", 'of the edition or its territory'];
  return {
    refused: {
      fr: `${as} ne peut pas faire cela : il y faut le droit ${rights.join(' ou ')} ${fr}. Rien n'a été fait. Voir « troismains account list ».`,
      en: `${as} may not do this: it takes the right ${rights.join(' or ')} ${en}. Nothing was done. See "troismains account list".`,
    },
    blocked: {
      fr: `Le compte ${as} est bloqué : rien n'a été fait. « troismains account add ${as} » le rouvre.`,
      en: `The account ${as} is blocked: nothing was done. "troismains account add ${as}" opens it again.`,
    },
    'no-account': {
      fr: `Aucun compte ${as} : rien n'a été fait. Voir « troismains account list ».`,
      en: `There is no account ${as}: nothing was done. See "troismains account list".`,
    },
  };
}
