import { strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import type { MailContent } from '../../domain/mails.js';
import { capital, inline, quoted } from '../../domain/phrases.js';
import { type Locale, STEP_WORDS, type Words, workingDays } from '../../domain/words.js';
import { type Message, paragraph, sentences } from '../blocks.js';
import { hello, kickerLine, personal, signature, whyLabel } from '../words/common.js';

type Risk = Extract<MailContent, { template: 'risk' }>;

const sort: Words = { fr: 'marge du calendrier', en: 'slack of the schedule' };
const see: Words = { fr: 'Voir le calendrier', en: 'See the schedule' };
const because: Words = {
  fr: 'La marge de ce qui reste à faire vient de franchir un seuil : cinq jours ouvrés, puis zéro. La coordination en est prévenue à chaque fois, une seule fois.',
  en: 'The slack of what remains to be done has just gone through a threshold: five working days, then zero. Coordinators are told each time, once.',
};

/** Slack fell through five working days, or through zero: what is at risk, and which sitting would be missed. */
export function risk(content: Risk): Message {
  const { edition, reader, project, slackWorkingDays, steps, target } = content;
  const { locale } = reader;
  const fr = locale === 'fr';
  const title = project === undefined ? undefined : quoted(project, locale);
  const heading = headingOf(slackWorkingDays, dateInWords(target, content, locale), title, locale);
  const what = steps.map((step) => STEP_WORDS[step][locale]);
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        sentences(
          slackWorkingDays > 0
            ? fr
              ? `Tout retard de plus de ${strong(workingDays(slackWorkingDays, 'fr'))} repousserait la restitution, prévue le ${strong(dateInWords(target, content, 'fr'))}.`
              : `Any delay of more than ${strong(workingDays(slackWorkingDays, 'en'))} would put off the restitution, planned on ${strong(dateInWords(target, content, 'en'))}.`
            : slackWorkingDays === 0
              ? fr
                ? `Tout nouveau retard repousse la restitution, prévue le ${strong(dateInWords(target, content, 'fr'))}.`
                : `Any further delay puts off the restitution, planned on ${strong(dateInWords(target, content, 'en'))}.`
              : fr
                ? `Il manque ${strong(workingDays(-slackWorkingDays, 'fr'))} pour tenir la restitution, prévue le ${strong(dateInWords(target, content, 'fr'))}.`
                : `${strong(workingDays(-slackWorkingDays, 'en'))} are missing to keep the restitution, planned on ${strong(dateInWords(target, content, 'en'))}.`,
          missed(content, locale),
        ),
      ),
      ...(what.length === 0 ? [] : [paragraph(fr ? 'Ce qui est en jeu :' : 'What is at stake:'), { is: 'list' as const, items: what }]),
      paragraph(
        fr
          ? "Sur la page, vous voyez qui est attendu, et ce que changerait une date déplacée avant de la déplacer. Rien n'est modifié sans vous."
          : 'On the page you see who is awaited, and what moving a date would change before you move it. Nothing is changed without you.',
      ),
      { is: 'button', label: see[locale], href: content.console },
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`, personal[locale]],
    signature: signature(edition),
  };
}

function headingOf(slack: number, target: string, project: string | undefined, locale: Locale): string {
  const fr = locale === 'fr';
  const line =
    slack > 0
      ? fr
        ? `il reste ${workingDays(slack, 'fr')} de marge avant la restitution du ${target}`
        : `${workingDays(slack, 'en')} of slack left before the restitution of ${target}`
      : slack === 0
        ? fr
          ? `plus aucune marge avant la restitution du ${target}`
          : `no slack left before the restitution of ${target}`
        : fr
          ? `la restitution du ${target} ne tient plus`
          : `the restitution of ${target} can no longer be kept`;
  return project === undefined ? capital(line) : `${project}${fr ? ' : ' : ': '}${line}`;
}

function missed({ sitting, slackWorkingDays: slack, ...clock }: Risk, locale: Locale): string {
  if (sitting === undefined) return '';
  const fr = locale === 'fr';
  const on = `${inline(sitting.body)}, ${fr ? 'le' : 'on'} ${strong(dateInWords(sitting.date, clock, locale))}`;
  if (fr) return slack < 0 ? `Cette séance est manquée : ${on}.` : `Cette séance serait manquée : ${on}.`;
  return slack < 0 ? `This sitting is missed: ${on}.` : `This sitting would be missed: ${on}.`;
}
