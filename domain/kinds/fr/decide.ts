import { dateInWords } from '../../instants.js';
import { CHOICE_WORDS } from '../../outcomewords.js';
import { awaited, isSilence, lackingView, list, project, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import { STEP_WORDS } from '../../words.js';
import type { KindWords, OptionWords, TooFew } from '../words.js';
import { coordination, coordinators, onDay } from './common.js';
import { others } from './others.js';

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

function special(outcome: NonNullable<AskView['lacking']>['outcome']): string | undefined {
  switch (outcome) {
    case 'refused':
      return 'la validation a été refusée.';
    case 'undecided':
      return 'le délai est passé sans que tous se soient prononcés.';
    case 'not-held':
      return "la séance n'a pas eu lieu.";
    case 'no-sitting':
      return "il ne reste pas de séance de l'assemblée avant la restitution.";
    case 'partial':
      return 'le délai est passé avec une partie des réponses seulement.';
    case 'complete':
    case 'none':
    case 'closed':
    case 'cancelled':
      return undefined;
  }
}

/** What is lacking, in one sentence with its step and project. */
function whatLacks({ lacking: what, project: of, ask }: AskView): string {
  const where = `${STEP_WORDS[what?.step ?? ask.step].fr}${of ? `, projet « ${of.title} »` : ''}`;
  if (what === undefined) return `${where} : la suite est à décider.`;
  return `${where} : ${special(what.outcome) ?? (what.kind === 'decide' ? decide : others[what.kind]).lacking}`;
}

/** What "not enough" means, where it is not just a missing answer. */
function shortOf({ lacking: what }: AskView): TooFew | undefined {
  if (what === undefined || what.kind === 'decide' || !['none', 'partial', 'complete'].includes(what.outcome)) return undefined;
  return others[what.kind].tooFew;
}

const onLackingDay = (view: AskView): string => onDay(view.lacking?.part, view);

function notHeld(view: AskView): string {
  const title = view.project === undefined ? '' : `, ${quoted(view.project.title, 'fr')}`;
  return `séance${onLackingDay(view)} non tenue${title}`;
}

/** The thing that lacks, with its day for a session. */
function lackingThing(view: AskView): string {
  const kind = view.lacking?.kind;
  if (kind === undefined || kind === 'decide') return 'une réponse attendue';
  if (view.lacking?.outcome === 'not-held') return notHeld(view);
  return shortOf(view)?.thing ?? others[kind].mail.thing(lackingView(view)).text;
}

/** What is lacking, as one sentence. */
function lacks(view: AskView): string {
  const short = shortOf(view)?.sentence;
  if (short !== undefined) return short;
  const thing = lackingThing(view);
  switch (view.lacking?.outcome) {
    case 'none':
      return `La date est passée sans aucune réponse : ${thing}.`;
    case 'partial':
    case 'complete':
      return `Les réponses reçues ne suffisent pas pour continuer : ${thing}.`;
    case 'refused':
      return `La réponse est un refus : ${thing}.`;
    case 'undecided':
      return `Le circuit s'est achevé sans décision : ${thing}.`;
    case 'not-held':
      return `La séance${onLackingDay(view)} ne s'est pas tenue.`;
    case 'no-sitting':
      return "Il ne reste aucune séance de l'assemblée à laquelle ce dossier puisse passer.";
    case 'closed':
    case 'cancelled':
    case undefined:
      return `Il manque de quoi continuer : ${thing}.`;
  }
}

const options = ({ choices: given }: AskView) =>
  list(
    given.map((choice) => CHOICE_WORDS[choice].fr),
    'fr',
    'or',
  );

/** Something is lacking; a coordinator chooses how to go on. */
export const decide: KindWords<'decide'> = {
  page: {
    title: ({ lacking: what }) => (isSilence(what?.outcome) ? 'Il manque une réponse : comment poursuivre ?' : 'Comment poursuivre ?'),
    lead: (view) => `${whatLacks(view)} Chaque choix dit ce qu'il fera.`,
    why: coordination,
    next: () => 'le programme applique votre choix aussitôt ; il est inscrit au journal avec votre raison',
    button: 'Appliquer ce choix',
    done: 'Votre choix est enregistré',
    noun: 'décision de la coordination',
  },
  fields: (view) => ({
    choice: { label: 'Votre choix', options: choices(view) },
    date: { label: 'La nouvelle date', hint: `Seulement pour un report${takenDays(view)}.`, conditional: true },
    title: { label: 'Titre du texte', hint: 'Seulement si vous décidez à la place.', conditional: true },
    body: { label: 'Le texte', hint: 'Seulement si vous décidez à la place ; il sera figé en votre nom.', conditional: true },
    reason: { label: 'La raison', hint: 'Elle figure au journal.' },
  }),
  lacking: 'une décision reste à prendre.',
  mail: {
    awaited: () => awaited('Votre décision', 'e'),
    topic: (view) => lackingThing(view),
    request: (view) => `${lacks(view)} Vous pouvez ${options(view)}. Dites pourquoi : votre raison est inscrite au journal.`,
    why: () => coordinators,
    silence: (view) =>
      view.project === undefined ? "l'édition n'avance plus sur ce point" : `le projet ${project(view, 'fr')} n'avance plus`,
    after: () => 'Votre décision est appliquée aussitôt, en votre nom.',
    act: 'Décider',
    late: (view) => `n'a pas encore décidé de la suite (${lackingThing(view)})`,
    thing: (view) => awaited(`décision sur la suite (${lackingThing(view)})`, 'e'),
  },
};

/** The days to come that a session cannot be moved to. */
function takenDays(view: AskView): string {
  const days = (view.form.taken ?? []).map((day) => `le ${dateInWords(day, view, 'fr')}`);
  return days.length === 0 ? '' : ` ; une séance a déjà lieu ${list(days, 'fr')}`;
}
