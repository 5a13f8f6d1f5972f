import { dateInWords } from '../../instants.js';
import { awaited, between } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, countOf } from './common.js';

/** Which applications are heard by the jury? */
export const shortlist: KindWords<'shortlist'> = {
  page: {
    title: () => 'Quelles candidatures le jury entendra-t-il ?',
    lead: ({ form }) => `Choisissez ${countOf(form, 'candidature', 'candidatures')} parmi celles qui sont recevables, et dites pourquoi.`,
    why: coordination,
    next: () => 'les candidats présélectionnés confirment leur venue ; les jurés déclarent leurs liens avant de les lire',
    button: 'Enregistrer la présélection',
    done: 'La présélection est enregistrée',
    noun: 'présélection',
  },
  fields: () => ({
    applications: { label: 'Les candidatures à entendre' },
    reasons: {
      label: 'Une raison par candidature écartée',
      hint: 'Elle figure dans sa lettre, à la place de la raison commune.',
    },
    reason: { label: 'Ce qui a guidé votre choix', hint: 'La raison commune, dans les lettres de celles qui n’en ont pas d’autre.' },
  }),
  lacking: "aucune candidature n'a été présélectionnée.",
  mail: {
    awaited: () => awaited('La liste des projets présélectionnés', 'e'),
    request: ({ form }) => `Parmi les candidatures recevables, choisissez-en ${between(form, 'fr')} pour le jury, et dites pourquoi.`,
    why: () => coordinators,
    silence: () => 'personne ne peut être invité à préparer son passage devant le jury',
    after: (view) =>
      `Les projets présélectionnés sont aussitôt invités à préparer leur passage devant le jury${view.event === undefined ? '' : `, le ${dateInWords(view.event.on, view, 'fr')}`}.`,
    act: 'Choisir les projets',
    late: () => "n'a pas encore arrêté la présélection",
    thing: () => awaited('présélection', 'e'),
  },
};
