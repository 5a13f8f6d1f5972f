/** What keeps an edition and the installation moving, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the pages of whoever keeps the installation in order. */
export const engine = french({
  title: 'Moteur',
  menu: 'Moteur',
  installation: {
    title: "Moteur de l'installation",
    wrong: 'À regarder',
    well: 'En ordre',
    states: { warn: 'à regarder', fail: 'ne va pas' },
    edition: (id: string) => `Moteur de ${id}`,
    elsewhere:
      "« troismains doctor » en dit autant, dans les mêmes mots ; de plus, lancé sur la machine du worker, il regarde les variables, le serveur et le DNS du mail, et l'adresse publique.",
  },
  lead: "L'exécution de cette édition, et ce qui l'arrête quand elle s'arrête.",
  ownClock: "Cette édition a sa propre horloge ; ce qui suit est à l'heure réelle, sauf les incidents.",
  verdicts: {
    'no-answer': 'Temporal ne répond pas',
    over: "L'édition est terminée",
    'run-missing': "Plus rien ne fait avancer l'édition",
    'no-worker': 'Aucun worker ne prend son travail',
    'task-failing': "L'édition échoue à chaque reprise",
    'activity-failing': 'Une activité échoue, et est réessayée',
    incident: 'Quelque chose a échoué, et est réessayé',
    'wake-owed': "L'édition ne réagit plus",
    paused: "L'édition est en pause",
    fine: "Rien n'est bloqué",
  },
  explained: {
    'no-answer':
      "Ce que les personnes répondent est gardé. On ne sait pas ce qui tourne : « troismains doctor », ou la page de l'installation, dit pourquoi.",
    over: 'Plus rien ne doit tourner, sauf le temps que partent ses derniers messages.',
    'no-worker':
      "Ce que les personnes répondent est gardé, et sera suivi d'effet dès qu'un worker travaille. Démarrer un worker (troismains worker) ; le moteur de l'installation dit lesquels sont au travail.",
    'activity-failing': 'Elle est réessayée d’elle-même, aux instants dits plus bas ; « Réessayer maintenant » n’attend pas.',
    incident: 'C’est réessayé de soi-même, au plus tard dans la demi-heure ; « Réessayer maintenant » n’attend pas.',
    paused: "Rien ne s'ouvre, ne se clôt ni ne part jusqu'à ce que la coordination la reprenne.",
    fine: "L'édition attend ce qui suit, et rien n'est en retard.",
  },
  remedy: 'Que faire',
  next: 'Prochain regard',
  nothingNext: 'aucun de prévu : une réponse la réveillera',
  late: (when: string) => `était prévu le ${when}, et n'a pas eu lieu`,
  owed: 'Réveil dû',
  notOwed: 'aucun',
  owedSince: (since: string, tried: string | undefined) =>
    tried === undefined ? `depuis le ${since}, pas encore tenté` : `depuis le ${since}, tenté le ${tried}`,
  mails: 'Messages',
  runs: 'Tourne depuis',
  ended: (status: string) => `ne tourne pas (${status})`,
  statuses: {
    RUNNING: 'en cours',
    COMPLETED: 'terminée',
    FAILED: 'en échec',
    CANCELED: 'annulée',
    CANCELLED: 'annulée',
    TERMINATED: 'interrompue',
    CONTINUED_AS_NEW: 'poursuivie',
    TIMED_OUT: 'hors délai',
    PAUSED: 'en pause',
    UNSPECIFIED: 'inconnue',
    UNKNOWN: 'inconnue',
  },
  none: 'aucune exécution connue',
  build: 'Version du code',
  builds: (first: string, last: string) => `commencée par ${first}, menée par ${last}`,
  noBuild: 'aucun worker ne l’a encore prise',
  history: 'Historique',
  size: (events: number, kilobytes: number) => `${events} ${events > 1 ? 'événements' : 'événement'}, ${kilobytes} ko`,
  id: 'Identifiant',
  run: 'Passage',
  ui: 'Voir cette exécution dans Temporal',
  task: 'Reprise en cours',
  tried: (n: number) => `${n}e essai`,
  timers: 'Minuteries en cours',
  noTimers: 'Aucune.',
  timer: { what: 'Ce qui est attendu', at: 'Sonne le' },
  summaries: {
    'Next try after a failure': 'le prochain essai, après un échec',
    'Next try of a story that failed': "le prochain essai d'une histoire qui a échoué",
    'Last mails': 'le départ des derniers messages',
    '': 'le prochain regard',
  },
  activities: 'Activités en cours',
  noActivities: 'Aucune : tout ce qui a été demandé est fait.',
  activity: { what: 'Activité', state: 'État', failure: 'Dernier échec', next: 'Prochain essai' },
  kinds: { reviewEdition: 'la revue', deliver: "l'envoi des messages", openCohort: "la lecture de l'édition" },
  working: (attempt: number, since: string) => `en cours depuis le ${since}${attempt > 1 ? `, ${attempt}e essai` : ''}`,
  waiting: (attempt: number, most: number) =>
    `attend un worker${attempt > 1 ? `, ${attempt}e essai${most > 0 ? ` sur ${most}` : ''}` : ''}`,
  now: 'dès qu’un worker la prend',
  acts: {
    retry: {
      does: 'Ce qui attend son prochain essai est essayé tout de suite. Sans effet sur ce qui va bien.',
      button: 'Réessayer maintenant',
    },
    restart: {
      does: "L'exécution est interrompue, et une nouvelle reprend du début : ce qui est réglé le reste, et rien n'est demandé ni envoyé deux fois.",
      button: 'Reprendre du début',
    },
    reason: 'Pourquoi (gardé au journal de l’édition)',
    lacking: 'Dites pourquoi, en quelques mots : rien n’a été fait.',
    over: "Cette édition est terminée : il n'y a rien à reprendre.",
    away: 'Temporal n’a pas répondu : il n’est pas sûr qu’une nouvelle exécution ait commencé. Recommencez quand il répond ; ce qui est réglé le reste.',
    done: {
      retry: "L'édition est réveillée : cette page dit où elle en est.",
      restart: 'Une nouvelle exécution a commencé.',
      owed: 'Temporal n’a pas répondu : le réveil est noté, et donné dès qu’il répond.',
    },
  },
});

/** The shape every language fills. */
export type EngineWords = typeof engine;
