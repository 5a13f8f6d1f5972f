import type { Answer, Field, FieldProblem, FormContext, Option } from '../asks/forms.js';
import type { LadderName } from '../asks/ladder.js';
import { type Seat, type Seating, together } from '../asks/seats.js';
import type { AskKey, AskKind, AskSpec, Outcome } from '../asks.js';
import type { CivilDate } from '../calendar.js';
import type { EditionRules, NeedId, PersonId } from '../edition.js';
import type { FormName } from '../forms.js';
import type { Interest } from '../jury.js';
import type { JuryDay } from '../juryday.js';
import type { Candidate, Range } from '../selection.js';
import type { StepId } from '../steps.js';
import type { AskView } from '../view.js';
import { ownDue, type TimingContext } from './dates.js';

/** An answer, as far as it says who is asked next. */
export type Reply = { person: PersonId; decision: string | null };

/** Who there is when an ask opens. What is not in the edition's file is read when a kind asks for it. */
export interface Participants {
  edition: EditionRules;
  ask: AskSpec;
  project: { applicant: PersonId; directorate: PersonId; need: NeedId } | undefined;
  inRole(role: string): readonly PersonId[];
  applications(): Promise<readonly Candidate[]>;
  /** What was answered to asks of the edition that count. */
  answers(asks: Pick<AskKey, 'step' | 'kind'>): Promise<readonly Reply[]>;
  interests(): Promise<readonly Interest[]>;
  /** Whom the project is to meet in a pair. */
  met(pair: string | undefined): Promise<PersonId | undefined>;
}

/** What the people who are asked may read. */
export interface Reads {
  /** Which applications it is about; left out: none. */
  applications?(application: Candidate, ask: Pick<AskKey, 'step' | 'part'>): boolean;
  /** It is about one of them, not about a list. */
  single: boolean;
  /** Not those from which the reader is recused. */
  unlessRecused: boolean;
  /** Of applications their title, need and applicant, and nothing of what they sent. */
  namesOnly: boolean;
  /** The application of their own seat. */
  ownApplication: boolean;
  /** The frozen documents that its step is about. */
  documents: boolean;
  /** The jury's marks. */
  marks(step: StepId): boolean;
}

/** All that is true of one kind of ask, but its words (programme.md, "Who is asked, and when it is enough"). */
export interface Kind {
  /** Who sits: one person holds one seat. */
  seats(participants: Participants): readonly Seat[] | Promise<readonly Seat[]>;
  seating: Seating;
  /** Thousands may be asked: of an ask, only what one mail needs is read. */
  many: boolean;
  /** Whether somebody may be named to answer in one's place. */
  delegable: boolean;
  /** It judges applications. */
  judges(step: StepId): boolean;
  /** Answers of one generation and the next add up: an extension asks only the silent. */
  addsUp: boolean;

  /** It opens on a day that is fixed, whenever what it waits for is there. */
  waitsForItsDay(ask: AskSpec, edition: EditionRules): boolean;
  /** Its length begins today, whenever what it follows was finished. */
  asSoonAsLacking: boolean;
  /** When it opens, where that is neither at once nor at 09:00 of the day it waits for. */
  opensAt?(ask: AskSpec, days: { day1: CivilDate; due: CivilDate }, context: TimingContext): number;
  /** By when it is asked (plan.md, "While it runs"). */
  due(ask: AskSpec, day1: CivilDate, context: TimingContext): CivilDate;
  /** The local time at which its due day is over, by the hours of the jury's day; left out, midnight. */
  closesAt?(day: JuryDay | undefined): string;
  /** It ends this many working days after its day; left out, on the `lastDay` of its step. */
  staysOpen?: number;
  /** The latest day on which it may end, so that what follows it inside its own step can still end by `latest`. */
  lastDay(ask: AskSpec, latest: CivilDate, context: TimingContext): CivilDate;
  /** ∞ in programme.md: never ends by itself, it escalates. */
  endless(step: StepId): boolean;
  /** The page refuses after the due instant, by the clock. */
  hard: boolean;
  /** Its end, and nothing else, ends it: neither enough answers, nor that nobody was asked. */
  untilItsEnd: boolean;
  /** It ends when the ask of this kind does, wherever that was moved to. */
  endsWith?: AskKind;
  ladder: LadderName;
  /** Its people know of it before its day. */
  announced: boolean;
  /** One such answer is enough, whoever else was asked. */
  decides(decision: string | undefined): boolean;
  /** Says no to being asked, rather than something about the question. */
  declines(decision: string | undefined): boolean;
  /** What is asked is written, or approved, version after version. */
  versions?: 'written' | 'approved';
  /** Other steps wait for it: its people are told which, and from when. */
  holdsUp: boolean;

