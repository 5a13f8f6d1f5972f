/** What the web needs of the rest: one port, so that every page is a function of what it answers. Implemented over client/ and store/. */
import type { Finding } from '../client/checks/finding.js';
import type { Execution } from '../client/execution.js';
import type { Health } from '../client/health.js';
import type { Shown } from '../client/verbs/cohorts.js';
import type { EngineAct, EngineDone } from '../client/verbs/engine.js';
import type { LetterShown } from '../client/verbs/written.js';
import type { Verdict } from '../client/verdict.js';
import type { ActName, ActSpec } from '../domain/acts.js';
import type { FieldProblem, Option, Raw } from '../domain/asks/forms.js';
import type { AskKind } from '../domain/asks.js';
import type { Audience } from '../domain/audience.js';
import type { CivilDate, Period } from '../domain/calendar.js';
import type { FigureId, PhaseDays } from '../domain/figures.js';
import type { Form } from '../domain/forms.js';
import type { Slot } from '../domain/juryday.js';
import type { Plan } from '../domain/plan.js';
import type { Preview } from '../domain/preview.js';
import type { Held, Where } from '../domain/rights.js';
import type { Cell } from '../domain/sheets.js';
import type { PhaseId, StepId } from '../domain/steps.js';
import type { AskView, EditionView } from '../domain/view.js';
import type { AlertKind } from '../domain/watch.js';
import type { Words } from '../domain/words.js';
import type { AdvanceRow, AdvanceWanted } from '../store/advances.js';
import type { AskReading } from '../store/askreading.js';
import type { JournalCheck, JournalKind } from '../store/audit.js';
import type { Waiting as Blocking } from '../store/board.js';
import type { Spread } from '../store/editionfigures.js';
import type { CalendarFeed } from '../store/feeds.js';
import type { Backlog } from '../store/figures.js';
import type { MailFilter } from '../store/maillist.js';
import type { PeoplePage, PersonFound } from '../store/peoplelist.js';
import type { PreferencesView as Kept, Preferences } from '../store/preferences.js';
import type { ApplicationFilter, ApplicationLine, DocumentLine, InterviewRow, VersionRow } from '../store/readings.js';
import type { SearchResult, Wanted } from '../store/search.js';
import type { Looks } from '../store/wakes.js';
import type { Access, Viewer } from './access.js';
import type { Changes } from './changes.js';

export type { AdvanceWanted, CalendarFeed, Viewer };

/** A person's preferences; `calendar`: the path of the page of their calendar. */
export type PreferencesView = Kept & { calendar?: string };

export type { Raw };

/** Whether an act was recorded, or why not. `by`: who answered before, when somebody did; `version`: of the draft that was kept. */
export type ActResult =
  | { ok: true; version?: number }
  | {
      ok: false;
      reason: 'closed' | 'late' | 'already-answered' | 'newer' | 'unknown' | 'invalid' | 'address';
      problems?: FieldProblem[];
      by?: string;
    };

/** The public page of a call for applications. */
export interface CallView {
  edition: EditionView;
  title: string;
  body: string;
  needs: Option[];
  opens: CivilDate;
  closes: CivilDate;
  /** Instant of the closing (business clock, epoch ms). */
  closesAt: number;
  state: 'not-yet' | 'open' | 'closed';
  relay?: string;
}

/** What a visitor typed to begin an application, as the page behind the mailed link shows it; `request`: what it became. */
export interface StartView {
  edition: string;
  name: string;
  email: string;
  title: string;
  request: string | null;
}

/** An edition in the console's list. */
export interface EditionRow {
  id: string;
  title: string;
  territory: string;
  status: EditionView['status'];
  phase?: PhaseId | null;
  slackWorkingDays: number | null;
  /** Who is waited for: names of people or roles, as one reads them. */
  waitingOn: string[];
  /** The day on which it begins, as long as it is to come. */
  begins?: CivilDate;
  /** Whose mail comes back, when anybody's does. */
  unreachable?: string[];
  /** The next sitting that its plan goes to. */
  sitting?: { body: string; date: CivilDate };
  /** Requests open past the day on which they were due, and things that fail. */
  late?: number;
  incidents?: number;
  mailsToday?: number;
  /** Only kept in order by whoever looks: nothing of its programme is told. */
  kept?: boolean;
}

/** A page of editions, and where the next begins, where there is one. */
export interface EditionList {
  editions: EditionRow[];
  next?: number;
  /** The territories of all that somebody may see: the names, by id. */
  territories: Record<string, string>;
}

