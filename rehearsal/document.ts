import type { AnswerState, AskKind, Outcome } from '../domain/asks.js';
import type { Calendar, CivilDate } from '../domain/calendar.js';
import type { Template } from '../domain/mails.js';
import type { Plan } from '../domain/plan.js';
import { STEP_IDS, type StepId } from '../domain/steps.js';
import type { LivedStep } from '../store/facts.js';
import type { Guarantee } from './guarantees.js';
import type { LivedAsk, LivedEdition, LivedMail } from './record.js';

/** A local time to the minute with its offset: `2023-01-16T09:00+01:00`. */
export type Minute = string;

/** What `rehearse --json` prints and `report.json` holds (experience.md). Dates are `YYYY-MM-DD`. */
export interface RehearsalDocument {
  edition: string;
  seed: number;
  virtual: { from: Minute; to: Minute };
  wallSeconds: number;
  steps: RehearsedStep[];
  asks: RehearsedAsk[];
  mails: RehearsedMail[];
  projects: { id: string; outcome: string | null }[];
  guarantees: Guarantee[];
  history: { workflows: number; events: number };
  /** Only when it never came to its end: until when it was lived, and who is still waited for. */
  stopped?: { at: Minute; waitingOn: { ask: string; kind: AskKind; step: StepId; version: number; person: string; opened: Minute }[] };
}

/** One step, and one per project from the introductions on: its last version. */
export interface RehearsedStep {
  id: StepId;
  project?: string;
  started: CivilDate;
  /** null: still running when the rehearsal was stopped. */
  finished: CivilDate | null;
  /** The last day it could end on, in the plan as foreseen. */
  latestFinish: CivilDate | null;
  /** Working days after `finished`, up to and including `latestFinish`; negative when it ended after it. */
  slackWorkingDays: number | null;
  outcome?: string;
}

/** One ask, and each person's place in it. */
export interface RehearsedAsk {
  id: string;
  kind: AskKind;
  step: StepId;
  project?: string;
  part?: string;
  version: number;
  opened: Minute | null;
  due: CivilDate;
  /** Last day on which it could be answered; null: it never ends by itself. */
  end: CivilDate | null;
  closed: Minute | null;
  outcome: Outcome | null;
  people: { person: string; closed: Minute | null; answer: AnswerState | null; mails: number }[];
}

/** One mail that left. */
export interface RehearsedMail {
  at: Minute;
  to: string;
  person: string;
  template: Template;
  subject: string;
  asks: { ask: string; rung: string; about?: string }[];
  messageId: string;
}

/** What a document is made from. */
export interface DocumentInputs {
  edition: string;
  seed: number;
  from: number;
  wallSeconds: number;
  /** The plan as foreseen. */
  plan: Plan;
  calendar: Calendar;
  record: LivedEdition;
  guarantees: Guarantee[];
  history: RehearsalDocument['history'];
  /** When it was stopped, if it never came to its end, epoch ms. */
  stoppedAt?: number;
}

/** The document of one rehearsal. The same life gives the same document, but for `wallSeconds` and `history`. */
export function rehearsalDocument({
  edition,
  seed,
  from,
  wallSeconds,
  plan,
  calendar,
  record,
  guarantees,
  history,
  stoppedAt,
}: DocumentInputs): RehearsalDocument {
  const minute = (at: number): Minute => calendar.minuteOf(at);
  const last = Math.max(from, ...record.mails.map((mail) => mail.at), ...record.asks.map((ask) => ask.closedAt ?? 0));
  const mails = record.mails.map((mail) => mailOf(mail, minute)).sort(byMail);
  return {
    edition,
    seed,
    virtual: { from: minute(from), to: minute(stoppedAt ?? last) },
    wallSeconds,
    steps: record.lived.map((step) => stepOf(step, plan, calendar)).sort(byStep),
    asks: record.asks
      .map((ask) => askOf(ask, { mails, calendar, minute }))
      .sort((a, b) => compare(a.opened ?? '9', b.opened ?? '9') || compare(a.id, b.id)),
    mails,
    projects: record.projects.map(({ id, outcome }) => ({ id, outcome })),
    guarantees,
    history,
    ...(stoppedAt === undefined ? {} : { stopped: { at: minute(stoppedAt), waitingOn: waitingOn(record.asks, minute) } }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byMail = (a: RehearsedMail, b: RehearsedMail) =>
  compare(a.at, b.at) || compare(a.person, b.person) || compare(a.messageId, b.messageId);
const byStep = (a: RehearsedStep, b: RehearsedStep) =>
  STEP_IDS.indexOf(a.id) - STEP_IDS.indexOf(b.id) || compare(a.project ?? '', b.project ?? '');

function stepOf({ step, project, started, finished, outcome }: LivedStep, plan: Plan, calendar: Calendar): RehearsedStep {
  const latestFinish = plan.steps.find(({ id }) => id === step)?.latest.finish ?? null;
  return {
    id: step,
    ...(project === null ? {} : { project }),
    started,
    finished: finished ?? null,
    latestFinish,
    slackWorkingDays: finished === undefined || latestFinish === null ? null : calendar.count(finished, latestFinish),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function askOf(
  ask: LivedAsk,
  { mails, calendar, minute }: { mails: RehearsedMail[]; calendar: Calendar; minute(at: number): Minute },
): RehearsedAsk {
  const { id, kind, step, project, part, version, openedAt, due, endsAt, closedAt, outcome } = ask;
  const about = mails.filter((mail) => mail.asks.some((item) => item.ask === id && item.about === undefined));
  const to = (person: string) => about.filter((mail) => mail.person === person).length;
  return {
    id,
    kind,
    step,
    ...(project === null ? {} : { project }),
    ...(part === null ? {} : { part }),
    version,
    opened: openedAt === null ? null : minute(openedAt),
    due,
    end: endsAt === null ? null : calendar.dateOf(endsAt - 1),
    closed: closedAt === null ? null : minute(closedAt),
    outcome,
    people: [...ask.people]
      .sort((a, b) => compare(a.person, b.person))
      .map(({ person, closed, closedAt: at }) => ({ person, closed: at === null ? null : minute(at), answer: closed, mails: to(person) })),
  };
}

function mailOf({ at, to, person, template, subject, asks, messageId }: LivedMail, minute: (at: number) => Minute): RehearsedMail {
  const items = asks.map(({ ask, rung, about }) => ({ ask, rung, ...(about === undefined ? {} : { about }) }));
  return { at: minute(at), to, person, template, subject, asks: items.sort((a, b) => compare(a.ask + a.rung, b.ask + b.rung)), messageId };
}

/** Who is asked something that nobody has answered. */
function waitingOn(asks: readonly LivedAsk[], minute: (at: number) => Minute) {
  return asks.flatMap(({ id, kind, step, version, openedAt, outcome, people }) =>
    outcome !== null || openedAt === null
      ? []
      : people
          .filter(
            (place) =>
              place.closed === null && !people.some((p) => p.seat === place.seat && (p.closed === 'answered' || p.closed === 'declined')),
          )
          .map(({ person }) => ({ ask: id, kind, step, version, person, opened: minute(openedAt) })),
  );
}
