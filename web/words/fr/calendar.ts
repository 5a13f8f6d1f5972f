/** The page of a private calendar, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the calendar's page. */
export const calendar = french({
  title: { person: 'Votre calendrier', edition: "Le calendrier de l'édition" },
  whole: "toute l'édition",
  lead: {
    person: (edition: string) =>
      `Vos rendez-vous de l'édition « ${edition} », et les réponses attendues de vous. Rien n'y bloque votre agenda : ce sont des repères.`,
    edition: (edition: string) => `Tous les rendez-vous de l'édition « ${edition} », sans aucun nom de personne.`,
  },
  subscribe: "S'abonner",
  open: "S'abonner avec mon application",
  otherwise:
    "Si rien ne s'ouvre, ajoutez un calendrier « à partir d'une adresse » (Outlook : « S'abonner à partir du web » ; Google Agenda : « À partir de l'URL ») et collez celle-ci :",
  secret: {
    person:
      "Cette adresse est la vôtre : qui l'a peut lire ces dates, sans pouvoir répondre à rien. Vous pouvez en changer depuis vos préférences, au bas de chaque message.",
    edition: "Qui a cette adresse peut lire ces dates, et rien d'autre. La commande « troismains cohort calendar » en donne une nouvelle.",
  },
  download: 'Télécharger le fichier, sans les mises à jour',
  ahead: 'Ce qui vient',
  none: 'Aucune date à venir pour le moment.',
  days: (from: string, until: string) => `du ${from} au ${until}`,
});

/** The shape every language fills. */
export type CalendarWords = typeof calendar;
