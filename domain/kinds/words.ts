import type { AskKind } from '../asks.js';
import type { AskView } from '../view.js';

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
export interface MailWords {
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

/** What a page says of one kind of ask. */
export interface PageWords {
  /** The title of the page: a question. */
  title: Say;
  /** What is asked, in one or two sentences. */
  lead: Say;
  /** Why this person. */
  why: Say;
  /** What happens once it is answered. */
  next: Say;
  /** The one button. */
  button: string;
  /** The title of the page once this person has answered. */
  done: string;
  /** A short name for lists: "validation", "entretien". */
  noun: string;
}

/** How a page asks for one document, and what it is called when it is approved. */
export interface PageDocument {
  question: string;
  lead: string;
  why: string;
  next: string;
  approved: string;
  body: string;
}

/** One thing to choose: what it is called, and what it will do. */
export interface OptionWords {
  label: string;
  hint?: string;
}

/** One field: its label, who reads it or how much is enough, and its choices. */
export interface FieldWords {
  label: string;
  hint?: string;
  /** Its hint says when it is needed: it is not marked as optional. */
  conditional?: true;
  options?: Record<string, OptionWords>;
}

/** The fields of each kind, by name, as the kind asks them. */
export interface FieldNames {
  interview: 'problems' | 'existing' | 'missing' | 'leads';
  document: 'title' | 'body';
  approve: 'decision' | 'remarks';
  relay: 'spread' | 'remarks';
  apply: 'title' | 'organisation' | 'need' | 'team' | 'summary';
  eligibility: 'eligible' | 'reason';
  shortlist: 'applications' | 'reasons' | 'reason';
  seat: 'seat';
  prepare: 'confirm' | 'material';
  interests: 'conflicts' | 'nature';
  score: 'scores' | 'remarks';
  deliberation: 'retained' | 'reserve' | 'reasons' | 'reason' | 'minutes';
  pairs: 'people' | 'purpose';
  introduction: 'met' | 'remarks';
  session: 'held' | 'attendance' | 'newcomers' | 'indicators';
  report: 'body' | 'economic' | 'social';
  proposal: 'outcome' | 'terms';
  sitting: 'decision' | 'remarks';
  decide: 'choice' | 'date' | 'title' | 'body' | 'reason';
}

/** What is chosen rather than typed: pressed again in a moment, and a code of ours until it is put into words. */
type Chosen =
  | 'decision'
  | 'spread'
  | 'need'
  | 'eligible'
  | 'applications'
  | 'seat'
  | 'confirm'
  | 'conflicts'
  | 'retained'
  | 'reserve'
  | 'people'
  | 'met'
  | 'held'
  | 'outcome'
  | 'choice';

/** The fields of every form that hold what somebody typed. */
export type TypedNames = Exclude<FieldNames[AskKind], Chosen> | 'name' | 'email';

/** What "not enough" means, where it is not just a missing answer: as a thing, and as a sentence. */
export interface TooFew {
  thing: string;
  sentence: string;
}

/** All that is said of one kind of ask, in one language. */
export interface KindWords<K extends AskKind> {
  page: PageWords;
  fields(view: AskView): Record<FieldNames[K], FieldWords>;
  /** That nothing came, for whoever decides how to go on. */
  lacking: string;
  tooFew?: TooFew;
  mail: MailWords;
}

/** The words of every kind, in one language. A kind without its words does not compile. */
export type Words = { [K in AskKind]: KindWords<K> };
