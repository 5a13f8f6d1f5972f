import type { Outcome, ProjectOutcome, Verdict } from './asks.js';
import type { CivilDate } from './calendar.js';
import type { CircuitStepId, PhaseId, StepId } from './steps.js';

/** What a story tells the database, once: the same question later gets the same answer, as with a settled ask. */
export type FactSpec =
  /** A step is over: `on` is the day of its last settled ask; `version` of the document it ended with. */
  | { what: 'finished'; step: StepId; project?: string; version: number; generation: number; outcome: StepOutcome }
  /** The retained applications become projects, and all letters leave together. Items: project ids. */
  | { what: 'projects'; step: 'selection-approval'; version: number; generation: number }
  /** The days of a project's field sessions, fixed when its roadmap is approved. Items: dates. */
  | { what: 'sessions'; step: 'field'; project: string; version: 1; generation: number }
  /** The sitting a circuit goes to: the first whose filing day is not before `after`. Items: its date, or nothing when none is left. */
  | { what: 'sitting'; step: CircuitStepId; project?: string; version: number; generation: number; after: CivilDate; adjourned?: CivilDate }
  | { what: 'project-ended'; step: StepId; project: string; version: 1; generation: number; outcome: ProjectOutcome }
  | { what: 'edition-ended'; step: StepId; version: 1; generation: number; outcome: 'closed' | 'cancelled' };

/** How a step ended: an ask's outcome, a circuit's verdict, or not asked at all. */
export type StepOutcome = Outcome | Verdict | 'skipped';

/** What was recorded of a fact. */
export interface Recorded {
  id: string;
  on: CivilDate;
  items: string[];
}

/** Under which a step's generation is kept: its own, or that of one project. */
export const generationKey = (step: StepId, project = ''): string => (project === '' ? step : `${step}/${project}`);

/** The id of a fact, derived from what it says, so that telling it twice records it once. */
export function factId(edition: string, fact: FactSpec): string {
  const project = 'project' in fact ? (fact.project ?? '-') : '-';
  const after = fact.what === 'sitting' ? `.${fact.adjourned ?? 'first'}` : '';
  return `${edition}.${fact.step}.${fact.what}.${project}.v${fact.version}.g${fact.generation}${after}`;
}

/** The shape of one edition's story: what a workflow must know to walk through it, without a name in it. */
export interface Outline {
  /** Stages of each circuit, and whether a sitting ends it. */
  circuits: Record<CircuitStepId, { stages: number; sitting: boolean }>;
  hasEvaluator: boolean;
  hasRelays: boolean;
  /** The generation each step starts from (`generationKey`); a step not named starts from 1. */
  generations: Readonly<Record<string, number>>;
  /** How often somebody went back to a step: a run that knows less begins again from the top. */
  back?: number;
  /** An opening may concern hundreds: review in an ordinary activity, not a local one. */
  large: boolean;
  /** After so many events since its walk through what was settled, a run continues as new; left out, when the server suggests it (at 4 096). */
  continueAfter?: number;
}

/** What the engine's own screen is told, in plain words and ids: phase, roles waited for, the earliest due instant. */
export interface Standing {
  phase: PhaseId | 'closed';
  waitingOn: string[];
  dueAt: number | null;
  details: string;
  summary: string;
}
