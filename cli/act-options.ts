import { ACT_FIELDS, ACTS, type ActField, LISTS, ROLES } from '../domain/acts.js';
import type { Words } from '../domain/words.js';

const WHAT: Record<ActField, Words & { kind?: string }> = {
  ask: { kind: 'id', fr: 'la demande', en: 'the ask' },
  person: { kind: 'id', fr: 'la personne', en: 'the person' },
  to: { kind: 'id', fr: "à qui cela passe, dans l'édition", en: 'to whom it passes, in the edition' },
  name: { kind: 'text', fr: 'son nom', en: 'their name' },
  email: { kind: 'address', fr: 'son adresse', en: 'their address' },
  role: { kind: 'role', fr: `son rôle : ${ROLES.join(', ')}`, en: `their role: ${ROLES.join(', ')}` },
  into: { kind: 'list', fr: `aussi dans une liste : ${LISTS.join(', ')}`, en: `into a list too: ${LISTS.join(', ')}` },
  language: { kind: 'fr|en', fr: 'sa langue', en: 'their language' },
  date: { kind: 'date', fr: 'la date', en: 'the date' },
  from: { kind: 'date', fr: 'le premier jour', en: 'the first day' },
  until: { kind: 'date', fr: 'le dernier jour', en: 'the last day' },
  step: { kind: 'step', fr: "l'étape", en: 'the step' },
  body: { kind: 'id', fr: "l'instance", en: 'the body' },
  project: { kind: 'id', fr: 'le projet', en: 'the project' },
  silent: { fr: 'sans prévenir du retour', en: 'telling nobody of it' },
  mail: { kind: 'mail', fr: 'le mail : son numéro, ou DEMANDE/PERSONNE/ÉCHELON', en: 'the mail: its number, or ASK/PERSON/RUNG' },
  whom: {
    kind: 'whom',
    fr: 'à qui : everybody, des rôles, des demandes, entre virgules',
    en: 'to whom: everybody, roles, asks, between commas',
  },
  subject: { kind: 'text', fr: "l'objet", en: 'the subject' },
  text: { kind: 'text', fr: 'le message, en texte simple', en: 'the message, in plain text' },
  length: { kind: 'length', fr: 'sa durée : 10wd, 42d ou 6w', en: 'its length: 10wd, 42d or 6w' },
};

const actsWith = (field: ActField): string =>
  Object.entries(ACTS)
    .filter(([, { needs, may }]) => [...needs, ...may].some((one) => one === field))
    .map(([name]) => name)
    .join(', ');

/** An option for each field of an act, and the acts that have it. */
export const ACT_OPTIONS: Record<string, Words> = Object.fromEntries(
  ACT_FIELDS.map((field) => {
    const { kind, fr, en } = WHAT[field];
    return [
      kind === undefined ? `--${field}` : `--${field} <${kind}>`,
      { fr: `${fr} (${actsWith(field)})`, en: `${en} (${actsWith(field)})` },
    ];
  }),
);
