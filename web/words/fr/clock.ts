/** The clock of a demonstration, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the clock's band and page. */
export const clock = french({
  next: "Jusqu'au prochain message",
  further: "Avancer l'horloge",
  title: "L'horloge de la démonstration",
  now: (day: string, hour: string) => `Pour cette édition, nous sommes le ${day}, il est ${hour}.`,
  lead: "L'horloge passe par tout ce qui arrive à échéance, dans l'ordre : rappels, clôtures, ouvertures. Rien n'est sauté, et les messages partent à leur date, dans la boîte aux lettres de cette machine.",
  moving: "L'horloge avance",
  since: (from: string, mails: number) =>
    `Partie du ${from} ; ${mails === 0 ? 'aucun message' : mails === 1 ? 'un message' : `${mails} messages`} depuis.`,
  refreshes: 'Cette page se met à jour toute seule.',
  refresh: 'Voir où elle en est',
  stop: "L'arrêter",
  ends: {
    there: "L'horloge est arrivée.",
    over: "L'édition est finie, et son dernier message parti.",
    'nothing-due':
      "Plus rien n'arrive de soi-même : on attend des réponses. Répondez pour ces personnes depuis leurs messages, ou laissez-les répondre.",
    stuck: "Quelque chose n'aboutit pas : l'horloge s'est arrêtée. L'onglet Aujourd'hui dit quoi.",
    stopped: "L'horloge s'est arrêtée en chemin.",
    cut: "L'horloge s'est arrêtée en chemin : ce qui la faisait avancer s'est interrompu. Rien n'est perdu, faites-la repartir.",
  },
  mailbox: 'La boîte aux lettres',
  edition: "L'édition",
  waiting: 'On attend :',
  others: (n: number) => `et ${n} de plus`,
  form: 'Avancer',
  goal: "Jusqu'où",
  goals: { next: 'au prochain message', date: 'à une date, à 9 h 05', step: "au début d'une étape" },
  date: 'Date',
  step: 'Étape',
  whoPlays: 'Les autres',
  players: {
    nobody: 'ne répondent pas : on voit les rappels partir',
    punctual: 'répondent à temps',
    realistic: 'répondent comme les gens répondent : souvent, parfois tard, parfois pas',
    'summer-late': "répondent, mais tard l'été",
  },
  own: 'Je joue moi-même',
  ownHint: 'Personne ne répond pour ces personnes : faites-le depuis leurs messages.',
  seed: 'Graine',
  seedHint: 'La même donne la même vie qu’une répétition de cette graine.',
  button: 'Avancer',
  refused: {
    'no-demonstration': "cette édition vit à l'heure réelle.",
    'real-mail': "le courrier de cette installation part chez de vraies personnes : l'horloge n'avance que sous « troismains up ».",
    advancing: "elle avance déjà : attendez qu'elle s'arrête.",
    goal: 'choisissez une date ou une étape.',
    others: 'choisissez qui répond pour les autres.',
    past: 'ce jour est passé : une horloge n’avance que vers la suite.',
    begun: 'cette étape a déjà commencé.',
    people: "quelqu'un de cette liste n'est pas dans l'édition.",
    unknown: "cette édition n'existe pas.",
  },
  notMoved: (why: string) => `L'horloge n'a pas bougé : ${why}`,
});

/** The shape every language fills. */
export type ClockWords = typeof clock;
