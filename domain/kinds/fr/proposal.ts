import { awaited, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { theProject } from './common.js';

const carriedBy = ({ project: theirs }: AskView) => (theirs ? `${theirs.directorate} porte ce projet` : 'vous portez ce projet');

/** Agreement, scale-up or end. */
export const proposal: KindWords<'proposal'> = {
  page: {
    title: (view) => `Quelles suites proposez-vous pour ${theProject(view)} ?`,
    lead: () =>
      "Une convention, un passage à l'échelle ou une fin, avec ses conditions. Appuyez-vous sur les bilans et sur l'analyse d'impact.",
    why: carriedBy,
    next: () => 'votre proposition est figée et soumise à validation',
    button: 'Déposer la proposition',
    done: 'Votre proposition est déposée',
    noun: 'proposition de suites',
  },
  fields: () => ({
    outcome: {
      label: 'Votre proposition',
      options: {
        agreement: { label: 'Une convention', hint: "La collectivité et le projet s'engagent sur la suite." },
        'scale-up': { label: "Un passage à l'échelle", hint: 'Ce qui a été essayé avec quelques-uns est proposé à beaucoup.' },
        end: { label: 'Une fin', hint: "L'expérimentation s'arrête là ; ce qu'on en a appris est restitué." },
      },
    },
    terms: { label: 'Les conditions', hint: 'Durée, moyens, publics, qui fait quoi.' },
  }),
  lacking: "la proposition de suites n'a pas été déposée.",
  mail: {
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
};
