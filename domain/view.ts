import type { Answer, FormContext, Raw } from './asks/forms.js';
import type { Rung } from './asks/ladder.js';
import type { AnswerState, AskKind, Choice, Outcome } from './asks.js';
import type { CivilDate } from './calendar.js';
import type { StepId } from './steps.js';
import type { Words } from './words.js';

/** What a person is shown about one ask, in a mail or on a page. Gathered by `store/views`, put into words by `mail` and `web`. */
export interface AskView {
  /** Opaque id of this person's place in the ask: what links carry. */
  request: string;
  /** Which generation of links is valid; part of the link's seal. */
  linkN: number;
  /** Business instant of the view, epoch ms. */
  at: number;
  edition: EditionView;
  ask: {
    id: string;
    kind: AskKind;
    step: StepId;
    version: number;
    part?: string;
    generation: number;
    /** Epoch ms; null while it is only announced (a session before 18:00 of its day). */
    openedAt: number | null;
    opensAt: number;
    due: CivilDate;
    dueAt: number;
    /** Last day on which it can be answered; undefined: it never ends by itself. */
    end?: CivilDate;
    endsAt: number | null;
    outcome?: Outcome;
    closedOn?: CivilDate;
  };
  project?: { id: string; title: string; need: string; directorate: string };
  /** For `eligibility` and `apply`: the application asked about. */
  application?: ApplicationView;
  /** For `introduction`: the two sides' names. */
  pair?: { project: string; applicant: string; other: string; purpose: string };
  person: { id: string; name: string; email: string; role: string; locale: 'fr' | 'en' };
  /** The principal, when this person answers for somebody; `named`: it is the principal who named them, and their own page is closed. */
  onBehalfOf?: { id: string; name: string; unreachable?: true; named?: true };
  /** Who would be asked next if this person stays silent. */
  substitute?: { id: string; name: string };
  /** Stage n of m, for `approve`. */
  stage?: { n: number; of: number };
  /** What came before: earlier approvals of this version, or the remarks that sent the former version back. */
  before: { who: string; what: string; on: CivilDate; remarks?: string }[];
  /** The frozen documents this ask is about, newest first. */
  documents: { title: string; version: number; body: string; hash: string; frozenOn: CivilDate; author: string }[];
  /** For score and deliberation: what is asked about, as far as this person may read it. */
  applications: ApplicationView[];
  /** For deliberation and selection-approval: the results of the jury, per application (mean, median, spread = max − min of totals out of 100). */
  scores?: { application: string; title: string; mean: number; median: number; spread: number; jurors: number }[];
  /** For `decide`: what is lacking, and what may be chosen. */
  lacking?: { kind: AskKind; step: StepId; part?: string; outcome: Outcome | 'refused' | 'undecided' | 'not-held' | 'no-sitting' };
  choices: Choice[];
  /** The day of what the ask prepares or reports on, where it has one: the jury's (`seat`, `prepare`, `interests`), the sitting's, with its body's name. */
  event?: { on: CivilDate; body?: string; hours?: { from: string; to: string }; place?: string };
  /** The step that waits for this one, and the day it has to start at the latest: what a silence costs. */
  follows?: { step: StepId; by: CivilDate };
  /** The next automatic reminder to this person, if any. */
  next?: { rung: Rung; at: number };
  /** This person's own answer, or why none is needed any more. */
  closed?: {
    state: AnswerState;
    at: number;
    answer?: Answer;
    by?: string;
    /** Whoever had named this person answers themselves after all. */
    takenBack?: true;
    /** A coordinator took the place away; `by`: whom it was given to. */
    relieved?: true;
    /** This person named somebody who has not answered: they may still answer themselves. */
    mayTakeBack?: true;
  };
  /** They have answered, and may correct it: what was sent counts until then, and `draft` begins with it. */
  reopened?: true;
  /** Of an approval that was not given: who decided, how and when. */
  sentBack?: { by: string; what: 'changes-requested' | 'refused'; on: CivilDate };
  /** What was answered about the version before: what a new version's form begins with. */
  former?: Record<string, string | string[]>;
  /** What was typed and not sent. */
  draft?: Raw;
  /** The number of the draft; left out, nothing was kept yet. */
  draftVersion?: number;
  /** What another tab held, written from an older draft: kept beside the newer one. */
  otherDraft?: Raw;
  form: FormContext;
}

/** What a page or a mail says of an edition. `locale` is the territory's. */
export interface EditionView {
  id: string;
  title: string;
  territory: string;
  timezone: string;
  locale: 'fr' | 'en';
  /** Who to ask: the first coordinator. */
  contact: { name: string; email: string };
  status: 'running' | 'paused' | 'closed' | 'cancelled';
  /** The id of its territory: rights are on it. */
  territoryId: string;
  /** True when the business clock is shifted (demonstration, rehearsal). */
  shifted: boolean;
}

/** An application as a juror or a coordinator reads it. */
export interface ApplicationView {
  id: string;
  title: string;
  need: string;
  summary: string;
  applicant: string;
  material?: string;
  /** What the rules of eligibility say of it, to whoever rules. */
  unmet?: readonly Words[];
}
