/**
 * The weekly digest: when it leaves, and what each person may read in it. This file is the whole rule.
 *
 * **Who is told what.** A person is told what is theirs, or what their role makes theirs, once it is settled; nobody is told what a mail of its own
 * will tell, nor what others may not know yet.
 * - *Never in any digest*: scores, interests, the reasons of a decision, what somebody wrote, who asked for changes. News carry none of it.
 * - *Before the letters have left*, no application is named and no news says how far one has come: an applicant who read that the shortlist is
 *   drawn, and was asked nothing, would have read their letter. They are told that the call has closed, and when all decisions leave.
 * - *After them*, whoever was not retained hears nothing more: the edition goes on without them, and a weekly reminder of it would be unkind.
 * - *Who is late* is told as the ladder tells it: to the coordinators; of the coordinators themselves, to the executive.
 * - *A person whom nothing concerned yet* (an expert before there are projects, a substitute who never had to answer) gets nothing until it does; nor does
 *   whoever was named once to answer in somebody's place: the week is told to the person who named them.
 *
 * **What moved.** A digest leaves only if something moved that its reader did not do and was not written to about (`known`).
 */

import { rungTime } from './asks/sending.js';
import type { ProjectOutcome } from './asks.js';
import { type Calendar, type CivilDate, isoWeekOf, mondayOf } from './calendar.js';
import type { StepOutcome } from './facts.js';
import { isPerProject, type StepId } from './steps.js';

/** The instant (epoch ms) at which the digest of a date's week leaves: 09:00 of its Monday, or of the next working day. */
const digestOfWeek = (monday: CivilDate, calendar: Calendar): number => calendar.instantAt(calendar.onOrAfter(monday), rungTime);

/** The last instant at or before this one at which digests were due (epoch ms). Weeks wholly off have theirs with the next week's. */
export function lastDigest(at: number, calendar: Calendar): number {
  for (let monday = mondayOf(calendar.dateOf(at)); ; monday = calendar.addDays(monday, -7)) {
    const due = digestOfWeek(monday, calendar);
    if (due <= at) return due;
  }
}

/** The first instant after this one at which digests are due (epoch ms). */
export function nextDigest(at: number, calendar: Calendar): number {
  for (let monday = mondayOf(calendar.dateOf(at)); ; monday = calendar.addDays(monday, 7)) {
    const due = digestOfWeek(monday, calendar);
    if (due > at) return due;
  }
}

/** The key of a person's digest: one a week, whatever fails and is done again. */
export const digestKey = (person: string, on: CivilDate): string => `digest.${person}.${isoWeekOf(on)}`;

/** Something that moved. Ids and words of the code; nothing that anybody wrote. */
export type News = {
  /** The day on which it happened. */
  on: CivilDate;
  /** Who knows already: their own answer ended it, or a mail of its own told them. */
  known: readonly string[];
} & (
  | { what: 'finished'; step: StepId; project?: string; outcome: StepOutcome }
  /** A circuit sent its document back: changes requested, or refused. */
  | { what: 'sent-back'; step: StepId; project?: string }
  /** A body put its deliberation off to its next sitting. */
  | { what: 'adjourned'; step: StepId; project?: string }
  /** All letters have left: the retained projects are known. */
  | { what: 'projects' }
  | { what: 'session'; project: string; day: CivilDate; held: boolean }
  | { what: 'project-ended'; project: string; outcome: ProjectOutcome }
);

/** What is to come. */
export type Coming = { on: CivilDate; project?: string } /** The day by which a step is planned to be over; the jury's own day. */ & (
  | { what: 'step'; step: StepId }
  | { what: 'session' }
  | { what: 'sitting'; body: string }
  /** All decisions on applications leave, on one day. */
  | { what: 'decisions' }
  | { what: 'restitution' }
);

/** What a person has to do with an edition. */
export interface Part {
  person: string;
  role: string;
  /** They hold or held a place in some ask; a substitute the ladder turned to, once they have answered. */
  asked: boolean;
  juror: boolean;
  /** They sent an application that is still in the selection. */
  applied: boolean;
  /** The projects they carry: as applicant, as directorate. */
  carries: ReadonlySet<string>;
  /** The projects they were introduced to. */
  meets: ReadonlySet<string>;
}

/** A circle of people who are told the same. */
type Circle =
  | 'coordination'
  | 'management'
  | 'executive'
  | 'officials'
  | 'followers'
  | 'evaluators'
  | 'experts'
  | 'field'
  | 'relays'
  | 'jury'
  | 'applicants'
  | 'carriers'
  | 'met';

function isIn(circle: Circle, part: Part, project?: string): boolean {
  switch (circle) {
    case 'coordination':
      return part.role === 'coordinator';
    case 'executive':
      return part.role === 'executive' && part.asked;
    case 'management':
      return (part.role === 'executive' || part.role === 'directorate') && part.asked;
    case 'officials':
      return part.role === 'official';
    case 'followers':
      return part.role === 'evaluator' || part.role === 'expert';
    case 'evaluators':
      return part.role === 'evaluator';
    case 'experts':
      return part.role === 'expert';
    case 'field':
      return part.role === 'field' && part.asked;
    case 'relays':
      return part.role === 'relay' && part.asked;
    case 'jury':
      return part.juror && part.asked;
    case 'applicants':
      return part.applied;
    case 'carriers':
      return project === undefined ? part.carries.size > 0 : part.carries.has(project);
    case 'met':
      return project !== undefined && part.meets.has(project);
  }
}

