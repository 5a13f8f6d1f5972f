import { dateInWords } from '../../instants.js';
import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole, juryDay } from './common.js';

/** Will you sit on the jury? */
export const seat: KindWords<'seat'> = {
  page: {
    title: (view) => `Siégerez-vous au jury${view.event ? ` du ${dateInWords(view.event.on, view, 'fr')}` : ''} ?`,
    lead: () =>
      'Le jury entend les candidats et note leurs projets. Chaque juré note seul ; les notes ne se découvrent que lorsque tous ont noté.',
    why: (view) => `vous êtes prévu·e au jury comme ${asRole(view)}`,
    next: () => "si vous siégez, vous recevrez la liste des candidatures, pour dire d'éventuels liens, puis les dossiers",
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: 'siège au jury',
  },
  fields: () => ({
    seat: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, je siège', hint: 'Vous recevrez les candidatures par cette même voie.' },
        no: { label: 'Non, je ne siège pas', hint: "Rien d'autre ne vous sera demandé pour ce jury." },
      },
    },
  }),
  lacking: 'moins de deux jurés ont confirmé leur siège.',
  tooFew: { thing: 'jury incomplet', sentence: 'Moins de deux personnes ont accepté de siéger au jury.' },
  mail: {
    awaited: () => awaited('Votre réponse', 'e'),
    topic: () => 'siégerez-vous au jury ?',
    request: (view) =>
      `Vous êtes invité·e à siéger au jury qui entendra les projets présélectionnés${juryDay(view)}. Confirmez votre place, ou dites que vous ne pourrez pas venir.`,
    why: () => 'Votre nom figure dans la composition du jury de cette édition.',
    silence: () => 'le jury sera constitué sans vous',
    after: () => "Avant le jury, vous déclarerez vos liens d'intérêts, puis vous recevrez les candidatures à lire.",
    act: 'Confirmer ma place',
    late: () => "n'a pas encore confirmé sa place au jury",
    thing: () => awaited('place au jury', 'e'),
  },
};
