import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import { application, awaited, between, deadline } from '../say.js';
import type { Bilingual } from '../types.js';
import { coordinators } from './diagnostic.js';

const juryDay = {
  fr: (view: AskView) => (view.event === undefined ? '' : `, le ${dateInWords(view.event.on, view, 'fr')}`),
  en: (view: AskView) => (view.event === undefined ? '' : ` on ${dateInWords(view.event.on, view, 'en')}`),
};

/** Will you sit on the jury? */
export const seat: Bilingual = {
  fr: {
    awaited: () => awaited('Votre réponse', 'e'),
    topic: () => 'siégerez-vous au jury ?',
    request: (view) =>
      `Vous êtes invité·e à siéger au jury qui entendra les projets présélectionnés${juryDay.fr(view)}. Confirmez votre place, ou dites que vous ne pourrez pas venir.`,
    why: () => 'Votre nom figure dans la composition du jury de cette édition.',
    silence: () => 'le jury sera constitué sans vous',
    after: () => "Avant le jury, vous déclarerez vos liens d'intérêts, puis vous recevrez les candidatures à lire.",
    act: 'Confirmer ma place',
    late: () => "n'a pas encore confirmé sa place au jury",
    thing: () => awaited('place au jury', 'e'),
  },
  en: {
    awaited: () => awaited('Your answer'),
    topic: () => 'will you sit on the jury?',
    request: (view) =>
      `You are invited to sit on the jury that will hear the shortlisted projects${juryDay.en(view)}. Please confirm your seat, or say that you cannot come.`,
    why: () => 'Your name is in the jury of this edition.',
    silence: () => 'the jury will be formed without you',
    after: () => 'Before the jury you will declare your interests, then get the applications to read.',
    act: 'Confirm my seat',
    late: () => 'has not confirmed their seat on the jury yet',
    thing: () => awaited('seat on the jury'),
  },
};

/** The shortlisted confirm and send their material. */
export const prepare: Bilingual = {
  fr: {
    awaited: () => awaited('Votre confirmation', 'e'),
    topic: () => 'votre passage devant le jury',
    request: (view) =>
      `Votre projet${spaced(application(view, 'fr'))} est présélectionné pour le jury${juryDay.fr(view)}. Confirmez votre venue et déposez ce que les jurés doivent lire avant de vous entendre.`,
    why: () => 'Vous portez cette candidature.',
    silence: () => 'votre candidature quitte la sélection',
    after: () => "Vous recevrez l'ordre de passage et une invitation pour votre agenda.",
    act: 'Confirmer et déposer',
    late: () => "n'a pas encore confirmé son passage devant le jury",
    thing: (view) => awaited(`passage devant le jury${forProject.fr(view)}`),
  },
  en: {
    awaited: () => awaited('Your confirmation'),
    topic: () => 'your pitch before the jury',
    request: (view) =>
      `Your project${spaced(application(view, 'en'))} is shortlisted for the jury${juryDay.en(view)}. Please confirm that you will come and deposit what jurors should read before they hear you.`,
    why: () => 'This application is yours.',
    silence: () => 'your application leaves the selection',
    after: () => 'You will get the running order and an invitation for your calendar.',
    act: 'Confirm and deposit',
    late: () => 'has not confirmed their pitch before the jury yet',
    thing: (view) => awaited(`pitch before the jury${forProject.en(view)}`),
  },
};

const spaced = (title: string | undefined): string => (title === undefined ? '' : ` ${title}`);
const forProject = {
  fr: (view: AskView) => (application(view, 'fr') === undefined ? '' : ` pour ${application(view, 'fr')}`),
  en: (view: AskView) => (application(view, 'en') === undefined ? '' : ` for ${application(view, 'en')}`),
};

