import { dateInWords } from '../../instants.js';
import { awaited, dayOf, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { onDay } from './common.js';

const titled = (view: AskView) => (view.project === undefined ? '' : ` du projet ${project(view, 'fr')}`);
const forProject = (view: AskView) => (view.project === undefined ? '' : `, ${project(view, 'fr')}`);

/** One field session: announced two working days before, asked about at 18:00 of its day. */
export const session: KindWords<'session'> = {
  page: {
    title: (view) => `La séance${onDay(view.ask.part, view)} a-t-elle eu lieu ?`,
    lead: () => 'Une minute suffit : dites si elle a eu lieu, combien de personnes sont venues et ce que vous avez mesuré.',
    why: ({ person }) => (person.role === 'applicant' ? 'vous portez ce projet' : 'vous accueillez cette séance'),
    next: () => "ces mesures forment le bilan d'impact ; si la séance n'a pas eu lieu, la coordination la reporte ou y renonce avec vous",
    button: 'Envoyer',
    done: 'La séance est renseignée',
    noun: 'séance de terrain',
  },
  fields: () => ({
    held: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, elle a eu lieu' },
        no: { label: 'Non', hint: "La coordination décidera de la reporter ou d'y renoncer." },
      },
    },
    attendance: { label: 'Combien de personnes sont venues ?', hint: 'Un nombre, zéro compris.' },
    newcomers: {
      label: 'Dont combien pour la première fois ?',
      hint: 'Elles font les « personnes touchées » du projet : chacune n’y compte qu’une fois.',
    },
    indicators: { label: 'Ce que vous avez mesuré', hint: 'Les indicateurs de la feuille de route, tels quels.' },
  }),
  lacking: "la séance n'a pas été renseignée.",
  mail: {
    awaited: (view) => awaited(`Le retour sur la séance du ${dateInWords(dayOf(view), view, 'fr')}`),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'fr')),
    headline: (view, _moment, rung) => {
      const day = dateInWords(dayOf(view), view, 'fr');
      if (view.ask.openedAt === null) return `Votre séance a lieu le ${day}`;
      return rung === 'opening' ? `Comment s'est passée la séance du ${day} ?` : `Le retour sur la séance du ${day} manque encore`;
    },
    request: (view) => {
      const day = dateInWords(dayOf(view), view, 'fr');
      return view.ask.openedAt === null
        ? `La séance${titled(view)} a lieu le ${day}. Rien à faire aujourd'hui : le soir même, nous vous demanderons si elle s'est tenue, combien de personnes sont venues et ce que disent les indicateurs.`
        : `La séance${titled(view)} prévue le ${day} s'est-elle tenue ? Dites-le, avec le nombre de personnes présentes et les indicateurs relevés.`;
    },
    why: (view) => (view.person.role === 'applicant' ? 'Vous portez ce projet.' : 'Vous accueillez les séances de ce projet.'),
    silence: () => 'la séance sera tenue pour non renseignée et la coordination devra décider',
    after: () =>
      "Ces mesures servent de preuves à l'analyse d'impact. Si la séance n'a pas eu lieu, la coordination la déplace ou l'annule.",
    act: 'Renseigner la séance',
    late: (view) => `n'a pas encore renseigné la séance du ${dateInWords(dayOf(view), view, 'fr')}`,
    thing: (view) => awaited(`retour sur la séance du ${dateInWords(dayOf(view), view, 'fr')}${forProject(view)}`),
  },
};
