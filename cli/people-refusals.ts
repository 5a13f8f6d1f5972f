/** Why an act on people is refused, in words. */
import type { PeopleRefusal } from '../domain/preview.js';
import type { Words } from '../domain/words.js';

/** Each in words: what, and what to do. */
export const PEOPLE_REFUSALS: Record<PeopleRefusal, Words> = {
  'no-person': {
    fr: "Cette personne n'est pas dans l'édition : voir « troismains person list ». Rien n'a été fait.",
    en: 'There is no such person in the edition: see "troismains person list". Nothing was done.',
  },
  left: {
    fr: "Cette personne ne prend plus part à l'édition : rien n'a été fait.",
    en: 'They take part in the edition no more: nothing was done.',
  },
  same: { fr: "C'est déjà ainsi : rien n'a été fait.", en: 'It is so already: nothing was done.' },
  'in-already': {
    fr: "La question est déjà posée à cette personne, ou elle y a déjà répondu : rien n'a été fait.",
    en: 'They are asked already, or have answered: nothing was done.',
  },
  own: {
    fr: "Notes du jury, liens d'intérêt et candidatures ne passent à personne, et les notes ne se rouvrent pas : rien n'a été fait.",
    en: 'Marks, interests and applications pass to nobody, and marks are not reopened: nothing was done.',
  },
  'not-awaited': {
    fr: "Cette personne n'y est pas attendue : rien n'a été fait.",
    en: 'No answer is awaited of them there: nothing was done.',
  },
  judges: {
    fr: "Qui a envoyé une candidature ne juge pas : rien n'a été fait.",
    en: 'Whoever submitted an application does not judge: nothing was done.',
  },
  role: {
    fr: "Cette personne a déjà un rôle, et n'en tient pas deux : donner un nom et une adresse (--name, --email). Rien n'a été fait.",
    en: 'They have a role already, and cannot have both: give a name and an address (--name, --email). Nothing was done.',
  },
  name: { fr: "Il faut un nom, en une ligne : --name. Rien n'a été fait.", en: 'A name is needed, on one line: --name. Nothing was done.' },
  address: { fr: "Ce n'est pas une adresse : rien n'a été fait.", en: 'This is not an address: nothing was done.' },
  taken: {
    fr: "Quelqu'un d'autre a cette adresse dans cette édition : rien n'a été fait.",
    en: 'Somebody else has this address in this edition: nothing was done.',
  },
  works: {
    fr: "Les messages arrivent à l'adresse de cette personne : un compte ne la remplace pas. Sans --as, elle est remplacée. Rien n'a été fait.",
    en: 'Mails arrive at their address: an account does not replace it. Without --as it is replaced. Nothing was done.',
  },
  'last-coordinator': {
    fr: "C'est la dernière personne de la coordination : la remplacer d'abord (replace). Rien n'a été fait.",
    en: 'They are the last coordinator: replace them first. Nothing was done.',
  },
  approver: {
    fr: "Cette personne valide dans un circuit : la remplacer (replace). Rien n'a été fait.",
    en: 'They approve in a circuit: replace them. Nothing was done.',
  },
  directorate: {
    fr: "Cette personne porte un besoin : la remplacer (replace). Rien n'a été fait.",
    en: 'They carry a need: replace them. Nothing was done.',
  },
  applicant: {
    fr: "Cette personne porte un projet : la remplacer (replace). Rien n'a été fait.",
    en: 'They carry a project: replace them. Nothing was done.',
  },
  unanswered: { fr: "Cette personne n'y a pas répondu : rien n'a été fait.", en: 'They have not answered it: nothing was done.' },
  reopened: { fr: "Sa réponse est déjà rouverte : rien n'a été fait.", en: 'Their answer is reopened already: nothing was done.' },
};
