/** The page of one's preferences, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the preferences page. */
export const preferences = french({
  title: 'Vos préférences',
  heading: 'Ce que vous recevez',
  lead: (name: string, edition: string) => `${name}, ces choix valent pour l'édition « ${edition} », et pour elle seule.`,
  digest: {
    legend: 'Le point hebdomadaire',
    hint: "Un message le lundi à 9 h : ce qui a avancé, ce qui vous est demandé, ce qui vient. Il ne part pas quand rien n'a avancé.",
    on: 'Je le reçois',
    off: 'Je ne le reçois pas',
  },
  language: { legend: 'La langue', hint: 'Celle des messages et des pages.', fr: 'Français', en: 'English' },
  button: 'Enregistrer',
  saved: {
    on: "C'est enregistré. Vous recevez le point hebdomadaire.",
    off: "C'est enregistré. Vous ne recevez plus le point hebdomadaire.",
  },
  calendar: {
    title: 'Votre calendrier',
    open: 'Voir vos dates, et vous y abonner',
    why: "Si l'adresse de votre calendrier est arrivée chez quelqu'un d'autre, donnez-lui-en une nouvelle : l'ancienne ne dira plus rien, et il faudra vous réabonner.",
    renew: 'Donner une nouvelle adresse à mon calendrier',
    renewed: "C'est fait : l'ancienne adresse de votre calendrier ne dit plus rien. Abonnez-vous à la nouvelle.",
  },
  always: {
    title: 'Ce qui arrive toujours',
    items: [
      "Les demandes et leurs rappels : le programme s'arrête là où une réponse manque. Tout s'arrête dès que vous répondez, ou dès que vous désignez quelqu'un d'autre depuis la page de la demande.",
      'Les décisions qui vous concernent : elles ne vous sont annoncées que par ces messages.',
      "Les invitations de calendrier : une date qui change n'attend pas.",
      'Les accusés de réception : ils vous disent que votre réponse est arrivée.',
    ],
    otherwise: (name: string, email: string) => `Vous ne prenez plus part à cette édition ? Écrivez à ${name} (${email}).`,
  },
  stopped: {
    title: 'Vous ne recevez plus le point hebdomadaire',
    body: "Les demandes qui vous sont faites et les décisions qui vous concernent continuent d'arriver. Pour le recevoir de nouveau, ouvrez « Vos préférences », au bas de chaque message.",
  },
  locked: {
    title: "Cette page s'ouvre depuis un mail",
    body: "Ouvrez « Vos préférences », au bas de chaque message que vous avez reçu. Le lien est personnel ; après un changement d'adresse, seuls ceux des messages reçus depuis ouvrent cette page.",
  },
});

/** The shape every language fills. */
export type PreferencesWords = typeof preferences;
