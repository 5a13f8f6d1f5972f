/** `troismains person list|email`: who takes part, whose mail comes back, and a way to mend it. */
import type { Command } from 'commander';
import { correctAddress, listPeople } from '../client/verbs/people.js';
import { isRoleWord, ROLE_WORDS, type Words } from '../domain/words.js';
import type { AddressGiven } from '../store/unreachable.js';
import { withData, withInstallation } from './connect.js';
import { InputError, print, printJson, reason, terminalOf } from './io.js';
import { knownEdition } from './refusals.js';
import { columns } from './table.js';

/** Adds `person` to the command line. */
export function register(program: Command): void {
  const person = program
    .command('person')
    .summary('who takes part: list, correct an address')
    .description('People of an edition: who they are, whose mail comes back, and what to do about it.');
  person.addHelpText('after', '\nExample:\n  troismains person list val-d-oise-2023 --unreachable');
  withData(person.command('list').summary('everybody, or whose mail comes back').argument('<edition>', 'the edition'))
    .option('--unreachable', 'only those whose mail comes back')
    .addHelpText('after', '\nExample:\n  troismains person list val-d-oise-2023 --unreachable')
    .action(list);
  withData(
    person
      .command('email')
      .summary('correct an address, or confirm that it is right')
      .argument('<edition>', 'the edition')
      .argument('<person>', 'their id (troismains person list)')
      .argument('<address>', 'the address from now on; the one they have, to say that it is right'),
  )
    .requiredOption('--reason <text>', 'why; kept in the journal, which never holds the address', reason)
    .description(
      'Gives somebody another address, or confirms the one they have: they count as reachable again, get a fresh link for each open request, and the letters that did not arrive leave again. Links sent to the former address open nothing any more.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  troismains person email val-d-oise-2023 dg direction.generale@valdoise.example --reason "nouvelle adresse"',
    )
    .action(email);
}

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
  const done = await withInstallation(command, (installation) =>
    correctAddress(installation, { edition, person, email: address.trim(), reason: why }),
  );
  if (!done.ok) throw new InputError(refusals({ edition, person, address })[done.reason]);
  if (json) printJson({ person, ...done });
  else print(told(done, person)[locale]);
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
  'no-edition': {
    fr: `Pas d'édition ${edition} : voir « troismains cohort list ».`,
    en: `There is no edition ${edition}: see "troismains cohort list".`,
  },
  'no-person': {
    fr: `Personne ne s'appelle ${person} dans cette édition : voir « troismains person list ${edition} ».`,
    en: `Nobody is called ${person} in this edition: see "troismains person list ${edition}".`,
  },
  address: {
    fr: `« ${address} » n'est pas une adresse : rien n'a été changé.`,
    en: `"${address}" is not an address: nothing was changed.`,
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
