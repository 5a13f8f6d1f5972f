/** The public call and the pages that stand alone, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the public call for applications. */
export const call = french({
  kicker: 'Appel à candidatures',
  dates: 'Dates',
  openUntil: (opens: string, closes: string) => `ouvert depuis le ${opens} ; il se ferme le ${closes}`,
  notYet: (opens: string) => `L'appel ouvre le ${opens}. Revenez à cette date : aucune candidature n'est prise avant.`,
  closed: (closes: string) => `L'appel s'est fermé le ${closes}. Aucune candidature ne peut plus être envoyée.`,
  needs: 'Les besoins',
  start: 'Commencer une candidature',
  startLead:
    "Donnez un nom et une adresse : un lien y est envoyé. La candidature commence quand vous l'ouvrez ; il vous ramène ensuite à votre brouillon.",
  name: 'Votre nom',
  email: 'Votre adresse de messagerie',
  title: 'Le nom de votre solution',
  titleHint: 'Vous pourrez le changer.',
  button: 'Recevoir le lien',
  sentTitle: 'Regardez votre messagerie',
  sent: (email: string, { name, email: contact }: { name: string; email: string }) =>
    `Un lien part vers ${email}. Il sert pendant sept jours à commencer votre candidature, ou à y revenir ; rien n'est commencé avant.

Rien dans quelques minutes ? Regardez dans les indésirables. Un lien reçu plus tôt sert toujours. Sinon, écrivez à ${name}, ${contact}.`,
  beginTitle: 'Commencer votre candidature',
  begunTitle: 'Votre candidature est commencée',
  begin: 'Commencer ma candidature',
  goOn: 'Ouvrir ma candidature',
  notMeTitle: "Ce n'est pas vous ?",
  notMeLead:
    "Quelqu'un a donné votre adresse. Ce qui a été tapé est effacé tout de suite, avec le brouillon s'il y en a un ; ce qui a été envoyé reste.",
  notMe: "Ce n'est pas moi",
  forgottenTitle: "C'est effacé",
  forgotten: "Ce qui avait été tapé avec votre adresse est effacé. Vous n'avez rien d'autre à faire.",
  goneTitle: 'Ce lien ne sert plus',
  gone: "Un lien pour commencer une candidature sert pendant sept jours. Revenez à la page de l'appel et donnez de nouveau votre adresse : un autre vous est envoyé.",
  correcting: 'Votre candidature envoyée compte toujours : elle ne change que si vous renvoyez ce formulaire avant la clôture.',
  draft: "Ceci est un brouillon, pas encore une candidature : rien n'est envoyé.",
  started: (email: string) => `Nous avons aussi envoyé un lien à ${email} : il vous ramène ici, sur tout appareil.`,
  closesAt: 'Clôture',
  closesFirm: (when: string) => `${when}, heure ferme`,
  save: 'Garder le brouillon',
  refused: "Votre brouillon n'est pas devenu une candidature",
  accessibility: {
    title: 'Accessibilité : non conforme',
    body: `Ce service n'a pas encore fait l'objet d'un audit par un tiers. La loi demande dans ce cas d'écrire « non conforme », et nous l'écrivons.

Ce que nous vérifions à chaque modification : chaque page est utilisable au clavier seul, sans script, à 320 pixels de large ; un contrôle automatique (axe-core, règles WCAG 2.2 AA) n'y trouve pas d'erreur sérieuse ; chaque champ a un intitulé, chaque erreur un lien vers le champ.

Ce que nous savons imparfait : le rétroplanning est un dessin, que le tableau de dates placé dessous remplace entièrement.

Une page vous résiste ? Écrivez à la personne indiquée au bas de votre mail : elle peut recevoir votre réponse autrement et l'enregistrer. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.`,
  },
  data: {
    title: 'Vos données',
    body: `Ce que nous gardons : votre nom, votre adresse de messagerie, votre rôle, ce que vous répondez et quand. Rien d'autre : pas de mesure d'audience, pas d'image cachée dans les mails, aucun service extérieur.

Pourquoi : conduire l'édition à laquelle vous participez, et pouvoir dire qui a décidé quoi. La collectivité qui conduit l'édition en est responsable.

Qui lit : la coordination lit vos réponses ; les personnes qui valident le diagnostic lisent les entretiens, et celles qui valident, les documents figés ; celles qui dressent le bilan d'un projet lisent ce qui a été dit de ses séances ; les jurés ne lisent que les candidatures avec lesquelles ils n'ont pas de lien.

Un cookie, strictement nécessaire, remplace le lien de votre mail pendant que votre navigateur est ouvert. Qui entre dans la console en a trois autres : sa session (douze heures), le navigateur qui a demandé le lien (une heure), et qu'il a déjà servi à entrer (quatre-vingt-dix jours). Aucun ne sert à autre chose.

Vos droits : accès, rectification, effacement, opposition. Écrivez à la personne indiquée au bas de votre mail, ou à la CNIL si sa réponse ne vous convient pas.`,
  },
});

/** The shape every language fills. */
export type CallWords = typeof call;
