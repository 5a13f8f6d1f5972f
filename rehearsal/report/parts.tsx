/** What several parts of the report are made of. */
import type { Child } from 'hono/jsx';
import { type Hand, type StepId, stepOf } from '../../domain/steps.js';
import { HAND_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { ReportContext, ShownMail } from './context.js';

/** A part of the report, under its heading. */
export function Part({
  id,
  title,
  lead,
  class: extra = '',
  children,
}: {
  id: string;
  title: string;
  lead?: string;
  class?: string;
  children?: Child;
}) {
  return (
    <section class={`card ${extra}`.trim()} id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead === undefined ? null : <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** A step's name, with the hand that carries it. */
export function Step({ step, context: { label } }: { step: StepId; context: ReportContext }) {
  return <HandTag hand={stepOf(step).hand} word={label(STEP_WORDS[step])} />;
}

/** A word in the colour of a hand; its name is written for who does not see the colour. */
export function HandTag({ hand, word }: { hand: Hand; word: string }) {
  return <span class={`tag wrap ${hand}`}>{word}</span>;
}

/** The name of a hand. */
export const handWord = (hand: Hand, { label }: ReportContext): string => label(HAND_WORDS[hand]);

/** A link to a mail on the page. A mail may be in another language than the page. */
export function MailLink({ mail, context }: { mail: ShownMail; context: ReportContext }) {
  return (
    <a href={`#${mail.id}`} lang={languageOf(context)}>
      {mail.subject}
    </a>
  );
}

/** The language mails are in, where it is not the page's. */
export const languageOf = ({ rehearsal, locale }: ReportContext): string | undefined =>
  rehearsal.edition.territory.locale === locale ? undefined : rehearsal.edition.territory.locale;