/** Which states the board can be narrowed to. */
export const BOARD_STATES = ['running', 'paused', 'over'] as const;
/** What the board is narrowed to. */
export interface BoardFilter {
  territory?: string;
  state?: (typeof BOARD_STATES)[number];
}

/** An act that somebody wants to do, and why. */
export interface WantedAct {
  edition: string;
  spec: ActSpec;
  reason: string;
  /** Who acts, as the journal has it. */
  actor: string;
}

/** Of an act that was done, refused, or whose edition has moved since its preview. */
export type ActDone = { ok: true } | { ok: false; refused: NonNullable<Preview['refused']> } | { ok: false; moved: Preview };

/**
 * What the page of an act is to name; `audience`: to whom one may write; `message`: to be shown as one person would have it;
 * `person`: whom it is about; `choosing`: somebody is to be chosen on it. */
export interface NamedByAct {
  asks: readonly string[];
  people: readonly string[];
  mail?: number;
  audience?: boolean;
  message?: { subject: string; body: string; person: string };
  person?: string;
  choosing?: boolean;
}

/** What the page of an act names: an ask by its kind, step and what it is about; people and bodies by their ids. */
export interface ActPage extends EditionPart {
  /** The mail of the outbox that an act is about. */
  mail?: { to: string; subject: string; template: string };
  /** To whom a message may go: how many each group has, and the open asks. */
  audience?: { groups: Partial<Record<Audience, number>>; asks: string[] };
  /** A message as one of its readers would have it. */
  sample?: { subject: string; text: string; html: string };
  asks: AskNames;
  people: Record<string, string>;
  bodies: Record<string, string>;
  /** The days on which the house is closed. */
  closures?: Period[];
  /** Those that are not over. */
  projects: Record<string, string>;
  /** Under which what is done from this page is done once. */
  request: string;
  /** Whom the act is about, where it corrects something of theirs. */
  person?: { name: string; email: string };
  /** Who may be chosen, where somebody is. */
  choices?: { id: string; name: string; role: string }[];
}

/** Somebody the programme waits for; `title`: what the question is about, when it has a title of its own. */
export type Waiting = Blocking & { title?: string };

/** Somebody who has answered an ask that is open; `reopened`: they may correct it. */
export interface Answered {
  ask: string;
  kind: AskKind;
  person: { id: string; name: string };
  reopened: boolean;
}

/** A step that began, and when it ended if it did. */
export interface Lived {
  step: StepId;
  project?: string;
  start: CivilDate;
  finish?: CivilDate;
}

/** A retained project, as the console shows it. */
export interface ProjectRow {
  id: string;
  title: string;
  need: string;
  directorate: string;
  step?: StepId;
  status: string;
  outcome?: string;
  nextSession?: CivilDate;
}

/** How asks are named, by their id: what is asked, in which step, of which project. */
export type AskNames = Record<string, { kind: AskKind; step: StepId; project?: string; due: CivilDate }>;

/** A mail in a list: one of the outbox, or one that is to come. `id`: as acts name it (`mailRef`); `acts`: what can be done with it. */
export interface MailRow {
  id: string;
  at: number;
  person: string;
  subject: string;
  /** Of the outbox, or what came back; `coming`: not written yet. */
  state: string;
  template: string;
  /** What it asks for, or escalates; `about`: the name of whoever is late. */
  asks: { ask: string; rung: string; about?: string }[];
  acts: ActName[];
  /** The id of its person, where they can be reminded at once. */
  personId?: string;
  held?: { by: string; at: number };
}

/** Which mails of an edition are listed, from one on. */
export type MailQuery = MailFilter & { from: number };

/** A page of an edition's mails; `asks`: those they name; `recent`: those that a list may be narrowed to. */
export interface MailPart extends EditionPart {
  mails: MailRow[];
  asks: AskNames;
  recent: string[];
  /** So many people of an ask are shown, and one has more. */
  cut?: number;
}

/** One line of the journal. `what` is a verb of the code, put into words here; `reason`: why, in a coordinator's words. */
export interface JournalRow {
  at: number;
  /** Who, as the journal has it; `name`: how a person or an account is called, which is no code, whatever somebody calls themselves. */
  actor: string;
  name?: string;
  /** Who was named by a command. */
  via?: 'machine';
  what: string;
  subject: string;
  reason?: string;
  /** The answer that it tells of, where it can be read. */
  answer?: { ask: string; person: string };
}

/** Which lines of a journal are listed, from one on; days are included. */
export interface JournalQuery {
  from: number;
  who?: string | undefined;
  kind?: JournalKind | undefined;
  since?: CivilDate | undefined;
  until?: CivilDate | undefined;
}

