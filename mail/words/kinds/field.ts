import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import type { Locale } from '../../../domain/words.js';
import { awaited, inline, project, quoted } from '../say.js';
import type { Bilingual } from '../types.js';
import { coordinators } from './diagnostic.js';

/** Who should meet whom. */
export const pairs: Bilingual = {
  fr: {
    awaited: () => awaited('Vos propositions de rencontres', 'es'),
    topic: (view) => project(view, 'fr'),
    request: (view) =>
      `Qui le projet ${project(view, 'fr')} doit-il rencontrer pour bien commencer : une école, une maternité, un service ? Choisissez les personnes et dites dans quel but.`,
    why: () => coordinators.fr,
    silence: () => 'le projet avance sans mise en relation',
    after: () => 'Chaque rencontre est proposée aux deux personnes, qui disent ensuite si elle a eu lieu.',
    act: 'Proposer des rencontres',
    late: (view) => `n'a pas encore proposé de rencontres pour ${project(view, 'fr')}`,
    thing: (view) => awaited(`propositions de rencontres pour ${project(view, 'fr')}`, 'es'),
  },
  en: {
    awaited: () => awaited('Your proposals of introductions', 's'),
    topic: (view) => project(view, 'en'),
    request: (view) =>
      `Who should the project ${project(view, 'en')} meet for a good start: a school, a maternity ward, a department? Please choose the people and say what for.`,
    why: () => coordinators.en,
    silence: () => 'the project goes on without introductions',
    after: () => 'Each introduction is proposed to both people, who then say whether they have met.',
    act: 'Propose introductions',
    late: (view) => `has not proposed introductions for ${project(view, 'en')} yet`,
    thing: (view) => awaited(`introductions for ${project(view, 'en')}`, 's'),
  },
};

/** The other side of an introduction, as this reader sees it. */
function otherSide({ pair, person }: AskView, locale: Locale): string {
  if (pair === undefined) return locale === 'fr' ? "l'autre personne" : 'the other person';
  return inline(person.role === 'applicant' ? pair.other : pair.applicant);
}
const purpose = ({ pair }: AskView, label: string): string =>
  pair === undefined || pair.purpose.trim() === '' ? '' : ` ${label}${inline(pair.purpose, 200)}.`;
const pairTitle = (view: AskView, locale: Locale): string =>
  view.pair === undefined ? project(view, locale) : quoted(view.pair.project, locale);

/** One introduction: each side says whether it took place. */
export const introduction: Bilingual = {
  fr: {
    awaited: () => awaited('Votre retour', ''),
    topic: (view) => `votre rencontre avec ${otherSide(view, 'fr')}`,
    request: (view) =>
      `Pour ${pairTitle(view, 'fr')}, nous vous mettons en relation avec ${otherSide(view, 'fr')}.${purpose(view, 'Objet : ')} Rencontrez-vous, puis dites si la rencontre a eu lieu, ou si elle n'est pas possible.`,
    why: (view) =>
      view.person.role === 'applicant'
        ? 'Vous portez ce projet.'
        : 'La coordination a pensé que vous pouviez aider ce projet à bien commencer.',
    silence: () => 'la rencontre sera tenue pour non confirmée, et le projet avancera sans elle',
    after: () => "Votre retour est lu par la coordination ; rien d'autre ne vous est demandé.",
    act: "Dire où j'en suis",
    late: (view) => `n'a pas encore dit si la rencontre pour ${pairTitle(view, 'fr')} a eu lieu`,
    thing: (view) => awaited(`mise en relation pour ${pairTitle(view, 'fr')}`, 'e'),
  },
  en: {
    awaited: () => awaited('Your feedback'),
    topic: (view) => `your meeting with ${otherSide(view, 'en')}`,
    request: (view) =>
      `For ${pairTitle(view, 'en')}, we would like you to meet ${otherSide(view, 'en')}.${purpose(view, 'Purpose: ')} Please meet, then say whether you have met, or that it is not possible.`,
    why: (view) =>
      view.person.role === 'applicant'
        ? 'This project is yours.'
        : 'The coordinators thought that you could help this project to start well.',
    silence: () => 'the meeting will be taken as not confirmed, and the project will go on without it',
    after: () => 'Your feedback is read by the coordinators; nothing else is asked of you.',
    act: 'Say how it went',
    late: (view) => `has not said yet whether the meeting for ${pairTitle(view, 'en')} took place`,
    thing: (view) => awaited(`introduction for ${pairTitle(view, 'en')}`),
  },
};

