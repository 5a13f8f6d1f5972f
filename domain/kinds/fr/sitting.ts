import { dateInWords } from '../../instants.js';
import { awaited, capital, dayOf, inline, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, onDay } from './common.js';
import { documents } from './document.js';

const body = ({ event }: AskView) => (event?.body === undefined ? 'Séance' : capital(inline(event.body)));
const file = (view: AskView) => (view.project === undefined ? 'Le dossier' : `Le dossier ${project(view, 'fr')}`);

/** What a deliberative body decided. */
export const sitting: KindWords<'sitting'> = {
  page: {
    title: (view) => `Qu'a décidé la séance${onDay(view.event?.on ?? view.ask.part, view)} ?`,
    lead: (view) => `Dites ce que l'assemblée a décidé de ${documents(view).approved}.`,
    why: coordination,
    next: () => 'adopté, le programme continue ; ajourné, la prochaine séance est visée et les dates sont recalculées',
    button: 'Enregistrer la décision',
    done: 'La décision est enregistrée',
    noun: 'délibération en séance',
  },
  fields: () => ({
    decision: {
      label: 'La décision',
      options: {
        adopted: { label: 'Adopté' },
        adjourned: { label: 'Ajourné', hint: 'La prochaine séance est visée ; les dates sont recalculées.' },
        rejected: { label: 'Rejeté', hint: 'Comme un refus ; dites pourquoi.' },
      },
    },
    remarks: { label: 'Remarques', hint: 'Demandées si la décision est un rejet.', conditional: true },
  }),
  lacking: "la séance n'a pas encore rendu sa décision.",
  mail: {
    awaited: () => awaited("L'issue de la séance", 'e'),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'fr')),
    headline: (view, moment) =>
      `${body(view)} du ${dateInWords(dayOf(view), view, 'fr')} : ${moment === 'past' ? 'la décision reste à reporter' : 'quelle a été la décision ?'}`,
    request: (view) =>
      `${file(view)} passe en séance le ${dateInWords(dayOf(view), view, 'fr')}${view.event?.body === undefined ? '' : ` (${inline(view.event.body)})`}. Après la séance, dites s'il a été adopté, ajourné ou rejeté.`,
    why: () => coordinators,
    silence: () => 'la suite du projet reste en suspens',
    after: () => "Adopté, le dossier est clos ; ajourné, il passe à la séance suivante ; rejeté, l'expérimentation prend fin.",
    act: 'Reporter la décision',
    late: (view) => `n'a pas encore reporté la décision de la séance du ${dateInWords(dayOf(view), view, 'fr')}`,
    thing: (view) => awaited(`décision de la séance du ${dateInWords(dayOf(view), view, 'fr')}`, 'e'),
  },
};
