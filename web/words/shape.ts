/** The shape of what pages say: complete for every kind of ask, in every language, checked at compile time. */
import type { AskKind } from '../../domain/asks.js';
import type { AskView } from '../../domain/view.js';

/** What a page says of one kind of ask. */
export interface AskWords {
  /** The title of the page: a question. */
  title(view: AskView): string;
  /** What is asked, in one or two sentences. */
  lead(view: AskView): string;
  /** Why this person. */
  why(view: AskView): string;
  /** What happens once it is answered. */
  next(view: AskView): string;
  /** The one button. */
  button: string;
  /** The title of the page once this person has answered. */
  done: string;
  /** A short name for lists: "validation", "entretien". */
  noun: string;
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

/** The fields of each kind, by name, as `domain/forms` asks them. */
export interface FieldNames {
  interview: 'problems' | 'existing' | 'missing' | 'leads';
  document: 'title' | 'body';
  approve: 'decision' | 'remarks';
  relay: 'spread' | 'remarks';
  apply: 'title' | 'need' | 'summary';
  eligibility: 'eligible' | 'reason';
  shortlist: 'applications' | 'reason';
  seat: 'seat';
  prepare: 'confirm' | 'material';
  interests: 'conflicts' | 'nature';
  score: 'scores' | 'remarks';
  deliberation: 'retained' | 'reserve' | 'reason';
  pairs: 'people' | 'purpose';
  introduction: 'met' | 'remarks';
  session: 'held' | 'attendance' | 'indicators';
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

/** The words of every field of every kind. */
export type KindFields = { [K in AskKind]: (view: AskView) => Record<FieldNames[K], FieldWords> };