/** The day of a session. */
const sessionDay = ({ ask, event }: AskView): string =>
  event?.on ?? (/^\d{4}-\d\d-\d\d$/.test(ask.part ?? '') ? (ask.part ?? ask.due) : ask.due);
const titled = (view: AskView, locale: Locale): string =>
  view.project === undefined ? '' : `${locale === 'fr' ? ' du projet' : ' of'} ${project(view, locale)}`;
const forProject = (view: AskView, locale: Locale): string => (view.project === undefined ? '' : `, ${project(view, locale)}`);

/** One field session: announced two working days before, asked about at 18:00 of its day. */
export const session: Bilingual = {
  fr: {
    awaited: (view) => awaited(`Le retour sur la séance du ${dateInWords(sessionDay(view), view, 'fr')}`),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'fr')),
    headline: (view, _moment, rung) => {
      const day = dateInWords(sessionDay(view), view, 'fr');
      if (view.ask.openedAt === null) return `Votre séance a lieu le ${day}`;
      return rung === 'opening' ? `Comment s'est passée la séance du ${day} ?` : `Le retour sur la séance du ${day} manque encore`;
    },
    request: (view) => {
      const day = dateInWords(sessionDay(view), view, 'fr');
      return view.ask.openedAt === null
        ? `La séance${titled(view, 'fr')} a lieu le ${day}. Rien à faire aujourd'hui : le soir même, nous vous demanderons si elle s'est tenue, combien de personnes sont venues et ce que disent les indicateurs.`
        : `La séance${titled(view, 'fr')} prévue le ${day} s'est-elle tenue ? Dites-le, avec le nombre de personnes présentes et les indicateurs relevés.`;
    },
    why: (view) => (view.person.role === 'applicant' ? 'Vous portez ce projet.' : 'Vous accueillez les séances de ce projet.'),
    silence: () => 'la séance sera tenue pour non renseignée et la coordination devra décider',
    after: () =>
      "Ces mesures servent de preuves à l'analyse d'impact. Si la séance n'a pas eu lieu, la coordination la déplace ou l'annule.",
    act: 'Renseigner la séance',
    late: (view) => `n'a pas encore renseigné la séance du ${dateInWords(sessionDay(view), view, 'fr')}`,
    thing: (view) => awaited(`retour sur la séance du ${dateInWords(sessionDay(view), view, 'fr')}${forProject(view, 'fr')}`),
  },
  en: {
    awaited: (view) => awaited(`Feedback on the session of ${dateInWords(sessionDay(view), view, 'en')}`),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'en')),
    headline: (view, _moment, rung) => {
      const day = dateInWords(sessionDay(view), view, 'en');
      if (view.ask.openedAt === null) return `Your session takes place on ${day}`;
      return rung === 'opening' ? `How did the session of ${day} go?` : `Feedback on the session of ${day} is still missing`;
    },
    request: (view) => {
      const day = dateInWords(sessionDay(view), view, 'en');
      return view.ask.openedAt === null
        ? `The session${titled(view, 'en')} takes place on ${day}. Nothing to do today: that evening we will ask you whether it was held, how many people came and what the indicators say.`
        : `Was the session${titled(view, 'en')} held on ${day}? Please say so, with the number of people present and the indicators you noted.`;
    },
    why: (view) => (view.person.role === 'applicant' ? 'This project is yours.' : 'You host the sessions of this project.'),
    silence: () => 'the session will be recorded as not reported, and the coordinators will have to decide',
    after: () => 'These measures are the evidence of the impact analysis. If the session was not held, the coordinators move or drop it.',
    act: 'Report on the session',
    late: (view) => `has not reported on the session of ${dateInWords(sessionDay(view), view, 'en')} yet`,
    thing: (view) => awaited(`feedback on the session of ${dateInWords(sessionDay(view), view, 'en')}${forProject(view, 'en')}`),
  },
};
