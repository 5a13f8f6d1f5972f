/** What pages say of each kind of ask, in French. */

import { nextAfterRefusal } from '../../../domain/asks/sentback.js';
import type { AskKind } from '../../../domain/asks.js';
import { dateInWords } from '../../../domain/instants.js';
import type { StepId } from '../../../domain/steps.js';
import { french } from '../../../domain/typography.js';
import type { AskView } from '../../../domain/view.js';
import { isRoleWord, ROLE_WORDS } from '../../../domain/words.js';
import { partInWords } from '../dates.js';
import type { AskWords } from '../shape.js';
import { documents, isSilence, lacking } from './subjects.js';

/** The project's title between quotes, or "le projet" where there is none. */
const project = (view: AskView) => (view.project ? `« ${view.project.title} »` : 'le projet');
const application = (view: AskView) => (view.application?.title ? `« ${view.application.title} »` : 'la candidature');
const otherSide = ({ pair, person }: AskView) =>
  pair === undefined ? 'la personne proposée' : person.role === 'applicant' ? pair.other : pair.applicant;
const asRole = ({ person }: AskView) => (isRoleWord(person.role) ? ROLE_WORDS[person.role].fr : 'participant');
const coordination = () => "vous faites partie de la coordination ; la première réponse d'un de ses membres suffit";
const carriedBy = ({ project: one }: AskView) => (one ? `${one.directorate} porte ce projet` : 'vous portez ce projet');

const afterApproval: Partial<Record<StepId, string>> = {
  'diagnosis-approval': "quand chacun a validé, l'appel à candidatures s'écrit à partir de ce diagnostic",
  'selection-approval': 'quand chacun a validé, toutes les lettres partent ensemble : retenus, réserve, non retenus, avec les raisons',
  'roadmap-approval': 'quand chacun a validé, les séances de terrain commencent ; vous recevrez le bilan',
  'outcome-approval': 'quand chacun a validé, les suites sont décidées, au besoin en séance, puis restituées à tous',
};

