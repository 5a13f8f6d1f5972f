/** The fields of each kind of ask, in French: labels, hints, and what each choice will do. */
import type { CircuitStepId } from '../../../domain/steps.js';
import { french } from '../../../domain/typography.js';
import type { AskView } from '../../../domain/view.js';
import type { KindFields, OptionWords } from '../shape.js';
import { documents } from './subjects.js';

const readers = 'lues par la coordination et par les personnes qui valident';

const approvals: Record<CircuitStepId, Record<'approved' | 'changes-requested' | 'refused', OptionWords>> = {
  'diagnosis-approval': {
    approved: { label: 'Je valide', hint: "L'appel à candidatures peut s'écrire." },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "Il revient à la coordination avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La coordination décide de la suite ; dites pourquoi.' },
  },
  'selection-approval': {
    approved: { label: 'Je valide', hint: 'Les lettres partent toutes ensemble.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "La délibération est reprise avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La délibération est reprise ; dites pourquoi.' },
  },
  'roadmap-approval': {
    approved: { label: 'Je valide', hint: 'Le projet part sur le terrain dès que chacun a validé.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "Elle revient au porteur ou à la porteuse avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'Le projet ne commence pas ; dites pourquoi.' },
  },
  'outcome-approval': {
    approved: { label: 'Je valide', hint: 'Les suites sont décidées dès que chacun a validé.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "La proposition revient à la direction porteuse avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La proposition est reprise ; dites pourquoi.' },
  },
};
const approvalOf = ({ ask }: AskView) =>
  ask.step === 'diagnosis-approval' || ask.step === 'selection-approval' || ask.step === 'outcome-approval'
    ? approvals[ask.step]
    : approvals['roadmap-approval'];

/** One entry per kind of ask, one per field. */
export const fields: KindFields = french({
  interview: () => ({
    problems: { label: 'Quels problèmes aigus voyez-vous ?', hint: 'Qui cela touche, depuis quand, à quoi vous le voyez.' },
    existing: { label: "Qu'est-ce qui existe déjà ?" },
    missing: { label: 'Que manque-t-il ?' },
    leads: { label: 'Quelles pistes voyez-vous ?', hint: 'Une idée, une solution vue ailleurs, une personne à rencontrer.' },
  }),
  document: (view) => ({
    title: { label: 'Titre' },
    body: {
      label: documents(view).body,
      hint: 'Texte simple ; une ligne vide sépare deux paragraphes. Une fois déposé, il ne change plus.',
    },
  }),
  approve: (view) => ({
    decision: { label: 'Votre décision', options: approvalOf(view) },
    remarks: { label: 'Vos remarques', hint: `Facultatives si vous validez ; ${readers}.`, conditional: true },
  }),
  relay: () => ({
    spread: {
      label: 'Votre réponse',
      options: {
        yes: { label: "Oui, je relaie l'appel", hint: 'Merci. Utilisez le lien donné plus haut : il est le vôtre.' },
        no: { label: 'Non, pas cette fois', hint: 'Vous ne recevrez pas de rappel pour cet appel.' },
      },
    },
    remarks: { label: 'Un mot pour la coordination' },
  }),
  apply: () => ({
    title: { label: 'Le nom de votre solution' },
    need: { label: 'Le besoin auquel elle répond' },
    summary: {
      label: 'Votre solution en quelques paragraphes',
      hint: "Ce que c'est, pour qui, où elle a déjà fait ses preuves, ce que vous voudriez essayer ici.",
    },
  }),
  eligibility: () => ({
    eligible: {
      label: 'Votre avis',
      options: {
        yes: { label: 'Recevable', hint: 'Elle passe à la présélection.' },
        no: { label: 'Non recevable', hint: 'Elle ne va pas plus loin ; la raison est conservée.' },
      },
    },
    reason: { label: 'La raison' },
  }),
  shortlist: () => ({
    applications: { label: 'Les candidatures à entendre' },
    reason: { label: 'Ce qui a guidé votre choix' },
  }),
  seat: () => ({
    seat: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, je siège', hint: 'Vous recevrez les candidatures par cette même voie.' },
        no: { label: 'Non, je ne siège pas', hint: "Rien d'autre ne vous sera demandé pour ce jury." },
      },
    },
  }),
  prepare: () => ({
    confirm: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, je viens présenter', hint: 'La coordination vous donnera votre horaire de passage.' },
        no: { label: 'Non, je me retire', hint: 'Votre candidature ne sera pas présentée au jury.' },
      },
    },
    material: { label: 'Ce que le jury doit lire avant', hint: 'Un texte, ou les adresses web de vos documents.' },
  }),
  interests: () => ({
    conflicts: { label: 'Les candidatures avec lesquelles vous avez un lien', hint: "Ne cochez rien si vous n'en avez aucun." },
    nature: {
      label: 'La nature du lien',
      hint: 'Une phrase suffit ; demandée seulement si vous avez coché une candidature.',
      conditional: true,
    },
  }),
  score: () => ({
    scores: { label: 'Vos notes, de 0 à 5' },
    remarks: { label: 'Vos remarques', hint: 'Lues à la délibération, avec les notes.' },
  }),
  deliberation: () => ({
    retained: { label: 'Les projets retenus' },
    reserve: { label: 'En réserve', hint: 'Appelés si un projet retenu se retire.' },
    reason: { label: 'Les raisons', hint: 'Elles figureront dans les lettres aux candidats.' },
  }),
  pairs: () => ({
    people: { label: 'Les personnes à rencontrer', hint: "Ne cochez personne si aucune rencontre n'est utile." },
    purpose: { label: 'Ce que le projet en attend', hint: 'Lu par les deux côtés.' },
  }),
  introduction: () => ({
    met: {
      label: 'Votre réponse',
      options: {
        met: { label: 'Oui, nous nous sommes rencontrés' },
        'not-possible': { label: "Non, cela n'a pas été possible", hint: 'Dites en un mot pourquoi, si vous voulez bien.' },
      },
    },
    remarks: { label: 'Ce qui en ressort' },
  }),
  session: () => ({
    held: {
      label: 'Votre réponse',
      options: {
        yes: { label: 'Oui, elle a eu lieu' },
        no: { label: 'Non', hint: "La coordination décidera de la reporter ou d'y renoncer." },
      },
    },
    attendance: { label: 'Combien de personnes sont venues ?', hint: 'Un nombre, zéro compris.' },
    indicators: { label: 'Ce que vous avez mesuré', hint: 'Les indicateurs de la feuille de route, tels quels.' },
  }),
  report: () => ({
    body: { label: 'Votre bilan', hint: "Ce qui a changé, pour qui ; ce qui a manqué ; ce qu'il faudrait pour recommencer." },
    economic: { label: 'Peut-on le refaire ailleurs, côté économique ?', hint: 'De 1 (difficilement) à 5 (tout de suite).' },
    social: { label: 'Peut-on le refaire ailleurs, côté social ?', hint: 'De 1 (difficilement) à 5 (tout de suite).' },
  }),
  proposal: () => ({
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
  sitting: () => ({
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
  decide: (view) => ({
    choice: { label: 'Votre choix', options: choices(view) },
    date: { label: 'La nouvelle date', hint: 'Seulement pour un report.', conditional: true },
    title: { label: 'Titre du texte', hint: 'Seulement si vous décidez à la place.', conditional: true },
    body: { label: 'Le texte', hint: 'Seulement si vous décidez à la place ; il sera figé en votre nom.', conditional: true },
    reason: { label: 'La raison', hint: 'Elle figure au journal.' },
  }),
});

/** What coordinators may choose where something is lacking. */
export function choices({ lacking }: Pick<AskView, 'lacking'>): Record<AskView['choices'][number], OptionWords> {
  const circuit = lacking?.kind === 'approve' || lacking?.kind === 'sitting';
  return {
    extend: {
      label: 'Prolonger',
      hint: 'La question est posée de nouveau aux mêmes personnes, avec un nouveau délai et de nouveaux rappels.',
    },
    'go-on': {
      label: "Continuer avec ce qu'il y a",
      hint: circuit ? "L'étape suivante commence sans cette validation." : "L'étape suivante commence avec les réponses reçues.",
    },
    'in-place': { label: 'Décider à la place', hint: 'Votre décision tient lieu de réponse ; elle est inscrite en votre nom.' },
    move: { label: 'Reporter la séance', hint: 'Elle aura lieu à la date que vous donnez.' },
    drop: { label: 'Renoncer à cette séance', hint: "Elle n'est pas remplacée ; les autres restent." },
    'drop-project': { label: 'Arrêter le projet', hint: "Plus rien n'est demandé pour lui ; les autres projets continuent." },
    'end-edition': { label: "Arrêter l'édition", hint: "Plus rien n'est demandé à personne. Cela ne se défait pas." },
  };
}
