import { application, awaited, spaced } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, theApplication } from './common.js';

/** Is this application eligible? */
export const eligibility: KindWords<'eligibility'> = {
  page: {
    title: (view) => `La candidature ${theApplication(view)} est-elle recevable ?`,
    lead: () => "Dites si elle répond aux conditions de l'appel, et pourquoi. Ce n'est pas encore un jugement sur sa qualité.",
    why: coordination,
    next: () => 'les candidatures recevables passent à la présélection ; la raison est conservée',
    button: 'Enregistrer',
    done: 'La recevabilité est enregistrée',
    noun: 'recevabilité',
  },
  fields: () => ({
    eligible: {
      label: 'Votre avis',
      options: {
        yes: { label: 'Recevable', hint: 'Elle passe à la présélection.' },
        no: { label: 'Non recevable', hint: 'Elle ne va pas plus loin ; la raison est conservée.' },
      },
    },
    reason: { label: 'La raison' },
  }),
  lacking: "aucune candidature n'est recevable.",
  tooFew: { thing: 'aucune candidature recevable', sentence: "Aucune candidature n'est recevable : il n'y a pas de quoi présélectionner." },
  mail: {
    awaited: () => awaited('Votre avis de recevabilité'),
    topic: (view) => application(view, 'fr') ?? 'candidature',
    request: (view) =>
      `La candidature${spaced(application(view, 'fr'))} est-elle recevable ? Répondez par oui ou par non, avec la raison : elle pourra être lue par la personne qui candidate.`,
    why: () => coordinators,
    silence: () => 'la présélection attend',
    after: () => 'Recevable, la candidature passe à la présélection ; sinon elle est écartée pour la raison que vous donnez.',
    act: 'Lire et répondre',
    late: (view) => `n'a pas encore statué sur la recevabilité de la candidature${spaced(application(view, 'fr'))}`,
    thing: (view) => awaited(`recevabilité de la candidature${spaced(application(view, 'fr'))}`, 'e'),
  },
};
