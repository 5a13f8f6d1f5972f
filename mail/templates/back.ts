import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { quoted } from '../../domain/phrases.js';
import { STEP_WORDS, type Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Back = Extract<MailContent, { template: 'back' }>;

const sort: Words = { fr: 'retour à une étape', en: 'going back to a step' };
const because: Words = { fr: 'Vous avez pris part à ce qui recommence.', en: 'You took part in what begins again.' };

/** The coordinators went back to a step: whoever was asked something since is told that it counts no more, and that what they wrote is kept. */
export function back({ edition, step, project, reader: { locale } }: Back): Message {
  const fr = locale === 'fr';
  const name = STEP_WORDS[step][locale];
  const heading = fr
    ? `Le programme revient à l'étape ${quoted(name, locale)}`
    : `The programme goes back to the step ${quoted(name, locale)}`;
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      ...(project === undefined
        ? []
        : [
            paragraph(fr ? `Cela concerne le projet ${quoted(project, locale)}.` : `This concerns the project ${quoted(project, locale)}.`),
          ]),
      paragraph(
        fr
          ? 'Les coordinateurs ont décidé de reprendre le programme à cette étape. Ce qui vous avait été demandé depuis ne compte plus ; ce que vous avez écrit est conservé.'
          : 'The coordinators have decided to take the programme up again from this step. What was asked of you since no longer counts; what you wrote is kept.',
      ),
      paragraph(
        fr
          ? "Vous n'avez rien à faire : si votre réponse est de nouveau attendue, un message vous le dira."
          : 'There is nothing for you to do: if your answer is awaited again, a message will say so.',
      ),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
