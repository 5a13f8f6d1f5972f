import type { ProjectOutcome } from '../../domain/asks.js';
import { clean, strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { quoted } from '../../domain/phrases.js';
import type { Locale, Words } from '../../domain/words.js';
import { type Block, type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Outcome = Extract<MailContent, { template: 'outcome' }>;

const sort: Words = { fr: 'décision', en: 'decision' };
const headings: Record<ProjectOutcome, Record<Locale, (title: string) => string>> = {
  agreement: { fr: (t) => `${t} : une convention est décidée`, en: (t) => `${t}: an agreement is decided` },
  'scale-up': { fr: (t) => `${t} : le passage à l'échelle est décidé`, en: (t) => `${t}: a scale-up is decided` },
  end: { fr: (t) => `${t} : l'expérimentation s'arrête à son terme`, en: (t) => `${t}: the experiment ends with its term` },
  'not-started': { fr: (t) => `${t} : l'expérimentation ne commencera pas`, en: (t) => `${t}: the experiment will not start` },
  dropped: { fr: (t) => `${t} : l'expérimentation est arrêtée`, en: (t) => `${t}: the experiment is stopped` },
};
const bodies: Record<ProjectOutcome, Words> = {
  agreement: {
    fr: "Le circuit de validation est allé à son terme : une convention prolonge l'expérimentation. La direction porteuse prend contact avec le projet pour la suite.",
    en: 'The circuit of approvals is complete: an agreement carries the experiment on. The directorate that carries it will contact the project.',
  },
  'scale-up': {
    fr: "Le circuit de validation est allé à son terme : l'expérimentation passe à l'échelle. La direction porteuse prend contact avec le projet pour la suite.",
    en: 'The circuit of approvals is complete: the experiment is scaled up. The directorate that carries it will contact the project.',
  },
  end: {
    fr: "La décision est prise : l'expérimentation ne se prolonge pas. Ce qu'elle a montré sera présenté à la restitution.",
    en: 'The decision is taken: the experiment is not carried on. What it has shown will be presented at the restitution.',
  },
  'not-started': {
    fr: "La feuille de route n'a pas été validée : il n'y aura pas de séance sur le terrain. Vous ne recevrez plus de demande au sujet de ce projet.",
    en: 'The roadmap was not approved: there will be no session in the field. You will get no more requests about this project.',
  },
  dropped: {
    fr: "Les coordinateurs ont décidé d'arrêter l'expérimentation. Vous ne recevrez plus de demande au sujet de ce projet.",
    en: 'The coordinators have decided to stop the experiment. You will get no more requests about this project.',
  },
};
const reasons: Words = { fr: 'Les raisons données :', en: 'The reasons given:' };
const questions: Words = {
  fr: "Pour toute question, ou pour en parler, écrivez à l'adresse qui figure au bas de ce message.",
  en: 'If you have a question, or would like to talk about it, write to the address at the bottom of this message.',
};
const because: Words = { fr: 'Vous portez ce projet, ou vous le suivez.', en: 'You carry this project, or follow it.' };

/** How a project ended, to those who carried it: nobody learns it from silence. */
export function outcome({ edition, reader: { locale }, outcome: word, project, reason }: Outcome): Message {
  const heading = headings[word][locale](quoted(project, locale));
  const why: Block[] = clean(reason).trim() === '' ? [] : [paragraph(reasons[locale]), { is: 'quote', text: clean(reason).trim() }];
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [paragraph(hello[locale]), paragraph(bodies[word][locale]), ...why, paragraph(questions[locale])],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
