import { awaited, project } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole, theProject } from './common.js';

/** The reader's own report on an experiment. */
export const report: KindWords<'report'> = {
  page: {
    title: (view) => `Quel bilan tirez-vous de ${theProject(view)} ?`,
    lead: () =>
      "Votre regard compte autant que les chiffres : ce que l'expérimentation a changé, ce qui a manqué, et s'il peut se refaire ailleurs.",
    why: (view) => `le porteur, la direction qui accueille et l'évaluation disent chacun leur bilan ; vous êtes ${asRole(view)}`,
    next: () => 'les trois bilans sont joints à la proposition de suites, soumise à validation',
    button: 'Envoyer mon bilan',
    done: 'Votre bilan est enregistré',
    noun: 'bilan',
  },
  fields: () => ({
    body: { label: 'Votre bilan', hint: "Ce qui a changé, pour qui ; ce qui a manqué ; ce qu'il faudrait pour recommencer." },
    economic: { label: 'Peut-on le refaire ailleurs, côté économique ?', hint: 'De 1 (difficilement) à 5 (tout de suite).' },
    social: { label: 'Peut-on le refaire ailleurs, côté social ?', hint: 'De 1 (difficilement) à 5 (tout de suite).' },
  }),
  lacking: "aucun bilan n'a été reçu.",
  mail: {
    awaited: () => awaited('Votre bilan'),
    topic: (view) => `expérimentation ${project(view, 'fr')}`,
    request: (view) =>
      `Que retenez-vous de l'expérimentation ${project(view, 'fr')} ? Dites ce qu'elle a changé, ce qui a freiné, et si elle peut être reproduite ailleurs, du point de vue économique et social.`,
    why: ({ person }) =>
      person.role === 'applicant'
        ? 'Vous portez ce projet.'
        : person.role === 'directorate'
          ? 'Votre direction porte cette expérimentation.'
          : "Vous assurez l'évaluation d'impact de cette édition.",
    silence: () => "l'évaluation se fera avec les seuls bilans reçus",
    after: () => 'Les bilans sont réunis ; la direction métier propose alors une suite.',
    act: 'Écrire mon bilan',
    late: (view) => `n'a pas encore remis son bilan de l'expérimentation ${project(view, 'fr')}`,
    thing: (view) => awaited(`bilan de l'expérimentation ${project(view, 'fr')}`),
  },
};
