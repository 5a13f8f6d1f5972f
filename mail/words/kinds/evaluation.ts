import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import type { Locale } from '../../../domain/words.js';
import { awaited, capital, inline, project } from '../say.js';
import type { Bilingual } from '../types.js';
import { coordinators } from './diagnostic.js';

/** The reader's own report on an experiment. */
export const report: Bilingual = {
  fr: {
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
  en: {
    awaited: () => awaited('Your report'),
    topic: (view) => `experiment ${project(view, 'en')}`,
    request: (view) =>
      `What do you take away from the experiment ${project(view, 'en')}? Please say what it changed, what held it back, and whether it can be replicated elsewhere, on its economic and its social side.`,
    why: ({ person }) =>
      person.role === 'applicant'
        ? 'This project is yours.'
        : person.role === 'directorate'
          ? 'Your directorate carries this experiment.'
          : 'You are in charge of impact evaluation in this edition.',
    silence: () => 'the evaluation will be made with the reports received',
    after: () => 'The reports are put together; the line directorate then proposes an outcome.',
    act: 'Write my report',
    late: (view) => `has not handed in their report on the experiment ${project(view, 'en')} yet`,
    thing: (view) => awaited(`report on the experiment ${project(view, 'en')}`),
  },
};

/** Agreement, scale-up or end. */
export const proposal: Bilingual = {
  fr: {
    awaited: ({ ask }) => awaited(ask.version > 1 ? 'Une nouvelle proposition de suite' : 'Votre proposition de suite', 'e'),
    topic: (view) => project(view, 'fr'),
    request: (view) =>
      `${view.ask.version > 1 ? 'Votre proposition revient avec des remarques. ' : ''}Quelle suite proposez-vous pour ${project(view, 'fr')} : une convention, un passage à l'échelle, ou la fin de l'expérimentation ? Précisez-en les termes.`,
    why: () => 'Votre direction porte cette expérimentation.',
    silence: () => 'la coordination devra décider de la suite du projet',
    after: () => 'Votre proposition part en validation.',
    act: 'Proposer une suite',
    late: (view) => `n'a pas encore proposé de suite pour ${project(view, 'fr')}`,
    thing: (view) => awaited(`proposition de suite pour ${project(view, 'fr')}`, 'e'),
  },
  en: {
    awaited: ({ ask }) => awaited(ask.version > 1 ? 'A new proposal for what comes next' : 'Your proposal for what comes next'),
    topic: (view) => project(view, 'en'),
    request: (view) =>
      `${view.ask.version > 1 ? 'Your proposal comes back with remarks. ' : ''}What do you propose for ${project(view, 'en')}: an agreement, a scale-up, or the end of the experiment? Please give its terms.`,
    why: () => 'Your directorate carries this experiment.',
    silence: () => 'the coordinators will have to decide what becomes of the project',
    after: () => 'Your proposal goes to approval.',
    act: 'Propose an outcome',
    late: (view) => `has not proposed an outcome for ${project(view, 'en')} yet`,
    thing: (view) => awaited(`proposal for ${project(view, 'en')}`),
  },
};

const body = ({ event }: AskView, locale: Locale): string =>
  event?.body === undefined ? (locale === 'fr' ? 'Séance' : 'Sitting') : capital(inline(event.body));
const sittingDay = ({ ask, event }: AskView): string =>
  event?.on ?? (/^\d{4}-\d\d-\d\d$/.test(ask.part ?? '') ? (ask.part ?? ask.due) : ask.due);
const file = (view: AskView, locale: Locale): string =>
  view.project === undefined
    ? locale === 'fr'
      ? 'Le dossier'
      : 'The file'
    : `${locale === 'fr' ? 'Le dossier' : 'The file'} ${project(view, locale)}`;

/** What a deliberative body decided. */
export const sitting: Bilingual = {
  fr: {
    awaited: () => awaited("L'issue de la séance", 'e'),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'fr')),
    headline: (view, moment) =>
      `${body(view, 'fr')} du ${dateInWords(sittingDay(view), view, 'fr')} : ${moment === 'past' ? 'la décision reste à reporter' : 'quelle a été la décision ?'}`,
    request: (view) =>
      `${file(view, 'fr')} passe en séance le ${dateInWords(sittingDay(view), view, 'fr')}${view.event?.body === undefined ? '' : ` (${inline(view.event.body)})`}. Après la séance, dites s'il a été adopté, ajourné ou rejeté.`,
    why: () => coordinators.fr,
    silence: () => 'la suite du projet reste en suspens',
    after: () => "Adopté, le dossier est clos ; ajourné, il passe à la séance suivante ; rejeté, l'expérimentation prend fin.",
    act: 'Reporter la décision',
    late: (view) => `n'a pas encore reporté la décision de la séance du ${dateInWords(sittingDay(view), view, 'fr')}`,
    thing: (view) => awaited(`décision de la séance du ${dateInWords(sittingDay(view), view, 'fr')}`, 'e'),
  },
  en: {
    awaited: () => awaited('The outcome of the sitting'),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'en')),
    headline: (view, moment) =>
      `${body(view, 'en')} of ${dateInWords(sittingDay(view), view, 'en')}: ${moment === 'past' ? 'the decision is still to be recorded' : 'what was decided?'}`,
    request: (view) =>
      `${file(view, 'en')} is on the agenda of ${dateInWords(sittingDay(view), view, 'en')}${view.event?.body === undefined ? '' : ` (${inline(view.event.body)})`}. After the sitting, please say whether it was adopted, adjourned or rejected.`,
    why: () => coordinators.en,
    silence: () => 'what becomes of the project stays open',
    after: () => 'Adopted, the file is closed; adjourned, it goes to the next sitting; rejected, the experiment ends.',
    act: 'Record the decision',
    late: (view) => `has not recorded the decision of the sitting of ${dateInWords(sittingDay(view), view, 'en')} yet`,
    thing: (view) => awaited(`decision of the sitting of ${dateInWords(sittingDay(view), view, 'en')}`),
  },
};
