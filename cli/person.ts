/** `troismains person list|email|add|edit|replace|leave|address`: who takes part, whose mail comes back, and what to do about it. */
import type { Command } from 'commander';
import { machine } from '../client/verbs/accounts.js';
import { correctAddress, listPeople } from '../client/verbs/people.js';
import { oneLine } from '../domain/clean.js';
import { isRoleWord, ROLE_WORDS, type Words } from '../domain/words.js';
import type { AddressGiven } from '../store/acts/address.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, EDITION, REASON } from './help.js';
import { InputError, print, printJson, terminalOf } from './io.js';
import { ACTS_ON_PEOPLE } from './person-acts.js';
import { knownEdition, noEdition } from './refusals.js';
import { columns } from './table.js';

/** The command `person`. */
export const command: Declared = {
  description: {
    fr: "Les personnes d'une édition : qui elles sont, celles dont le courrier revient, et qu'y faire.",
    en: 'People of an edition: who they are, whose mail comes back, and what to do about it.',
  },
  example: 'troismains person list val-d-oise-2023 --unreachable',
  commands: {
    list: {
      summary: { fr: 'tout le monde, ou celles dont le courrier revient', en: 'everybody, or whose mail comes back' },
      args: { '<edition>': EDITION },
      options: { ...DATA, '--unreachable': { fr: 'seulement celles dont le courrier revient', en: 'only those whose mail comes back' } },
      example: 'troismains person list val-d-oise-2023 --unreachable',
      run: list,
    },
    email: {
      summary: { fr: "corriger une adresse, ou confirmer qu'elle est bonne", en: 'correct an address, or confirm that it is right' },
      description: {
        fr: "Donne une autre adresse à quelqu'un, ou confirme la sienne : la personne compte de nouveau comme joignable, reçoit un nouveau lien pour chaque demande ouverte, et les courriers qui ne sont pas arrivés repartent. Les liens envoyés à l'ancienne adresse n'ouvrent plus rien.",
        en: 'Gives somebody another address, or confirms the one they have: they count as reachable again, get a fresh link for each open request, and the letters that did not arrive leave again. Links sent to the former address open nothing any more.',
      },
      args: {
        '<edition>': EDITION,
        '<person>': { fr: 'son identifiant (troismains person list)', en: 'their id (troismains person list)' },
        '<address>': {
          fr: "son adresse désormais ; celle qu'elle a, pour dire qu'elle est bonne",
          en: 'the address from now on; the one they have, to say that it is right',
        },
      },
      options: {
        ...DATA,
        ...AS,
        '--reason <text>': {
          ...REASON,
          fr: "pourquoi ; gardé au journal, qui ne retient jamais l'adresse",
          en: 'why; kept in the journal, which never holds the address',
          required: true,
        },
      },
      example: 'troismains person email val-d-oise-2023 dg direction.generale@valdoise.example --reason "nouvelle adresse"',
      run: email,
    },
    ...ACTS_ON_PEOPLE,
  },
};

async function list(edition: string, { unreachable = false }: { unreachable?: boolean }, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const everybody = await withInstallation(command, async (installation) => {
    await knownEdition(installation, edition);
    return listPeople(installation, edition);
  });
  const people = everybody.filter((one) => !unreachable || one.unreachable !== undefined);
  if (json) return printJson(people);
  if (unreachable && people.length === 0) return print(locale === 'fr' ? 'Tout le monde peut être joint.' : 'Everybody can be reached.');
  const head =
    locale === 'fr'
      ? ['Personne', 'Rôle', 'Nom', 'Adresse', 'Injoignable depuis']
      : ['Person', 'Role', 'Name', 'Address', 'Unreachable since'];
  print(
    columns(
      head,
      people.map((one) => [
        one.id,
        isRoleWord(one.role) ? ROLE_WORDS[one.role][locale] : one.role,
        one.name,
        one.email,
        one.unreachable ?? '',
      ]),
    ),
  );
}

async function email(
  edition: string,
  person: string,
  address: string,
  { reason: why }: { reason: string },
  command: Command,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  const done = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.people', on: { edition } });
    return correctAddress(installation, {
      edition,
      person,
      email: address.trim(),
      reason: why,
      actor,
      mayReplaceWorking: actor === machine,
    });
  });
  if (!done.ok) throw new InputError(refusals({ edition, person, address })[done.reason]);
  if (json) printJson({ person, ...done });
  else print(oneLine(told(done, person)[locale]));
}

const refusals = ({
  edition,
  person,
  address,
}: {
  edition: string;
  person: string;
  address: string;
}): Record<Extract<AddressGiven, { ok: false }>['reason'], Words> => ({
  'no-edition': noEdition(edition),
  'no-person': {
    fr: `Personne ne s'appelle ${person} dans cette édition : voir « troismains person list ${edition} ».`,
    en: `Nobody is called ${person} in this edition: see "troismains person list ${edition}".`,
  },
  address: {
    fr: `« ${address} » n'est pas une adresse : rien n'a été changé.`,
    en: `"${address}" is not an address: nothing was changed.`,
  },
  works: {
    fr: `Les messages arrivent à l'adresse de ${person} : un compte ne la remplace pas, rien n'a été changé. Sans --as, elle est remplacée, et l'ancienne adresse en est prévenue.`,
    en: `Mails arrive at the address of ${person}: an account does not replace it, nothing was changed. Without --as it is replaced, and the former address is told.`,
  },
  taken: {
    fr: `Quelqu'un d'autre a cette adresse dans cette édition : rien n'a été changé.`,
    en: 'Somebody else has this address in this edition: nothing was changed.',
  },
});

function told({ changed, links, again }: Extract<AddressGiven, { ok: true }>, person: string): Words {
  return {
    fr: `${changed ? `L'adresse de ${person} est changée` : `L'adresse de ${person} est confirmée`}. Liens envoyés : ${links} ; messages renvoyés : ${again}.`,
    en: `${changed ? `The address of ${person} is changed` : `The address of ${person} is confirmed`}. Links sent: ${links}; mails sent again: ${again}.`,
  };
}