/** A page of the journal, newest first, and when it was last held against its chain; left out: not yet. */
export interface Journal {
  lines: JournalRow[];
  checked?: JournalCheck;
}

/** A page of a list of one edition; `next`: how many come before the page after it, where there is one. */
export interface EditionPart {
  edition: EditionView;
  /** Business instant of the view, epoch ms. */
  at: number;
  next?: number;
}

/** Everything the console shows of one edition. */
export interface EditionPage {
  edition: EditionView;
  /** Business instant of the view, epoch ms. */
  at: number;
  startedAt?: number;
  /** The day on which it begins, as long as it is to come. */
  begins?: CivilDate;
  /** The plan as it now stands. */
  plan: Plan;
  /** The plan as it was foreseen at the start. */
  foreseen: Plan;
  lived: Lived[];
  phase?: PhaseId | null;
  waitingOn: Waiting[];
  /** Who has answered what is still open, the last first. */
  answered?: Answered[];
  /** When the next weekly digest leaves, if anything has moved by then. */
  digestAt?: number;
  /** How many mails are held by hand. */
  held?: number;
  /** Whether whoever looks may act on it. */
  mayAct?: boolean;
  /** Whose mail comes back: who cannot be reached first, then the longest first. */
  failing?: { id: string; name: string; role: string; email: string; since: CivilDate; unreachable: boolean }[];
  projects: ProjectRow[];
  incidents: { scope: string; message: string; times: number; lastAt: number }[];
  /** Names of the deliberative bodies the plan mentions, by id. */
  bodies?: Record<string, string>;
  /** The path of the page of the edition's calendar. */
  calendar?: string;
  /** Closures of the territory, drawn grey. */
  closures?: { from: CivilDate; to: CivilDate }[];
}

/** What keeps an edition moving: what stands still in it, how its mail stands. `execution`: left out where the engine does not answer, null where it knows none; `ui`: where its UI shows it. */
export type EnginePart = EditionPart &
  Pick<EditionPage, 'incidents'> & {
    realNow: number;
    offsetMs: number;
    verdict: Verdict;
    looks: Looks;
    alerts: AlertLine[];
    mails: Backlog[];
    execution?: Execution | null;
    ui?: string;
  };

/** A part of the documents of an edition; `projects`: their titles. */
export type DocumentsPart = EditionPart & { documents: DocumentLine[]; projects: Record<string, string> };
/** A document: the version that is shown, and the one it is compared with. */
export type DocumentPart = EditionPart & { versions: VersionRow[]; shown: VersionRow; compared?: VersionRow };
/** A part of the interviews of an edition; `form`: its own grid, where its file says one. */
export type InterviewsPart = EditionPart & { interviews: InterviewRow[]; form?: Form };
/** An edition in figures; `needs`: their titles. */
export type FiguresPart = EditionPart & Spread & { figures: Record<FigureId, number>; needs: Record<string, string>; phases: PhaseDays[] };
/** The tables that can be taken away. */
export type SheetName = 'applications' | 'interviews';
/** A part of one. */
export type SheetPart = { head: string[]; rows: Cell[][]; next?: number };
/** A part of the decision letters. */
export type LettersPart = { letters: LetterShown[]; next?: number };
/** What a place gives to read; `form`: what sessions are asked, where the edition's file says it. */
export type ReadingPart = AskReading & { form?: Form };
/** A part of the applications, as they were narrowed; `needs`: their titles. */
export type ApplicationsPart = EditionPart & {
  lines: ApplicationLine[];
  submitted: number;
  drafts: number;
  /** Who is heard when, on the jury's day. */
  order?: (Slot & { id: string; title: string })[];
  needs: Record<string, string>;
  filter: ApplicationFilter;
};
/** One application; `recused`: whoever reads declared an interest in it, as a juror. */
export type ApplicationPart = EditionPart & {
  application: ApplicationLine & { summary: string };
  /** What the rules of eligibility say of it. */
  unmet: readonly Words[];
  needs: Record<string, string>;
  recused: boolean;
};

/** A demonstration's clock: where it stands, how it came there, and who could be played. */
export interface ClockPage extends EditionPart {
  /** The last advance; left out: there was none yet. */
  last?: AdvanceRow;
  people: { id: string; name: string; role: string }[];
  /** Who is waited for, by name: those who were asked first. */
  waitingOn: string[];
  /** Where its mail is read; left out: it leaves for real, and the clock is not moved. */
  mailbox?: string;
}

