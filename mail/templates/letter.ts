import { clean, strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline, quoted } from '../../domain/phrases.js';
import type { Locale, Words } from '../../domain/words.js';
import { type Block, type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Letter = Extract<MailContent, { template: 'letter' }>;
type Fate = Letter['fate'];

const sort: Words = { fr: 'décision', en: 'decision' };
const headings: Record<Fate, Record<Locale, (title: string) => string>> = {
  retained: { fr: (title) => `Votre projet ${title} est retenu`, en: (title) => `Your project ${title} has been selected` },
  reserve: { fr: (title) => `Votre projet ${title} est placé en réserve`, en: (title) => `Your project ${title} is on the reserve list` },
  'not-retained': { fr: (title) => `Votre projet ${title} n'est pas retenu`, en: (title) => `Your project ${title} has not been selected` },
};
const bodies: Record<Fate, Record<Locale, (territory: string) => string>> = {
  retained: {
    fr: (territory) =>
      `Le jury vous a entendu·e, et sa délibération a été validée : votre projet sera expérimenté sur le terrain (${territory}). Vous recevrez bientôt une proposition de rencontres, puis la feuille de route de l'expérimentation sera à écrire ensemble.`,
    en: (territory) =>
      `The jury has heard you and its deliberation has been approved: your project will be tried in the field (${territory}). You will soon be introduced to the people you need to meet; then the roadmap of the experiment is to be written together.`,
  },
  reserve: {
    fr: () =>
      "Le jury vous a entendu·e, et sa délibération a été validée. Votre projet n'est pas retenu aujourd'hui, mais il le deviendrait si une place se libérait ; dans ce cas nous vous écririons aussitôt. Vous n'avez rien à faire.",
    en: () =>
      'The jury has heard you and its deliberation has been approved. Your project has not been selected today, but it would be if a place became free; in that case we would write to you at once. There is nothing you need to do.',
  },
  'not-retained': {
    fr: () =>
      "Votre candidature a été examinée, et la décision du jury a été validée : votre projet ne sera pas expérimenté dans cette édition. Nous savons le travail qu'il y a derrière une candidature, et nous vous en remercions.",
    en: () =>
      'Your application has been examined and the decision of the jury has been approved: your project will not be tried in this edition. We know how much work an application takes, and we thank you for it.',
  },
};
const reasons: Words = { fr: 'Les raisons du jury :', en: 'The reasons of the jury:' };
const questions: Words = {
  fr: "Pour toute question, ou pour en parler, écrivez à l'adresse qui figure au bas de ce message.",
  en: 'If you have a question, or would like to talk about it, write to the address at the bottom of this message.',
};
const because: Words = {
  fr: 'Vous avez présenté une candidature à cette édition. Toutes les décisions partent le même jour.',
  en: 'You applied to this edition. All decisions leave on the same day.',
};

/** A decision of the jury, with its reason. All of them leave together. */
export function letter({ edition, reader: { locale }, fate, application, reason }: Letter): Message {
  const heading = headings[fate][locale](quoted(application.title, locale));
  const why: Block[] = clean(reason).trim() === '' ? [] : [paragraph(reasons[locale]), { is: 'quote', text: clean(reason).trim() }];
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [paragraph(hello[locale]), paragraph(bodies[fate][locale](inline(edition.territory))), ...why, paragraph(questions[locale])],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
