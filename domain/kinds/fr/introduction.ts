import { awaited, inline, project, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';

const otherIn = ({ pair, person }: AskView) => (person.role === 'applicant' ? pair?.other : pair?.applicant);
const other = (view: AskView) => otherIn(view) ?? 'la personne proposée';
const otherSide = (view: AskView) => inline(otherIn(view) ?? "l'autre personne");
const purpose = ({ pair }: AskView) => (pair === undefined || pair.purpose.trim() === '' ? '' : ` Objet : ${inline(pair.purpose, 200)}.`);
const pairTitle = (view: AskView) => (view.pair === undefined ? project(view, 'fr') : quoted(view.pair.project, 'fr'));

/** One introduction: each side says whether it took place. */
export const introduction: KindWords<'introduction'> = {
  page: {
    title: (view) => `Avez-vous rencontré ${other(view)} ?`,
    lead: ({ pair }) =>
      pair
        ? `Le projet « ${pair.project} » a besoin de cette rencontre${pair.purpose ? ` : ${pair.purpose}` : '.'}`
        : 'Dites si la rencontre proposée a eu lieu.',
    why: ({ person }) => (person.role === 'applicant' ? 'vous portez ce projet' : 'vous pouvez aider ce projet à trouver sa place'),
    next: () => "la même question est posée à l'autre côté ; les rencontres faites nourrissent la feuille de route",
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: 'mise en relation',
  },
  fields: () => ({
    met: {
      label: 'Votre réponse',
      options: {
        met: { label: 'Oui, nous nous sommes rencontrés' },
        'not-possible': { label: "Non, cela n'a pas été possible", hint: 'Dites en un mot pourquoi, si vous voulez bien.' },
      },
    },
    remarks: { label: 'Ce qui en ressort' },
  }),
  lacking: "les rencontres proposées n'ont pas eu lieu.",
  mail: {
    awaited: () => awaited('Votre retour', ''),
    topic: (view) => `votre rencontre avec ${otherSide(view)}`,
    request: (view) =>
      `Pour ${pairTitle(view)}, nous vous mettons en relation avec ${otherSide(view)}.${purpose(view)} Rencontrez-vous, puis dites si la rencontre a eu lieu, ou si elle n'est pas possible.`,
    why: (view) =>
      view.person.role === 'applicant'
        ? 'Vous portez ce projet.'
        : 'La coordination a pensé que vous pouviez aider ce projet à bien commencer.',
    silence: () => 'la rencontre sera tenue pour non confirmée, et le projet avancera sans elle',
    after: () => "Votre retour est lu par la coordination ; rien d'autre ne vous est demandé.",
    act: "Dire où j'en suis",
    late: (view) => `n'a pas encore dit si la rencontre pour ${pairTitle(view)} a eu lieu`,
    thing: (view) => awaited(`mise en relation pour ${pairTitle(view)}`, 'e'),
  },
};