/** Why a clock was not moved. */
export type NotMoved = 'unknown' | 'no-demonstration' | 'real-mail' | 'advancing' | 'goal' | 'others' | 'past' | 'begun' | 'people';

/** A mail as it was written, its links blanked; `now`: business instant of the view. */
export interface MailPage {
  /** As acts name it. */
  id: string;
  acts: ActName[];
  /** Whom it reminds of which ask, where it is to come. */
  person?: string;
  ask?: string;
  /** It was not written yet: as it would be today. */
  asToday: boolean;
  edition: EditionView;
  now: number;
  subject: string;
  text: string;
  html: string;
  at: number;
  to: string;
  state: string;
}

/** Something stands still. `since`: real instant, epoch ms; `told`: the admins were told by mail, or there is nobody to tell. */
export interface AlertLine {
  kind: AlertKind;
  scope: string;
  count: number;
  since: number;
  told: boolean;
  timezone: string;
  /** The edition's title; left out for the whole installation. */
  title?: string;
}

/** All that pages may ask and do. A page that is read calls no method that acts. */
export interface Backend extends Access {
  /** Real time, epoch ms. */
  now(): number;
  documents(edition: string, from: number): Promise<DocumentsPart | undefined>;
  /** A document, its last version unless `version` names another (`generation.version`), beside `before`. */
  documentOf(edition: string, of: { step: string; project: string; version: string; before: string }): Promise<DocumentPart | undefined>;
  interviews(edition: string, from: number): Promise<InterviewsPart | undefined>;
  /** An edition in figures. */
  figures(edition: string): Promise<FiguresPart | undefined>;
  /** A part of the table of everything that was answered to an application or an interview; `head`: its columns. As somebody at an address may read it. */
  sheet(edition: string, of: { what: SheetName; from: number; reader: string }): Promise<SheetPart | undefined>;
  applications(edition: string, of: ApplicationFilter & { from: number }): Promise<ApplicationsPart | undefined>;
  /** An application, as somebody at an address may read it. */
  application(edition: string, id: string, reader: string): Promise<ApplicationPart | undefined>;
  /** What somebody finds, of what they may read; `too-often`: they have looked for too much lately. */
  search(viewer: Viewer, wanted: Omit<Wanted, 'limit'>): Promise<SearchResult | 'too-often'>;
  /** Waits until an edition is another than as it was known: `Changes.after`. */
  changed: Changes['after'];
  /** Everything to show one person's place in one ask. */
  request(request: string): Promise<AskView | undefined>;
  /** What the page of somebody's place gives to read beside its documents. */
  reading(view: AskView): Promise<ReadingPart>;
  /** The interviews, for whoever writes from them or approves what was written; undefined for anybody else. */
  interviewsRead(view: AskView, from: number): Promise<InterviewsPart | undefined>;
  /** The decision letters as they would leave now, for whoever approves the selection; undefined for anybody else. */
  lettersRead(view: AskView, from: number): Promise<LettersPart | undefined>;
  /** The version before one of the documents of a place. */
  versionBefore(view: AskView, hash: string): Promise<{ version: number; title: string; body: string } | undefined>;
  /**
   * Checks a link's seal in constant time. A link whose ask is closed is still `ok`: its page only says what was answered.
   * `revoked` is for links whose number was raised.
   */
  checkLink(request: string, mac: string): Promise<'ok' | 'revoked' | 'unknown'>;
  answer(input: { request: string; raw: Raw }): Promise<ActResult>;
  /** Keeps what was typed. `from`: the number of the draft its page was drawn from; `newer`: another was kept since, and this one beside it. */
  saveDraft(input: { request: string; raw: Raw; from?: number }): Promise<ActResult>;
  /** Takes the other of two texts that were kept. */
  swapDraft(request: string): Promise<ActResult>;
  /** "Not me, or I am away": names a substitute. */
  delegate(input: { request: string; name: string; email: string }): Promise<ActResult>;
  /** Lets an applicant write over what they have sent, until the call closes. */
  correct(request: string): Promise<ActResult>;
  /** Takes back a place that was passed to somebody who has not answered. */
  takeBack(request: string): Promise<ActResult>;
  /** Queues a mail with a fresh link to the same address, if there is such a request; never says whether there is. */
  freshLink(request: string): Promise<void>;
  /** Whether a seal opens a person's preferences, by their opaque id; in constant time. */
  checkPreferences(ref: string, mac: string): Promise<boolean>;
  preferences(ref: string): Promise<PreferencesView | undefined>;
  savePreferences(input: { ref: string } & Partial<Preferences>): Promise<boolean>;
  /** A calendar behind its link; undefined when the link is none of ours, or was revoked. */
  calendar(ref: string, mac: string): Promise<CalendarFeed | undefined>;
  /** Gives a person's calendar a new address: the links to it that are out are dead. */
  renewCalendar(ref: string): Promise<boolean>;
  call(edition: string): Promise<CallView | undefined>;
  /** Mails a link to begin an application to the address that a visitor typed; the answer never says whether it is known. `network`: where they come from. */
  askToApply(input: {
    edition: string;
    name: string;
    email: string;
    title: string;
    relay?: string;
    network?: string | undefined;
  }): Promise<ActResult>;
  /** What was typed for such a link; undefined where the seal does not open it, or it is gone. */
  start(input: { id: string; mac: string }): Promise<StartView | undefined>;
  /** Begins an application behind its link; the place it has become, and its seal. */
  beginApplication(id: string): Promise<ActResult & { request?: string; mac?: string }>;
  /** "It was not me": erases what was typed, and what it began. */
  forgetApplication(id: string): Promise<void>;
  /** Saves (and submits) an application: `title`, `need` (an id of the call's needs), `summary`. */
  saveApplication(input: { request: string; raw: Raw; submit: boolean; from?: number }): Promise<ActResult>;
  /** Where an edition is, for asking whether somebody may; undefined when there is none. */
  where(edition: string): Promise<Where | undefined>;
  /** The editions that exist for somebody, from one on; of one that they only keep in order, what stands still and nothing of the programme. */
  editions(held: readonly Held[], from: number, filter?: BoardFilter): Promise<EditionList>;
  /** What stands still now, in any edition or in the installation. */
  alerts(): Promise<AlertLine[]>;
  /** Whether the installation is well. */
  health(): Promise<Health>;
  edition(id: string): Promise<EditionPage | undefined>;
  /** What the installation has and lacks. */
  checks(): Promise<Finding[]>;
  engine(edition: string): Promise<EnginePart | undefined>;
  /** Has its run try again at once, or start again from the top. */
  engineAct(input: { edition: string; act: EngineAct; reason: string; actor: string }): Promise<EngineDone>;
  /** What an act would change; nothing of it stays. `unknown`: there is no such edition, or ask in it; `busy`: to be tried again. */
  previewAct(act: WantedAct): Promise<Preview | 'unknown' | 'busy'>;
  /** Does an act: all of it, or nothing. `basis`: of the preview that was seen; `request`: under which it is done once. */
  act(act: WantedAct & { basis?: string; request?: string }): Promise<ActDone | 'unknown' | 'busy'>;
  /** Somebody's place in an ask that others may answer for them, without what they have drafted; undefined when there is none. */
  placeFor(input: { edition: string; ask: string; person: string }): Promise<AskView | undefined>;
  /** Records what somebody said by telephone or on paper. */
  answerFor(input: { edition: string; ask: string; person: string; raw: Raw; reason: string; actor: string }): Promise<ActResult>;
  /** A page of an edition's people, by role, from one on; `search`: in their names. */
  people(edition: string, wanted: { from: number; search: string; role: string }): Promise<(EditionPart & PeoplePage) | undefined>;
  /** Somebody of an edition: what is asked of them, and what they did. */
  person(edition: string, person: string): Promise<(EditionPart & PersonFound) | undefined>;
  /** What the page of an act names. */
  actPage(edition: string, named: NamedByAct): Promise<ActPage | undefined>;
  /** The clock of a demonstration; undefined where an edition lives by ours. */
  clock(edition: string): Promise<ClockPage | undefined>;
  /** Begins to move it forward, and answers when it has begun, or a moment after: `done` when it is over by then. */
  moveClock(input: AdvanceWanted & { edition: string; actor: string }): Promise<'done' | 'moving' | NotMoved>;
  /** Has it stop at the next instant. */
  stopClock(edition: string): Promise<void>;
  /** Gives somebody another address, or confirms theirs; or why nothing was changed. `works`: mail arrives at the one they have. */
  giveAddress(input: {
    edition: string;
    person: string;
    email: string;
    reason: string;
  }): Promise<'done' | 'address' | 'taken' | 'works' | 'unknown'>;
  /** The document of `cohort show --json`. */
  document(id: string): Promise<Shown | undefined>;
  mail(edition: string, id: string): Promise<MailPage | undefined>;
  /** A page of an edition's mails. */
  mails(edition: string, query: MailQuery): Promise<MailPart | undefined>;
  /** A page of its journal. */
  journal(edition: string, query: JournalQuery): Promise<(EditionPart & { journal: Journal }) | undefined>;
}
