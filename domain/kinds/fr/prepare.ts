import { dateInWords } from '../../instants.js';
import { application, awaited, spaced } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { juryDay, theApplication } from './common.js';

const forProject = (view: AskView) => {
  const title = application(view, 'fr');
  return title === undefined ? '' : ` pour ${title}`;
};

/** The shortlisted confirm and send their material. */
export const prepare: KindWords<'prepare'> = {
  page: {
    title: (view) =>
      `Viendrez-vous présenter ${view.application?.title ? theApplication(view) : 'votre projet'} au jury${view.event ? ` du ${dateInWords(view.event.on, view, 'fr')}` : ''} ?`,
    lead: () =>
      "Votre candidature est présélectionnée. Confirmez votre venue, et donnez au jury ce qu'il doit lire avant de vous entendre.",
    why: () => 'votre candidature fait partie de celles que le jury veut entendre',
    next: () => 'la coordination vous donne votre horaire de passage ; le jury lit vos documents avant de vous entendre',
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: 'préparation du pitch',
  },
  fields: () => ({
    confirm: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, je viens présenter', hint: 'La coordination vous donnera votre horaire de passage.' },
        no: { label: 'Non, je me retire', hint: 'Votre candidature ne sera pas présentée au jury.' },
      },
    },
    material: { label: 'Ce que le jury doit lire avant', hint: 'Un texte, ou les adresses web de vos documents.' },
  }),
  lacking: "aucun candidat n'a confirmé sa venue.",
  mail: {
    awaited: () => awaited('Votre confirmation', 'e'),
    topic: () => 'votre passage devant le jury',
    request: (view) =>
      `Votre projet${spaced(application(view, 'fr'))} est présélectionné pour le jury${juryDay(view)}. Confirmez votre venue et déposez ce que les jurés doivent lire avant de vous entendre.`,
    why: () => 'Vous portez cette candidature.',
    silence: () => 'votre candidature quitte la sélection',
    after: () => "Vous recevrez l'ordre de passage et une invitation pour votre agenda.",
    act: 'Confirmer et déposer',
    late: () => "n'a pas encore confirmé son passage devant le jury",
    thing: (view) => awaited(`passage devant le jury${forProject(view)}`),
  },
};
