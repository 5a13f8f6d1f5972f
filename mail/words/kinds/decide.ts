import type { AskKind, Choice } from '../../../domain/asks.js';
import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import type { Locale } from '../../../domain/words.js';
import { awaited, list, project, quoted } from '../say.js';
import type { Bilingual } from '../types.js';
import { coordinators } from './diagnostic.js';
import { othersWords } from './others.js';

/** What a coordinator may choose when something is lacking, as the end of "vous pouvez …". */
export const choiceWords: Record<Choice, Record<Locale, string>> = {
  extend: { fr: 'reposer la question avec un nouveau délai', en: 'ask again with a new due date' },
  'go-on': { fr: "continuer avec ce qu'il y a", en: 'go on with what there is' },
  'in-place': { fr: 'décider vous-même, en votre nom', en: 'decide yourself, in your name' },
  move: { fr: 'déplacer la séance', en: 'move the session' },
  drop: { fr: 'annuler la séance', en: 'drop the session' },
  'drop-project': { fr: 'arrêter ce projet', en: 'drop this project' },
  'end-edition': { fr: "mettre fin à l'édition", en: 'end the edition' },
};

/** The view as the ask that lacks something would have it, so that its own words can be used. */
const lackingView = (view: AskView): AskView => {
  const { lacking, ask } = view;
  if (lacking === undefined) return view;
  return { ...view, ask: { ...ask, kind: lacking.kind, step: lacking.step, part: lacking.part, version: 1, openedAt: ask.opensAt } };
};

/** What "not enough" means, for the kinds where it is not just a missing answer. */
const tooFew: Partial<Record<AskKind, Record<Locale, { thing: string; sentence: string }>>> = {
  apply: {
    fr: { thing: 'aucune candidature', sentence: "L'appel s'est clos sans aucune candidature." },
    en: { thing: 'no application', sentence: 'The call has closed without any application.' },
  },
  eligibility: {
    fr: { thing: 'aucune candidature recevable', sentence: "Aucune candidature n'est recevable : il n'y a pas de quoi présélectionner." },
    en: { thing: 'no eligible application', sentence: 'No application is eligible: there is nothing to shortlist.' },
  },
  seat: {
    fr: { thing: 'jury incomplet', sentence: 'Moins de deux personnes ont accepté de siéger au jury.' },
    en: { thing: 'incomplete jury', sentence: 'Fewer than two people have agreed to sit on the jury.' },
  },
  score: {
    fr: { thing: 'aucune note du jury', sentence: "Le jury s'est clos sans qu'aucune note soit donnée." },
    en: { thing: 'no score from the jury', sentence: 'Scoring has closed without any score.' },
  },
};
const isShort = ({ lacking }: AskView): boolean => ['none', 'partial', 'complete'].includes(lacking?.outcome ?? '');

/** The thing that lacks, with its day for a session. */
function lackingThing(view: AskView, locale: Locale): string {
  const kind = view.lacking?.kind;
  if (kind === undefined || kind === 'decide') return locale === 'fr' ? 'une réponse attendue' : 'an awaited answer';
  if (view.lacking?.outcome === 'not-held') return notHeld(view, locale);
  const short = isShort(view) ? tooFew[kind]?.[locale].thing : undefined;
  if (short !== undefined) return short;
  return othersWords[kind][locale].thing(lackingView(view)).text;
}

const day = (view: AskView, locale: Locale): string =>
  /^\d{4}-\d\d-\d\d$/.test(view.lacking?.part ?? '') ? dateInWords(view.lacking?.part ?? '', view, locale) : '';

function notHeld(view: AskView, locale: Locale): string {
  const on = day(view, locale);
  const title = view.project === undefined ? '' : `, ${quoted(view.project.title, locale)}`;
  return locale === 'fr'
    ? `séance${on === '' ? '' : ` du ${on}`} non tenue${title}`
    : `session${on === '' ? '' : ` of ${on}`} not held${title}`;
}

/** What is lacking, as one sentence. */
function lacks(view: AskView, locale: Locale): string {
  const fr = locale === 'fr';
  const thing = lackingThing(view, locale);
  const outcome = view.lacking?.outcome;
  const short = view.lacking !== undefined && isShort(view) ? tooFew[view.lacking.kind]?.[locale].sentence : undefined;
  if (short !== undefined) return short;
  switch (outcome) {
    case 'none':
      return fr ? `La date est passée sans aucune réponse : ${thing}.` : `The date has passed without any answer: ${thing}.`;
    case 'partial':
    case 'complete':
      return fr
        ? `Les réponses reçues ne suffisent pas pour continuer : ${thing}.`
        : `The answers received are not enough to go on: ${thing}.`;
    case 'refused':
      return fr ? `La réponse est un refus : ${thing}.` : `The answer is a refusal: ${thing}.`;
    case 'undecided':
      return fr ? `Le circuit s'est achevé sans décision : ${thing}.` : `The circuit ended without a decision: ${thing}.`;
    case 'not-held': {
      const on = day(view, locale);
      return fr
        ? `La séance${on === '' ? '' : ` du ${on}`} ne s'est pas tenue.`
        : `The session${on === '' ? '' : ` of ${on}`} was not held.`;
    }
    case 'no-sitting':
      return fr
        ? "Il ne reste aucune séance de l'assemblée à laquelle ce dossier puisse passer."
        : 'No sitting is left to which this file could still go.';
    case 'closed':
    case 'cancelled':
    case undefined:
      return fr ? `Il manque de quoi continuer : ${thing}.` : `Something is lacking to go on: ${thing}.`;
  }
}

const options = (view: AskView, locale: Locale): string =>
  list(
    view.choices.map((choice) => choiceWords[choice][locale]),
    locale,
    'or',
  );

/** Something is lacking; a coordinator chooses how to go on. */
export const decide: Bilingual = {
  fr: {
    awaited: () => awaited('Votre décision', 'e'),
    topic: (view) => lackingThing(view, 'fr'),
    request: (view) => `${lacks(view, 'fr')} Vous pouvez ${options(view, 'fr')}. Dites pourquoi : votre raison est inscrite au journal.`,
    why: () => coordinators.fr,
    silence: (view) =>
      view.project === undefined ? "l'édition n'avance plus sur ce point" : `le projet ${project(view, 'fr')} n'avance plus`,
    after: () => 'Votre décision est appliquée aussitôt, en votre nom.',
    act: 'Décider',
    late: (view) => `n'a pas encore décidé de la suite (${lackingThing(view, 'fr')})`,
    thing: (view) => awaited(`décision sur la suite (${lackingThing(view, 'fr')})`, 'e'),
  },
  en: {
    awaited: () => awaited('Your decision'),
    topic: (view) => lackingThing(view, 'en'),
    request: (view) => `${lacks(view, 'en')} You can ${options(view, 'en')}. Please say why: your reason is written in the journal.`,
    why: () => coordinators.en,
    silence: (view) =>
      view.project === undefined ? 'the edition does not move on this point' : `the project ${project(view, 'en')} does not move`,
    after: () => 'Your decision is applied at once, in your name.',
    act: 'Decide',
    late: (view) => `has not decided how to go on yet (${lackingThing(view, 'en')})`,
    thing: (view) => awaited(`decision on how to go on (${lackingThing(view, 'en')})`),
  },
};
