/** What an act would change: an edition before it and after, and only what differs (console.md, "What would it change"). */
import type { ActName } from './acts.js';
import type { AskKind } from './asks.js';
import type { Calendar, CivilDate } from './calendar.js';
import type { Plan } from './plan.js';
import { isPerProject, type StepId } from './steps.js';

/** Something before an act, and after it; null: there is, or will be, none. */
export interface Change<T> {
  before: T;
  after: T;
}

/** An ask that has no outcome. `end`: its last day, where it ends by itself. */
export interface AskState {
  ask: string;
  kind: AskKind;
  step: StepId;
  project?: string;
  due: CivilDate;
  end: CivilDate | null;
}

/** A mail that leaves by itself if nobody acts: a rung of an ask, to somebody, about whoever is late. `at`: business instant, epoch ms. */
export interface ComingMail {
  person: string;
  ask: string;
  rung: string;
  about?: string;
  template: string;
  at: number;
}

/** An edition as far as a preview tells of it: its plan and those of its projects that run, its open asks, the mails to come. */
export interface EditionState {
  plan: Plan;
  projects: readonly { id: string; plan: Plan }[];
  asks: readonly AskState[];
  mails: readonly ComingMail[];
}

/** A mail that the act itself queues, with when it is due. */
export interface Told {
  person: string;
  template: string;
  at: number;
}

/** What differs. `workingDays`: by how many the finish of a step moves. */
export interface Differences {
  plan: {
    slackWorkingDays: Change<number | null>;
    target: Change<CivilDate>;
    feasible: Change<boolean>;
    steps: ({ id: StepId; project?: string; workingDays: number } & Change<{ start: CivilDate; finish: CivilDate } | null>)[];
  };
  sittings: ({ body: string; step: StepId; project?: string } & Change<CivilDate | null>)[];
  asks: AskChange[];
  mails: MailChange[];
}

/** An ask that the act opens, closes or moves. */
export type AskChange = Omit<AskState, 'due' | 'end'> & {
  change: 'opened' | 'closed' | 'moved';
  due: Change<CivilDate | null>;
  end: Change<CivilDate | null>;
};

/** A mail that would leave besides, or would not, or at another time. */
export type MailChange = Omit<ComingMail, 'at'> & { change: 'added' | 'cancelled' | 'moved'; at: Change<number | null> };

/** Why an act is refused. */
export type RefusalCode =
  | 'closed'
  | 'nobody'
  | 'too-soon'
  | 'not-a-working-day'
  | 'past'
  | 'too-far'
  | 'already-ended'
  | 'endless'
  | 'unreachable'
  | 'period'
  | 'pinned'
  | 'closed-already'
  | 'begun'
  | 'over'
  | 'no-length'
  | 'too-early'
  | 'request'
  | 'paused'
  | 'not-paused'
  | 'no-body'
  | 'sits-already'
  | 'no-sitting'
  | 'no-skip'
  | 'not-begun'
  | 'letters'
  | 'project-over'
  | 'which-project'
  | 'written-anew'
  | 'advancing'
  /** Of a mail: it is a first request; it has left, or will not come; it is held, or is not; it is not to be sent again, or has been. */
  | 'opening'
  | 'mail-left'
  | 'held'
  | 'not-held'
  | 'no-resend'
  | 'again'
  /** Of a message: the very same has just left, or too many have. */
  | 'twice'
  | 'too-many'
  | 'nothing-to-undo'
  | PeopleRefusal;

/** Why an act on people is refused. */
export type PeopleRefusal =
  | 'no-person'
  | 'left'
  | 'same'
  | 'in-already'
  | 'own'
  | 'not-awaited'
  | 'judges'
  | 'role'
  | 'name'
  | 'address'
  | 'taken'
  | 'works'
  | 'last-coordinator'
  | 'approver'
  | 'directorate'
  | 'applicant'
  | 'unanswered'
  | 'reopened';

/** The document of a preview. `basis`: a fingerprint of what it was made from; an act that carries it is refused if the edition has moved since. */
export interface Preview extends Differences {
  act: ActName;
  basis: string;
  /** Why the act would be refused, and from when it would not. */
  refused?: { code: RefusalCode; from?: CivilDate };
  told: Told[];
}

