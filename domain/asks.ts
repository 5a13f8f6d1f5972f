import type { CivilDate } from './calendar.js';
import type { StepId } from './steps.js';

/** Every kind of question the programme puts to people (programme.md, "Who is asked, and when it is enough"). */
export const askKinds = [
  'interview',
  'document',
  'approve',
  'relay',
  'apply',
  'eligibility',
  'shortlist',
  'seat',
  'prepare',
  'interests',
  'score',
  'deliberation',
  'pairs',
  'introduction',
  'session',
  'report',
  'proposal',
  'sitting',
  'decide',
] as const;
export type AskKind = (typeof askKinds)[number];

/** How an ask ended. `complete`: enough; `partial`/`none`: its end came first; `closed`: by a coordinator; `cancelled`: step left or version voided. */
export type Outcome = 'complete' | 'partial' | 'none' | 'closed' | 'cancelled';

/** How a circuit ended. */
export type Verdict = 'approved' | 'changes-requested' | 'refused' | 'undecided';

/** How a project ended. */
export type ProjectOutcome = 'agreement' | 'scale-up' | 'end' | 'not-started' | 'dropped';

/** What coordinators may choose when something is lacking. */
export type Choice = 'extend' | 'go-on' | 'in-place' | 'move' | 'drop' | 'drop-project' | 'end-edition';

/** The natural key of an ask: two registrations with one key are one ask, whatever runs, restarts or repeats. */
export interface AskKey {
  step: StepId;
  kind: AskKind;
  project?: string;
  /** Version of the document asked about; 1 where there is none. */
  version: number;
  /** Stage of a circuit (`1`), session or sitting date, pair, application: what tells two asks of one kind apart. */
  part?: string;
  /** Raised when the same thing is asked again: extended by a coordinator, or a step gone back to. */
  generation: number;
}

/** What a story registers with the pump: the key, and what its length is counted from. */
export interface AskSpec extends AskKey {
  /** Finish date of what came before inside the step; left out, the finish of the step's predecessors. */
  after?: CivilDate;
  /** For `decide`: what may be chosen here. */
  choices?: Choice[];
  /** For `decide`: the id of the ask that is lacking something, if one ask is. */
  about?: string;
}

/** The recorded outcome of a settled ask, as a story sees it: words of the code and ids, never what people wrote. */
export interface Settled {
  id: string;
  outcome: Outcome;
  /** Finish date: the day of the deciding answer, or of the deadline. */
  on: CivilDate;
  /** What was decided, where the kind decides something (`approved`, `held`, `adopted`, `extend`, `scale-up` …). */
  result?: string;
  /** Ids that the answer names: applications, people, pairs, dates. */
  items?: string[];
}

/** The id of an ask, derived from its key: the same for ever, readable, without a name in it. */
export function askId(edition: string, key: AskKey): string {
  return [edition, key.step, key.kind, key.project ?? '-', `v${key.version}`, key.part ?? '-', `g${key.generation}`].join('.');
}

/** How one person's place in an ask ended. */
export type AnswerState = 'answered' | 'declined' | 'delegated' | 'missed' | 'not-needed';