/** Who is told that a step is over, or when it will be. Left out: nobody, since something else tells it (letters, how a project ended, the results). */
const stepCircles: Partial<Record<StepId, readonly Circle[]>> = {
  interviews: ['coordination', 'management'],
  diagnosis: ['coordination', 'management'],
  'diagnosis-approval': ['coordination', 'management', 'field'],
  'call-writing': ['coordination', 'management', 'field'],
  'call-open': ['coordination', 'management', 'relays', 'applicants'],
  eligibility: ['coordination'],
  shortlist: ['coordination', 'management'],
  jury: ['coordination'],
  'pitch-preparation': ['coordination'],
  pitch: ['coordination', 'executive'],
  introductions: ['coordination', 'carriers'],
  roadmap: ['coordination', 'carriers'],
  'roadmap-approval': ['coordination', 'executive', 'carriers', 'followers', 'met'],
  field: ['coordination', 'executive', 'carriers', 'followers', 'met'],
  'impact-analysis': ['coordination', 'executive', 'carriers'],
  evaluation: ['coordination', 'executive', 'carriers', 'evaluators'],
};

/** Who is told that a document came back: those who will see it again. The selection is nobody's business but the coordinators'. */
const sentBackCircles = (step: StepId): readonly Circle[] =>
  isPerProject(step)
    ? ['coordination', 'executive', 'carriers']
    : step === 'selection-approval'
      ? ['coordination']
      : ['coordination', 'management'];

const sessionCircles: readonly Circle[] = ['coordination', 'carriers', 'evaluators'];
const sittingCircles: readonly Circle[] = ['coordination', 'executive', 'carriers', 'officials'];
const projectsCircles: readonly Circle[] = ['coordination', 'management', 'jury', 'field', 'relays', 'followers', 'officials', 'carriers'];
const endCircles: readonly Circle[] = ['coordination', 'management', 'carriers', 'followers', 'officials', 'met'];

/** Steps that are over also when nothing came; of the others, "deposited" would then be untrue. */
const overAnyway: readonly StepId[] = ['interviews', 'call-open', 'jury', 'introductions', 'field'];
const isSaid = ({ step, outcome }: Extract<News, { what: 'finished' }>): boolean =>
  outcome !== 'skipped' && outcome !== 'cancelled' && outcome !== 'undecided' && (outcome !== 'none' || overAnyway.includes(step));

function circlesOf(news: News): readonly Circle[] {
  switch (news.what) {
    case 'finished':
      return isSaid(news) ? (stepCircles[news.step] ?? []) : [];
    case 'sent-back':
      return sentBackCircles(news.step);
    case 'adjourned':
      return isPerProject(news.step) ? sittingCircles : ['coordination', 'executive'];
    case 'projects':
      return projectsCircles;
    case 'session':
      return sessionCircles;
    case 'project-ended':
      return endCircles;
  }
}

/** Whether a person may read a piece of news in their digest. */
export function mayKnow(part: Part, news: News): boolean {
  const project = 'project' in news ? news.project : undefined;
  return circlesOf(news).some((circle) => isIn(circle, part, project));
}

/** Whether a digest has anything to tell: something moved that its reader did not know. */
export const hasMoved = (part: Part, news: readonly News[]): boolean =>
  news.some((one) => mayKnow(part, one) && !one.known.includes(part.person));

/** Where others are told when a step is due than that it is over. */
const comingCircles: Partial<Record<StepId, readonly Circle[]>> = {
  pitch: ['coordination', 'management', 'jury'],
  field: ['executive', 'experts'], // the others see each session
  'outcome-approval': ['coordination', 'executive', 'carriers'],
};

/** Whether a date to come concerns a person: whoever is told of a thing once it is over is told when it comes. */
export function isComing(part: Part, coming: Coming): boolean {
  const any = (circles: readonly Circle[]) => circles.some((circle) => isIn(circle, part, coming.project));
  switch (coming.what) {
    case 'step':
      return any(comingCircles[coming.step] ?? stepCircles[coming.step] ?? []);
    case 'session':
      return any([...sessionCircles, 'met']);
    case 'sitting':
      return any(sittingCircles);
    case 'decisions':
      return any(['applicants', ...projectsCircles]);
    case 'restitution':
      return any(['coordination', 'management', 'jury', 'field', 'followers', 'officials', 'carriers']);
  }
}

/** Whether a person is told who else is late, as the ladder tells it: the coordinators; of coordinators, the executive. */
export const isToldLate = (part: Part, late: { person: string; role: string }): boolean =>
  part.person !== late.person && (late.role === 'coordinator' ? isIn('executive', part) : part.role === 'coordinator');
