import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';

/** How a French participle agrees with what is awaited: "attendu", "attendue", "attendus", "attendues". In English only the number counts. */
export type Agreement = '' | 'e' | 's' | 'es';

/** Something that is awaited, so that a sentence can be completed: "Votre validation" + "est attendue". */
export interface Awaited {
  text: string;
  agree: Agreement;
}

/** Where the reader stands in time: before the due date, on it, after it. */
export type Moment = 'ahead' | 'today' | 'past';

type Say = (view: AskView) => string;

/** All that a mail says about one kind of ask, in one language. What the reader has to do is always "vous". */
export interface AskWords {
  /** What is awaited of the reader; the rung completes the sentence. */
  awaited: (view: AskView) => Awaited;
  /** Added to the subject, where `awaited` does not say what it is about. */
  topic?: (view: AskView) => string | undefined;
  /** The whole headline, where "is awaited by" would be the wrong sentence. */
  headline?: (view: AskView, moment: Moment, rung: string) => string | undefined;
  /** The original request, whole: repeated in every mail about it. */
  request: Say;
  /** Why this reader. */
  why: Say;
  /** What follows if nobody answers: completes "au-delà, …", or "d'ici là, …" for what never ends by itself. */
  silence: Say;
  /** What happens once it is answered. */
  after: Say;
  /** The button. */
  act: string;
  /** What somebody else has not done: completes "X …". */
  late: Say;
  /** The ask as a thing, for a list or an escalation: "validation de la feuille de route « … »". */
  thing: (view: AskView) => Awaited;
}

/** One kind of ask in every language. */
export type Bilingual = Record<Locale, AskWords>;