  /** The form of the edition's file that its page shows, where that file says it. */
  form(step: StepId): FormName | undefined;
  /** The fields that come before those of such a form. */
  fixed(form: FormContext): Field[];
  /** The fields of its page, in order, where there is no such form: the simplest honest question. */
  fields(form: FormContext): Field[];
  /** Rules over several fields. */
  checks(answer: Answer, form: FormContext): FieldProblem[];
  /** The field whose word decides something (`approved`, `held`, `adopted`, `extend` …). */
  decision?: string;
  /** How many applications may be chosen, of those there are. */
  chosen?(selection: EditionRules['selection'], there: number): Range;
  /** The roles whose people may be chosen. */
  offers: readonly string[];

  reads: Reads;
  /** The day, or the stage of a circuit, that it is about. */
  subject(ask: Pick<AskKey, 'step' | 'part'>, edition: EditionRules): Pick<AskView, 'event' | 'stage'>;
  /** What is lacking where it did not bring what was awaited. */
  lack(result: string | null, outcome: Outcome | null): NonNullable<AskView['lacking']>['outcome'];
}

/** What most kinds have in common. */
export const ordinary = {
  seating: 'each',
  many: false,
  delegable: true,
  judges: (step) => step === 'selection-approval',
  addsUp: false,
  waitsForItsDay: () => false,
  asSoonAsLacking: false,
  due: ownDue,
  lastDay: (_, latest) => latest,
  endless: () => false,
  hard: false,
  untilItsEnd: false,
  ladder: 'standard',
  announced: false,
  decides: () => false,
  declines: () => false,
  holdsUp: false,
  form: () => undefined,
  fixed: () => [],
  checks: () => [],
  offers: [],
  reads: {
    single: false,
    unlessRecused: false,
    namesOnly: false,
    ownApplication: false,
    documents: true,
    marks: (step) => step === 'selection-approval',
  },
  subject: () => ({}),
  lack: (_, outcome) => outcome ?? 'none',
} satisfies Partial<Kind>;

/** What coordinators are asked: all are told, one answers; it waits for ever. */
export const ofCoordinators = {
  ...ordinary,
  seats: ({ inRole }) => together(inRole('coordinator'), 'coordinators'),
  seating: 'one-for-all',
  endless: () => true,
} satisfies Partial<Kind>;

/** A text of several lines. */
export const long = (name: string, required = true): Field => ({ type: 'long', name, required });

/** A text of one line. */
export const line = (name: string, required = true): Field => ({ type: 'text', name, required });

/** More than these are decided with one reason for all. */
const mostOfEach = 100;

/** A text for each application, where they are few enough to be written. */
export const each = (name: string, rows: readonly Option[]): Field[] =>
  rows.length > mostOfEach ? [] : [{ type: 'each', name, rows: [...rows] }];

/** One of several words. */
export const choice = (name: string, options: string[]): Field => ({ type: 'choice', name, required: true, options });

/** The fields that must be filled, as problems where they are not. */
export const required = (answer: Answer, ...fields: string[]): FieldProblem[] =>
  fields.filter((field) => answer[field] === undefined).map((field) => ({ field, problem: 'required' }));

/** The day of the jury, for what prepares it. */
export const juryDay: Kind['subject'] = (_, { plan: { pitch }, juryDay: day }) =>
  pitch.kind === 'pin'
    ? {
        event: {
          on: pitch.date,
          ...(day === undefined ? {} : { hours: { from: day.from, to: day.to }, ...(day.place === undefined ? {} : { place: day.place }) }),
        },
      }
    : {};
