import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { juryDay } from './common.js';

/** Declare interests before reading. */
export const interests: KindWords<'interests'> = {
  page: {
    title: () => "Avez-vous un lien avec l'une de ces candidatures ?",
    lead: () =>
      'Un lien familial, professionnel, associatif ou financier. Vous ne lirez ni ne noterez celles que vous cochez ; les autres vous seront ouvertes.',
    why: () => 'vous siégez au jury',
    next: () => 'les dossiers des candidatures sans lien vous seront ouverts avant la séance',
    button: 'Envoyer ma déclaration',
    done: 'Votre déclaration est enregistrée',
    noun: 'déclaration de liens',
  },
  fields: () => ({
    conflicts: { label: 'Les candidatures avec lesquelles vous avez un lien', hint: "Ne cochez rien si vous n'en avez aucun." },
    nature: {
      label: 'La nature du lien',
      hint: 'Une phrase suffit ; demandée seulement si vous avez coché une candidature.',
      conditional: true,
    },
  }),
  lacking: "aucun juré n'a déclaré ses liens.",
  mail: {
    awaited: () => awaited("Votre déclaration d'intérêts pour le jury", 'e'),
    request: () =>
      "Avant de lire les candidatures, dites si un lien vous unit à l'une d'elles ou à qui la porte. Vous ne lirez ni ne noterez celles-là ; s'il n'y en a aucune, dites-le aussi.",
    why: () => 'Vous siégez au jury.',
    silence: () => 'vous ne pourrez ni lire ni noter les candidatures',
    after: (view) => `Les autres candidatures s'ouvrent à la lecture ; les notes se donnent le jour du jury${juryDay(view)}.`,
    act: "Déclarer mes liens d'intérêts",
    late: () => "n'a pas encore déclaré ses liens d'intérêts",
    thing: () => awaited("déclaration d'intérêts", 'e'),
  },
};
