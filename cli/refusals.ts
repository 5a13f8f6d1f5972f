import type { Installation } from '../client/installation.js';
import { editionExists } from '../client/verbs/asks.js';
import { mostMessages } from '../domain/audience.js';
import type { Words } from '../domain/words.js';
import type { Intervention } from '../store/acts/on-ask.js';
import { InputError } from './io.js';
import { PEOPLE_REFUSALS } from './people-refusals.js';

/** There is no such edition. */
export const noEdition = (id: string): Words => ({
  fr: `Pas d'édition ${id} : voir « troismains cohort list ».`,
  en: `There is no edition ${id}: see "troismains cohort list".`,
});

/** There is no such mail. */
export const noMail = (id: string): Words => ({
  fr: `Pas de message ${id} : voir « troismains mail list ».`,
  en: `There is no mail ${id}: see "troismains mail list".`,
});

/** What there is no edition of is said, rather than shown as an empty list. */
export async function knownEdition(installation: Installation, id: string | undefined): Promise<void> {
  if (id === undefined || (await editionExists(installation, id))) return;
  throw new InputError(noEdition(id));
}

/** Why an intervention was refused, in words: what, where, and what to do. */
export function refused({ reason, until = '' }: Extract<Intervention, { ok: false }>, id: string): Words {
  switch (reason) {
    case 'unknown':
      return {
        fr: `${id} n'existe pas : voir « troismains ask list » ou « troismains cohort list ».`,
        en: `There is no ${id}: see "troismains ask list" or "troismains cohort list".`,
      };
    case 'closed':
      return { fr: `${id} est déjà close : rien n'a été fait.`, en: `${id} is closed already: nothing was done.` };
    case 'already-ended':
      return { fr: `L'édition ${id} est déjà finie : rien n'a été fait.`, en: `Edition ${id} has ended already: nothing was done.` };
    case 'nobody':
      return { fr: `${id} n'attend personne pour l'instant : rien n'a été envoyé.`, en: `${id} waits for nobody now: nothing was sent.` };
    case 'unreachable':
      return {
        fr: "Les messages à qui n'a pas répondu reviennent : rien n'a été envoyé. Corriger l'adresse : « troismains person email ».",
        en: 'Mail to whoever has not answered comes back: nothing was sent. Correct the address: "troismains person email".',
      };
    case 'too-soon':
      return {
        fr: `Un message est parti il y a moins de deux jours ouvrés : rien n'a été envoyé ; possible à partir du ${until}.`,
        en: `A mail left less than two working days ago: nothing was sent; possible from ${until} on.`,
      };
    case 'not-a-working-day':
      return {
        fr: `Ce n'est pas un jour ouvré ; le suivant est le ${until}. Rien n'a été changé.`,
        en: `This is not a working day; the next is ${until}. Nothing was changed.`,
      };
    case 'too-far':
      return { fr: `Cette date est après le ${until} : rien n'a été changé.`, en: `This date is after ${until}: nothing was changed.` };
    case 'endless':
      return {
        fr: "Cette demande attend une réponse dont la suite dépend : elle ne se clôt pas à vide. Répondre depuis la page d'un coordinateur, ou envoyer un rappel.",
        en: "This ask waits for an answer that what follows depends on: it cannot be closed empty. Answer from a coordinator's page, or nudge.",
      };
    case 'past':
      return until === ''
        ? { fr: "Cette date est passée : rien n'a été changé.", en: 'This date is past: nothing was changed.' }
        : {
            fr: `C'est trop tôt : le ${until} au plus tôt. Rien n'a été changé.`,
            en: `This is too early: ${until} at the earliest. Nothing was changed.`,
          };
    case 'period':
      return {
        fr: "Cette période finit avant de commencer : rien n'a été changé.",
        en: 'This period ends before it begins: nothing was changed.',
      };
    case 'pinned':
      return {
        fr: `Le ${until} y est une date fixée (jury, séance ou restitution) : la déplacer d'abord. Rien n'a été changé.`,
        en: `${until} in it is a fixed date (jury, sitting or restitution): move that first. Nothing was changed.`,
      };
    case 'closed-already':
      return { fr: "Aucun jour ouvré n'y est : rien n'a été changé.", en: 'There is no working day in it: nothing was changed.' };
    case 'begun':
      return {
        fr: "Le jury note déjà : son jour ne bouge plus. Rien n'a été changé.",
        en: 'The jury is scoring already: its day moves no more. Nothing was changed.',
      };
    case 'over':
      return { fr: "Cette étape est finie : rien n'a été changé.", en: 'This step is over: nothing was changed.' };
    case 'no-length':
      return {
        fr: "Cette étape n'a pas de durée à elle (jour fixé, ou série) : rien n'a été changé.",
        en: 'This step has no length of its own (a fixed day, or a series): nothing was changed.',
      };
    case 'advancing':
      return {
        fr: `L'horloge de la démonstration avance : attendre qu'elle s'arrête, puis recommencer. Rien n'a été fait.`,
        en: 'The clock of the demonstration is being moved: wait until it stops, then try again. Nothing was done.',
      };
    case 'opening':
      return {
        fr: "Une première demande, et ce qui n'est ni une lettre ni un avis, ne se retiennent pas : rien n'a été changé.",
        en: 'A first request, and what is neither a letter nor a notice, are not held back: nothing was changed.',
      };
    case 'mail-left':
      return {
        fr: "Ce mail est parti, ou ne partira pas : rien n'a été changé.",
        en: 'This mail has left, or will not leave: nothing was changed.',
      };
    case 'held':
      return { fr: "Ce mail est déjà retenu : rien n'a été changé.", en: 'This mail is held back already: nothing was changed.' };
    case 'not-held':
      return { fr: "Ce mail n'est pas retenu : rien n'a été changé.", en: 'This mail is not held back: nothing was changed.' };
    case 'no-resend':
      return {
        fr: "Ce mail ne se renvoie pas : ne se renvoie que ce qui est en échec, incertain, revenu ou refusé pour l'instant. Rien n'a été fait.",
        en: 'This mail is not sent again: only what failed, is uncertain, came back or was refused for now is. Nothing was done.',
      };
    case 'again':
      return {
        fr: "Ce mail est déjà reparti à l'adresse donnée depuis, sous un autre numéro : rien n'a été fait.",
        en: 'This mail has left again to the address given since, under another number: nothing was done.',
      };
    case 'nothing-to-undo':
      return {
        fr: "Rien à annuler d'un geste : seul s'annule le dernier acte sur l'édition (règle changée, mail retenu), par la même personne, en dix minutes, si rien n'est arrivé depuis. Une date se redéplace, une durée se rechange, un mail retenu se laisse partir (release).",
        en: 'Nothing to undo at once: only the last act on the edition (a rule changed, a mail held) is, by the same person, within ten minutes, if nothing has happened since. A date is moved back, a length changed back, a held mail let go (release).',
      };
    case 'twice':
      return {
        fr: "Ce même message est parti aux mêmes personnes il y a moins d'un jour : rien n'a été envoyé.",
        en: 'This very message went to the same people less than a day ago: nothing was sent.',
      };
    case 'too-many':
      return {
        fr: `Trop de messages : ${mostMessages.hour} par heure et ${mostMessages.day} par jour au plus. Rien n'a été envoyé.`,
        en: `Too many messages: ${mostMessages.hour} an hour and ${mostMessages.day} a day at most. Nothing was sent.`,
      };
    case 'too-early':
      return {
        fr: `La restitution ne peut pas avoir lieu avant le ${until} : rien n'a été changé.`,
        en: `The restitution cannot take place before ${until}: nothing was changed.`,
      };
    case 'request':
      return {
        fr: "Cet identifiant a déjà servi pour un autre acte : rien n'a été fait.",
        en: 'This id was used for another act already: nothing was done.',
      };
    case 'paused':
      return {
        fr: "L'édition est en pause : la reprendre d'abord (« cohort act … resume »). Rien n'a été fait.",
        en: 'The edition is paused: resume it first ("cohort act … resume"). Nothing was done.',
      };
    case 'not-paused':
      return { fr: "L'édition n'est pas en pause : rien n'a été fait.", en: 'The edition is not paused: nothing was done.' };
    case 'no-body':
      return { fr: "Pas d'instance de ce nom : rien n'a été changé.", en: 'There is no body of that name: nothing was changed.' };
    case 'sits-already':
      return {
        fr: "Cette instance siège déjà ce jour-là : rien n'a été changé.",
        en: 'This body sits on that day already: nothing was changed.',
      };
    case 'no-sitting':
      return {
        fr: `Cette instance ne siège pas ce jour-là${until === '' ? '' : ` ; sa prochaine séance est le ${until}`}. Rien n'a été changé.`,
        en: `This body does not sit on that day${until === '' ? '' : `; its next sitting is on ${until}`}. Nothing was changed.`,
      };
    case 'no-skip':
      return {
        fr: "Seules « introductions » et « impact-analysis » peuvent être passées : rien n'a été changé.",
        en: 'Only "introductions" and "impact-analysis" can be skipped: nothing was changed.',
      };
    case 'not-begun':
      return { fr: "Cette étape n'a pas commencé : rien n'a été changé.", en: 'This step has not begun: nothing was changed.' };
    case 'letters':
      return {
        fr: "Les lettres de décision sont parties : on ne revient plus avant elles. Rien n'a été changé.",
        en: 'The decision letters have left: there is no way back before them. Nothing was changed.',
      };
    case 'project-over':
      return { fr: "Ce projet est terminé : rien n'a été changé.", en: 'This project is over: nothing was changed.' };
    case 'written-anew':
      return {
        fr: "Ce document a connu plusieurs versions : revenir à l'étape qui l'écrit. Rien n'a été changé.",
        en: 'This document has had several versions: go back to the step that writes it. Nothing was changed.',
      };
    case 'which-project':
      return { fr: 'Dire de quel projet il s’agit : --project.', en: 'Say which project this is about: --project.' };
    default:
      return PEOPLE_REFUSALS[reason];
  }
}