/** One entry per kind of ask. */
export const asks: Record<AskKind, AskWords> = french({
  interview: {
    title: () => 'Quels besoins sociaux restent sans réponse, vus de votre place ?',
    lead: () =>
      'Quatre questions, quelques lignes suffisent. Vos réponses nourrissent le diagnostic, dont partira la recherche de solutions.',
    why: (view) => `vous êtes interrogé·e comme ${asRole(view)} ; chaque regard compte`,
    next: () => 'la coordination croise tous les entretiens, écrit le diagnostic et le fait valider',
    button: 'Envoyer mes réponses',
    done: 'Vos réponses sont enregistrées',
    noun: 'entretien',
  },
  document: {
    title: (view) => documents(view).question,
    lead: (view) => documents(view).lead,
    why: (view) => documents(view).why,
    next: (view) => documents(view).next,
    button: 'Déposer le document',
    done: 'Votre document est déposé',
    noun: 'document',
  },
  approve: {
    title: (view) => `Validez-vous ${documents(view).approved} ?`,
    lead: (view) =>
      view.documents.length > 0
        ? 'Lisez le document, puis dites votre décision. Ce que vous validez est figé : personne ne peut le changer après vous.'
        : 'Lisez ce qui suit, puis dites votre décision. Des modifications peuvent être demandées : dites lesquelles.',
    why: ({ stage }) =>
      stage ? `vous êtes l'étape ${stage.n} sur ${stage.of} de la validation` : 'votre validation est prévue dans le circuit de décision',
    next: (view) => nextAfterRefusal(view, 'fr') ?? afterApproval[view.ask.step] ?? "quand chacun a validé, l'étape suivante commence",
    button: 'Envoyer ma décision',
    done: 'Votre décision est enregistrée',
    noun: 'validation',
  },
  relay: {
    title: () => "Relaierez-vous l'appel à candidatures ?",
    lead: () =>
      "L'appel cherche des solutions déjà éprouvées ailleurs. Le lien de relais donné ici est le vôtre : il permet de savoir par qui un projet est venu, rien d'autre.",
    why: () => 'votre réseau touche des porteurs de projets que nous ne connaissons pas',
    next: () => "l'appel se ferme de lui-même à la fin de son dernier jour",
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: "relais de l'appel",
  },
  apply: {
    title: () => 'Quelle solution proposez-vous ?',
    lead: () =>
      "Un brouillon n'est pas une candidature : il faut l'envoyer avant la clôture. D'ici là, vous pouvez y revenir avec le lien reçu par mail.",
    why: () => 'vous avez commencé une candidature',
    next: () =>
      'la coordination vérifie la recevabilité, puis le jury entend les candidatures présélectionnées ; vous serez informé·e dans tous les cas',
    button: 'Envoyer ma candidature',
    done: 'Votre candidature est envoyée',
    noun: 'candidature',
  },
  eligibility: {
    title: (view) => `La candidature ${application(view)} est-elle recevable ?`,
    lead: () => "Dites si elle répond aux conditions de l'appel, et pourquoi. Ce n'est pas encore un jugement sur sa qualité.",
    why: coordination,
    next: () => 'les candidatures recevables passent à la présélection ; la raison est conservée',
    button: 'Enregistrer',
    done: 'La recevabilité est enregistrée',
    noun: 'recevabilité',
  },
  shortlist: {
    title: () => 'Quelles candidatures le jury entendra-t-il ?',
    lead: ({ form }) =>
      `Choisissez ${between(form.min, form.max, 'candidature', 'candidatures')} parmi celles qui sont recevables, et dites pourquoi.`,
    why: coordination,
    next: () => 'les candidats présélectionnés confirment leur venue ; les jurés déclarent leurs liens avant de les lire',
    button: 'Enregistrer la présélection',
    done: 'La présélection est enregistrée',
    noun: 'présélection',
  },
  seat: {
    title: (view) => `Siégerez-vous au jury${view.event ? ` du ${dateInWords(view.event.on, view, 'fr')}` : ''} ?`,
    lead: () =>
      'Le jury entend les candidats et note leurs projets. Chaque juré note seul ; les notes ne se découvrent que lorsque tous ont noté.',
    why: (view) => `vous êtes prévu·e au jury comme ${asRole(view)}`,
    next: () => "si vous siégez, vous recevrez la liste des candidatures, pour dire d'éventuels liens, puis les dossiers",
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: 'siège au jury',
  },
  prepare: {
    title: (view) =>
      `Viendrez-vous présenter ${view.application?.title ? application(view) : 'votre projet'} au jury${view.event ? ` du ${dateInWords(view.event.on, view, 'fr')}` : ''} ?`,
    lead: () =>
      "Votre candidature est présélectionnée. Confirmez votre venue, et donnez au jury ce qu'il doit lire avant de vous entendre.",
    why: () => 'votre candidature fait partie de celles que le jury veut entendre',
    next: () => 'la coordination vous donne votre horaire de passage ; le jury lit vos documents avant de vous entendre',
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: 'préparation du pitch',
  },
  interests: {
    title: () => "Avez-vous un lien avec l'une de ces candidatures ?",
    lead: () =>
      'Un lien familial, professionnel, associatif ou financier. Vous ne lirez ni ne noterez celles que vous cochez ; les autres vous seront ouvertes.',
    why: () => 'vous siégez au jury',
    next: () => 'les dossiers des candidatures sans lien vous seront ouverts avant la séance',
    button: 'Envoyer ma déclaration',
    done: 'Votre déclaration est enregistrée',
    noun: 'déclaration de liens',
  },
  score: {
    title: () => 'Quelles notes donnez-vous aux projets ?',
    lead: () =>
      "De 0 (pas du tout) à 5 (tout à fait), critère par critère. Personne ne voit vos notes avant que tous aient noté, ou que l'heure soit passée.",
    why: () => 'vous siégez au jury',
    next: () => "moyenne, médiane et écart de chaque projet sont montrés à la délibération ; rien n'est corrigé ni ramené à une norme",
    button: 'Envoyer mes notes',
    done: 'Vos notes sont enregistrées',
    noun: 'notes du jury',
  },
  deliberation: {
    title: () => "Qu'a décidé le jury ?",
    lead: ({ form }) =>
      `Retenez ${between(form.min, form.max, 'projet', 'projets')}. Les notes éclairent la délibération, elles ne la remplacent pas : écrivez les raisons.`,
    why: coordination,
    next: () => 'la décision est proposée à la validation ; aucune lettre ne part avant',
    button: 'Enregistrer la délibération',
    done: 'La délibération est enregistrée',
    noun: 'délibération',
  },
  pairs: {
    title: (view) => `Qui ${view.project ? `le projet ${project(view)}` : project(view)} doit-il rencontrer ?`,
    lead: () => "Choisissez les personnes dont le projet a besoin : celles qui l'accueilleront, l'orienteront, lui ouvriront une porte.",
    why: coordination,
    next: () => 'chaque mise en relation est proposée aux deux côtés, qui disent si la rencontre a eu lieu',
    button: 'Proposer ces rencontres',
    done: 'Les rencontres sont proposées',
    noun: 'choix des rencontres',
  },
  introduction: {
    title: (view) => `Avez-vous rencontré ${otherSide(view)} ?`,
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
  session: {
    title: (view) => `La séance${on(view.ask.part, view)} a-t-elle eu lieu ?`,
    lead: () => 'Une minute suffit : dites si elle a eu lieu, combien de personnes sont venues et ce que vous avez mesuré.',
    why: ({ person }) => (person.role === 'applicant' ? 'vous portez ce projet' : 'vous accueillez cette séance'),
    next: () => "ces mesures forment le bilan d'impact ; si la séance n'a pas eu lieu, la coordination la reporte ou y renonce avec vous",
    button: 'Envoyer',
    done: 'La séance est renseignée',
    noun: 'séance de terrain',
  },
  report: {
    title: (view) => `Quel bilan tirez-vous de ${project(view)} ?`,
    lead: () =>
      "Votre regard compte autant que les chiffres : ce que l'expérimentation a changé, ce qui a manqué, et s'il peut se refaire ailleurs.",
    why: (view) => `le porteur, la direction qui accueille et l'évaluation disent chacun leur bilan ; vous êtes ${asRole(view)}`,
    next: () => 'les trois bilans sont joints à la proposition de suites, soumise à validation',
    button: 'Envoyer mon bilan',
    done: 'Votre bilan est enregistré',
    noun: 'bilan',
  },
  proposal: {
    title: (view) => `Quelles suites proposez-vous pour ${project(view)} ?`,
    lead: () =>
      "Une convention, un passage à l'échelle ou une fin, avec ses conditions. Appuyez-vous sur les bilans et sur l'analyse d'impact.",
    why: carriedBy,
    next: () => 'votre proposition est figée et soumise à validation',
    button: 'Déposer la proposition',
    done: 'Votre proposition est déposée',
    noun: 'proposition de suites',
  },
  sitting: {
    title: (view) => `Qu'a décidé la séance${on(view.event?.on ?? view.ask.part, view)} ?`,
    lead: (view) => `Dites ce que l'assemblée a décidé de ${documents(view).approved}.`,
    why: coordination,
    next: () => 'adopté, le programme continue ; ajourné, la prochaine séance est visée et les dates sont recalculées',
    button: 'Enregistrer la décision',
    done: 'La décision est enregistrée',
    noun: 'délibération en séance',
  },
  decide: {
    title: ({ lacking: what }) => (isSilence(what?.outcome) ? 'Il manque une réponse : comment poursuivre ?' : 'Comment poursuivre ?'),
    lead: (view) => `${lacking(view)} Chaque choix dit ce qu'il fera.`,
    why: coordination,
    next: () => 'le programme applique votre choix aussitôt ; il est inscrit au journal avec votre raison',
    button: 'Appliquer ce choix',
    done: 'Votre choix est enregistré',
    noun: 'décision de la coordination',
  },
} satisfies Record<AskKind, AskWords>);

function between(min: number, max: number, one: string, several: string): string {
  if (min === max) return `${min} ${min > 1 ? several : one}`;
  return `de ${min} à ${max} ${max > 1 ? several : one}`;
}

function on(part: string | undefined, view: AskView): string {
  const day = partInWords(part, view, 'fr');
  return day ? ` du ${day}` : '';
}