/** Declare interests before reading. */
export const interests: Bilingual = {
  fr: {
    awaited: () => awaited("Votre déclaration d'intérêts pour le jury", 'e'),
    request: () =>
      "Avant de lire les candidatures, dites si un lien vous unit à l'une d'elles ou à qui la porte. Vous ne lirez ni ne noterez celles-là ; s'il n'y en a aucune, dites-le aussi.",
    why: () => 'Vous siégez au jury.',
    silence: () => 'vous ne pourrez ni lire ni noter les candidatures',
    after: (view) => `Les autres candidatures s'ouvrent à la lecture ; les notes se donnent le jour du jury${juryDay.fr(view)}.`,
    act: "Déclarer mes liens d'intérêts",
    late: () => "n'a pas encore déclaré ses liens d'intérêts",
    thing: () => awaited("déclaration d'intérêts", 'e'),
  },
  en: {
    awaited: () => awaited('Your declaration of interests for the jury'),
    request: () =>
      'Before you read the applications, please say whether anything ties you to one of them or to the people behind it. You will neither read nor score those; if there are none, please say so too.',
    why: () => 'You sit on the jury.',
    silence: () => 'you will be able neither to read nor to score the applications',
    after: (view) =>
      `The other applications are then open to you; scores are given on the day of the jury${juryDay.en(view).replace(' on ', ', ')}.`,
    act: 'Declare my interests',
    late: () => 'has not declared their interests yet',
    thing: () => awaited('declaration of interests'),
  },
};

/** Score, blind to the others; closes by the clock. */
export const score: Bilingual = {
  fr: {
    awaited: () => awaited('Vos notes', 'es'),
    headline: (view, moment) =>
      moment === 'past'
        ? undefined
        : `Vos notes sont attendues ${moment === 'today' ? "aujourd'hui, " : 'le '}${deadline(view, 'fr')} au plus tard`,
    request: () =>
      'Notez chaque candidature que vous avez entendue sur les critères du jury. Personne ne voit vos notes avant que chaque juré ait noté, ou que les notes soient closes.',
    why: () => 'Vous siégez au jury.',
    silence: () => 'la page refuse les notes et le classement se fait sans les vôtres',
    after: () => 'Les résultats, moyenne, médiane et écart, sont montrés au jury, qui délibère.',
    act: 'Donner mes notes',
    late: () => "n'a pas encore donné ses notes",
    thing: () => awaited('notes du jury', 'es'),
  },
  en: {
    awaited: () => awaited('Your scores', 's'),
    headline: (view, moment) =>
      moment === 'past'
        ? undefined
        : `Your scores are expected ${moment === 'today' ? 'today, ' : 'by '}${deadline(view, 'en')} at the latest`,
    request: () =>
      'Please score each application you have heard on the criteria of the jury. Nobody sees your scores until every juror has scored, or scoring is closed.',
    why: () => 'You sit on the jury.',
    silence: () => 'the page refuses scores, and the ranking is made without yours',
    after: () => 'The results (mean, median and spread) are shown to the jury, which deliberates.',
    act: 'Give my scores',
    late: () => 'has not given their scores yet',
    thing: () => awaited('scores of the jury', 's'),
  },
};

/** What the jury decided, and why. */
export const deliberation: Bilingual = {
  fr: {
    awaited: ({ ask }) => (ask.version > 1 ? awaited('Une nouvelle délibération du jury', 'e') : awaited('La délibération du jury', 'e')),
    request: ({ ask, form }) =>
      `${ask.version > 1 ? 'La sélection revient avec des remarques. ' : ''}Écrivez ce que le jury a décidé : les projets retenus (${between(form, 'fr')}), ceux qui restent en réserve, et les raisons de ce choix.`,
    why: () => coordinators.fr,
    silence: () => 'aucune décision ne peut être annoncée aux projets',
    after: () => "La délibération part en validation ; les décisions ne sont annoncées aux projets qu'ensuite, toutes le même jour.",
    act: 'Écrire la délibération',
    late: () => "n'a pas encore déposé la délibération du jury",
    thing: () => awaited('délibération du jury', 'e'),
  },
  en: {
    awaited: ({ ask }) => awaited(ask.version > 1 ? 'A new deliberation of the jury' : 'The deliberation of the jury'),
    request: ({ ask, form }) =>
      `${ask.version > 1 ? 'The selection comes back with remarks. ' : ''}Please write what the jury decided: the projects retained (${between(form, 'en')}), those kept in reserve, and the reasons for this choice.`,
    why: () => coordinators.en,
    silence: () => 'no decision can be announced to the projects',
    after: () => 'The deliberation goes to approval; only then are decisions announced to the projects, all on the same day.',
    act: 'Write the deliberation',
    late: () => 'has not deposited the deliberation of the jury yet',
    thing: () => awaited('deliberation of the jury'),
  },
};
