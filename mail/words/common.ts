/** What every message says: hello, why, the personal link, who to write to. */

import { inline } from '../../domain/phrases.js';
import type { EditionView } from '../../domain/view.js';
import type { Words } from '../../domain/words.js';

export const hello: Words = { fr: 'Bonjour,', en: 'Hello,' };
export const whyLabel: Words = { fr: 'Pourquoi ce message.', en: 'Why this message.' };
export const whyYouLabel: Words = { fr: 'Pourquoi vous.', en: 'Why you.' };
export const thenLabel: Words = { fr: 'Ensuite.', en: 'What comes next.' };
export const personal: Words = {
  fr: 'Le lien est personnel : ne le transférez pas.',
  en: 'The link is yours alone: please do not forward it.',
};
export const away: Words = {
  fr: "Absent·e, ou ce n'est pas à vous de répondre ? Désignez quelqu'un depuis la page.",
  en: 'Away, or not the right person to answer? Name somebody from the page.',
};

/** The way to one's preferences, under every mail. */
export const preferencesLabel: Words = {
  fr: 'Vos préférences : langue, point hebdomadaire',
  en: 'Your preferences: language, weekly digest',
};

/** Whose software it is, under every mail of an edition: the sender's name is the authority's. */
export const sentWith: Words = { fr: 'envoyé avec Trois Mains', en: 'sent with Trois Mains' };

/** The small line on top: the edition, and what sort of message. */
export const kickerLine = (edition: EditionView, sort: string): string => `${inline(edition.title, 120)} · ${sort}`;

/** Who to write to. */
export const signature = ({ contact }: EditionView): string => `${inline(contact.name, 120)} · ${inline(contact.email, 200)}`;