type Step = Plan['steps'][number];
type Thread = { project?: string; steps: readonly Step[] };

/** The steps of an edition, each once: those of its projects that run under their names, where there are any. */
const threadsOf = ({ plan, projects }: EditionState): Thread[] =>
  projects.length === 0
    ? [{ steps: plan.steps }]
    : [
        { steps: plan.steps.filter(({ id }) => !isPerProject(id)) },
        ...projects.map(({ id, plan: { steps } }) => ({ project: id, steps: steps.filter((step) => isPerProject(step.id)) })),
      ];

const spanOf = (step: Step | undefined): { start: CivilDate; finish: CivilDate } | null => {
  const { start = null, finish = null } = step?.earliest ?? {};
  return start === null || finish === null ? null : { start, finish };
};

/** What differs between an edition before an act and after it, in the order of its steps, asks and mails. */
export function differences(before: EditionState, after: EditionState, calendar: Calendar): Differences {
  const threads = threadsOf(after).map((thread) => ({
    thread,
    former: threadsOf(before).find(({ project }) => project === thread.project)?.steps ?? [],
  }));
  const pairs = threads.flatMap(({ thread: { project, steps }, former }) =>
    steps.map((step) => ({ step, was: former.find(({ id }) => id === step.id), about: project === undefined ? {} : { project } })),
  );
  return {
    plan: {
      slackWorkingDays: { before: before.plan.slackWorkingDays, after: after.plan.slackWorkingDays },
      target: { before: before.plan.target, after: after.plan.target },
      feasible: { before: before.plan.feasible, after: after.plan.feasible },
      steps: pairs.flatMap(({ step, was, about }) => {
        const [old, now] = [spanOf(was), spanOf(step)];
        if (old?.start === now?.start && old?.finish === now?.finish) return [];
        const workingDays = old === null || now === null ? 0 : calendar.count(old.finish, now.finish);
        return [{ id: step.id, ...about, before: old, after: now, workingDays }];
      }),
    },
    sittings: pairs.flatMap(({ step, was, about }) => {
      const body = step.session?.body ?? was?.session?.body;
      const [old, now] = [was?.session?.earliest?.date ?? null, step.session?.earliest?.date ?? null];
      return body === undefined || old === now ? [] : [{ body, step: step.id, ...about, before: old, after: now }];
    }),
    asks: asksThatDiffer(before.asks, after.asks),
    mails: mailsThatDiffer(before.mails, after.mails),
  };
}

function asksThatDiffer(before: readonly AskState[], after: readonly AskState[]): AskChange[] {
  const former = new Map(before.map((ask) => [ask.ask, ask]));
  const now = new Map(after.map((ask) => [ask.ask, ask]));
  return [...new Map([...former, ...now]).values()].flatMap(({ due: _, end: __, ...about }): AskChange[] => {
    const [old, next] = [former.get(about.ask), now.get(about.ask)];
    const dates = {
      due: { before: old?.due ?? null, after: next?.due ?? null },
      end: { before: old?.end ?? null, after: next?.end ?? null },
    };
    if (old === undefined) return [{ ...about, change: 'opened', ...dates }];
    if (next === undefined) return [{ ...about, change: 'closed', ...dates }];
    return old.due === next.due && old.end === next.end ? [] : [{ ...about, change: 'moved', ...dates }];
  });
}

function mailsThatDiffer(before: readonly ComingMail[], after: readonly ComingMail[]): MailChange[] {
  const key = ({ person, ask, rung, about = '' }: ComingMail) => `${person} ${ask} ${rung} ${about}`;
  const former = new Map(before.map((mail) => [key(mail), mail]));
  const now = new Map(after.map((mail) => [key(mail), mail]));
  const differing = [...new Map([...former, ...now])].flatMap(([id, { at: _, ...about }]): MailChange[] => {
    const at = { before: former.get(id)?.at ?? null, after: now.get(id)?.at ?? null };
    if (at.before === at.after) return [];
    return [{ ...about, change: at.before === null ? 'added' : at.after === null ? 'cancelled' : 'moved', at }];
  });
  const instant = ({ at }: MailChange) => at.after ?? at.before ?? 0;
  return differing.sort((a, b) => instant(a) - instant(b) || (a.person < b.person ? -1 : a.person > b.person ? 1 : 0));
}
