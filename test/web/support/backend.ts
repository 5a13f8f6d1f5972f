/** A backend in memory: answers what a test gives it, and remembers every act. */
import { readFileSync } from 'node:fs';
import { type Finding, same } from '../../../client/checks/finding.js';
import type { Health } from '../../../client/health.js';
import { type Shown, waitingJson } from '../../../client/verbs/cohorts.js';
import type { ActSpec } from '../../../domain/acts.js';
import { readEdition } from '../../../domain/edition.js';
import { FIGURE_IDS, type FigureId } from '../../../domain/figures.js';
import { readAnswer } from '../../../domain/kinds/index.js';
import { computePlan, planJson } from '../../../domain/plan.js';
import type { Preview } from '../../../domain/preview.js';
import type { AskView } from '../../../domain/view.js';
import type { ListedAccount } from '../../../store/accounts.js';
import { readsInterviews, readsLetters, type SessionRead } from '../../../store/askreading.js';
import type { PeoplePage, PersonFound, PersonLine } from '../../../store/peoplelist.js';
import type { ApplicationLine, InterviewRow, VersionRow } from '../../../store/readings.js';
import type { Found, SearchResult } from '../../../store/search.js';
import type { Viewer } from '../../../store/sessions.js';
import type {
  ActPage,
  Backend,
  CalendarFeed,
  CallView,
  ClockPage,
  EditionPage,
  EnginePart,
  Journal,
  MailRow,
  PreferencesView,
} from '../../../web/backend.js';
import { edition, monday, viewOf } from './views.js';

/** A seal that opens, one that was revoked, and the key, session, browser and code that are good. */
export const good = {
  mac: 'sealed',
  revoked: 'old',
  key: 'K'.repeat(32),
  session: 's-1',
  browser: 'B'.repeat(32),
  code: '123456',
} as const;

export const call: CallView = {
  edition,
  title: 'Quelle solution pour la périnatalité ?',
  body: 'Le Département cherche des solutions déjà éprouvées.\n\nDeux besoins, six semaines pour répondre.',
  needs: [
    { id: 'perinatalite', label: 'Réduire la mortalité périnatale' },
    { id: 'mineurs', label: 'Protéger les mineurs vulnérables' },
  ],
  opens: '2023-08-21',
  closes: '2023-10-02',
  closesAt: Date.UTC(2023, 9, 2, 22),
  state: 'open',
};

/** The same edition as `cohort show --json` prints it. */
function document(): Shown {
  const { plan, phase, waitingOn, projects } = editionPage();
  return {
    id: edition.id,
    title: edition.title,
    territory: 'val-d-oise',
    status: edition.status,
    phase: phase ?? null,
    startedAt: new Date(monday).toISOString(),
    plan: planJson(plan, 'fr'),
    waitingOn: waitingOn.map(waitingJson),
    projects: projects.map(({ id, title, step, status }) => ({ id, title, step: step ?? null, status })),
    workflow: { id: enginePart.execution?.id ?? '', runId: 'r', status: 'running', historyEvents: 412 },
  };
}

/** The reference edition as the console sees it on 4 September 2023. */
export function editionPage(): EditionPage {
  const read = readEdition(readFileSync(new URL('../../../editions/val-d-oise-2023.yaml', import.meta.url), 'utf8'));
  if (!read.ok) throw new Error('the reference edition does not read');
  const plan = computePlan(read.edition);
  return {
    edition,
    at: monday,
    plan,
    foreseen: plan,
    lived: [
      { step: 'interviews', start: '2023-01-16', finish: '2023-02-10' },
      { step: 'diagnosis', start: '2023-02-13', finish: '2023-02-24' },
      { step: 'roadmap', project: 'p1', start: '2023-07-17', finish: '2023-08-21' },
      { step: 'roadmap', project: 'p2', start: '2023-07-17', finish: '2023-08-22' },
      { step: 'roadmap-approval', project: 'p1', start: '2023-08-22' },
    ],
    phase: 'validation',
    failing: [
      {
        id: 'maternite',
        name: 'Maternité <partenaire>',
        role: 'field',
        email: 'accueil@maternite.example',
        since: '2023-09-01',
        unreachable: true,
      },
      { id: 'pmi', name: 'Service PMI', role: 'directorate', email: 'pmi@valdoise.example', since: '2023-09-04', unreachable: false },
    ],
    digestAt: Date.UTC(2023, 8, 11, 7),
    waitingOn: [
      {
        ask: 'a1',
        title: 'Feuille de route « Parcours périnatalité », étape 2 sur 2',
        kind: 'approve',
        step: 'roadmap-approval',
        person: { id: 'dg', name: 'Direction générale' },
        role: 'executive',
        opened: '2023-08-28',
        workingDays: 5,
        due: '2023-09-11',
        end: '2023-09-19',
        lateWorkingDays: 0,
        nextAction: { at: Date.UTC(2023, 8, 7, 7), what: 'reminder' },
        coming: [
          { at: Date.UTC(2023, 8, 7, 7), what: 'reminder' },
          { at: Date.UTC(2023, 8, 11, 7), what: 'reminder' },
        ],
      },
      {
        ask: 'a2',
        kind: 'document',
        step: 'roadmap',
        project: { id: 'p3', title: 'Parler avant' },
        person: { id: 'x', name: 'Association Parler avant' },
        role: 'applicant',
        unreachable: '2023-09-01',
        substitute: { id: 'y', name: 'Une collègue' },
        opened: '2023-08-24',
        workingDays: 7,
        due: '2023-08-31',
        lateWorkingDays: 2,
        nextAction: { at: Date.UTC(2023, 8, 7, 7), what: 'escalation', who: 'la coordination' },
        coming: [{ at: Date.UTC(2023, 8, 7, 7), what: 'escalation' }],
      },
    ],
    projects: [
      {
        id: 'p1',
        title: 'Parcours périnatalité',
        need: 'Mortalité périnatale',
        directorate: 'Service PMI',
        step: 'roadmap-approval',
        status: 'running',
        nextSession: '2023-09-13',
      },
      { id: 'p2', title: 'Porte à porte', need: 'Mortalité périnatale', directorate: 'Service PMI', status: 'ended', outcome: 'scale-up' },
    ],
    incidents: [{ scope: 'project:p3', message: 'template broke', times: 3, lastAt: monday }],
    calendar: '/c/val-d-oise-2023/sealed',
    bodies: { 'commission-permanente': 'Commission permanente' },
    closures: [{ from: '2023-07-31', to: '2023-08-18' }],
  };
}

/** What the installation has and lacks: one thing of each state, one of them about the edition. */
export const checks: Finding[] = [
  { id: 'version', name: same('Version'), state: 'ok', detail: same('Trois Mains 0.1.0, Node 20.19.0') },
  {
    ...{ id: 'backup', name: { fr: 'Dernière sauvegarde', en: 'Last backup' }, state: 'warn' },
    detail: { fr: "elle ne se voit pas d'ici", en: 'it cannot be seen from here' },
    todo: { fr: 'Nommer dans BACKUP_FOLDER le dossier.', en: 'Name the folder in BACKUP_FOLDER.' },
  },
  {
    ...{ id: 'alert-stuck', name: { fr: "N'avance plus", en: 'Stands still' }, state: 'fail', editions: [edition.id] },
    detail: { fr: "L'édition entière ne peut plus être revue", en: 'The whole edition can no longer be reviewed' },
    todo: same('troismains doctor'),
  },
];

/** What keeps the edition moving: mail fails and is tried again, and its code was tried twice. */
export const enginePart: EnginePart = {
  ...{ edition, at: monday, realNow: monday, offsetMs: 0, verdict: 'activity-failing' },
  alerts: [{ kind: 'mail-still', scope: edition.id, count: 3, since: monday - 7_200_000, told: true, timezone: edition.timezone }],
  mails: [{ state: 'queued', count: 3, since: monday - 7_200_000 }],
  looks: { lookAt: monday + 3_600_000, owedSince: monday - 60_000, wokenAt: monday },
  incidents: [{ scope: 'delivery', message: 'template broke', times: 3, lastAt: monday }],
  execution: {
    ...{
      id: 'cohort-val-d-oise-2023',
      runId: 'r',
      status: 'running',
      since: monday - 86_400_000,
      historyEvents: 412,
      historyBytes: 70_000,
    },
    build: { first: `@temporalio/worker@1.24.0+${'db28'.repeat(16)}`, last: 'build-2' },
    untakenSince: null,
    task: { attempts: 2, since: monday, failure: 'Nondeterminism' },
    timers: [
      { summary: 'Next try after a failure', at: monday + 60_000 },
      { summary: 'Prochaine échéance : mardi', at: monday + 3_600_000 },
    ],
    activities: [
      {
        ...{ type: 'deliver', started: false, attempt: 2, mostAttempts: 3, since: monday, nextAt: monday + 5_000 },
        ...{ failure: 'delivery failed (ECONNREFUSED); the console shows why', worker: '12@machine' },
      },
      { type: 'reviewEdition', started: true, attempt: 1, mostAttempts: 3, since: monday, nextAt: null },
    ],
  },
  ui: 'https://temporal.example/namespaces/default/workflows/cohort-val-d-oise-2023/r/history',
};

const mails: MailRow[] = [
  {
    id: '12',
    at: monday,
    person: 'Direction générale',
    subject: 'Votre validation est attendue',
    state: 'accepted',
    template: 'asks',
    asks: [],
    acts: [],
  },
  {
    ...{ id: 'a/pmi/before-2', at: monday, person: 'Service PMI', subject: '', state: 'coming', template: 'asks', personId: 'pmi' },
    asks: [{ ask: 'a', rung: 'before-2' }],
    acts: ['hold', 'nudge'],
  },
];
/** Its journal. */
export const journal: Journal = {
  lines: [
    { at: monday, actor: 'coordinator', what: 'ask.extended', subject: 'Feuilles de route (p-01)', reason: 'Vacances scolaires.' },
    { at: monday, actor: 'Service PMI', what: 'ask.answered', subject: 'Feuilles de route (p-01)' },
    { at: monday, actor: 'programme', what: 'ask.opened', subject: 'Feuilles de route (p-01)' },
    { at: monday, actor: 'Camille Labo', via: 'machine', what: 'mail.resent', subject: 'message n° 12' },
    { at: monday, actor: 'account:gone', what: 'person.address', subject: 'Maternité' },
  ],
  checked: { at: monday, ok: true, entries: 5 },
};

/** What one person wants to be written. */
export const preferences: PreferencesView = {
  ref: 'a1b2c3',
  name: 'Direction générale',
  digest: true,
  locale: 'fr',
  edition,
  at: monday,
  calendar: '/c/a1b2c3/sealed',
};
/** A person's calendar: a session that moved, one that was cancelled, an answer due at an hour, and something past. */
const entry = { description: '', changedAt: monday };
export const feed: { ref: string; view: CalendarFeed } = {
  ref: 'a1b2c3',
  view: {
    ...{ edition, locale: 'fr', whose: 'person', at: monday, today: '2023-09-04' },
    entries: [
      { ...entry, uid: 'past', sequence: 0, summary: 'Jury', when: { first: '2023-06-15', last: '2023-06-15' } },
      { ...entry, uid: 's2', sequence: 1, summary: 'Séance 2 : Parler, avant', when: { first: '2023-09-13', last: '2023-09-13' } },
      {
        ...entry,
        uid: 's3',
        sequence: 1,
        summary: 'Annulé : Séance 3',
        cancelled: true,
        when: { first: '2023-09-20', last: '2023-09-20' },
      },
      { ...entry, uid: 'due', summary: 'Réponse attendue : Jury', when: { at: Date.UTC(2023, 8, 6, 17) } },
    ],
  },
};
const seen = { ok: true, seen: new Date(monday).toISOString() };
/** An installation that is well. */
export const well: Health = {
  database: 'up',
  engine: 'up',
  worker: seen,
  sweep: seen,
  watch: seen,
  alerts: { open: 0, untold: 0 },
  disk: { ok: true, freePercent: 40 },
};

const late = 'val-d-oise-2023.roadmap-approval.approve.p-01.v1.1.g1';
/** What an act would change: a step and a sitting later, an ask moved, mails added, moved and not sent, somebody told. */
export const previewOf = ({ act }: ActSpec): Preview => ({
  act,
  basis: 'seen-1',
  plan: {
    slackWorkingDays: { before: 3, after: -1 },
    target: { before: '2024-01-26', after: '2024-02-02' },
    feasible: { before: true, after: false },
    steps: [
      {
        id: 'roadmap-approval',
        project: 'p-01',
        workingDays: 5,
        before: { start: '2023-08-21', finish: '2023-09-08' },
        after: { start: '2023-08-21', finish: '2023-09-15' },
      },
    ],
  },
  sittings: [{ body: 'commission-permanente', step: 'outcome-approval', project: 'p-01', before: '2024-01-22', after: null }],
  asks: [
    {
      ...{ ask: late, kind: 'approve', step: 'roadmap-approval', project: 'p-01', change: act === 'close' ? 'closed' : 'moved' },
      due: { before: '2023-09-08', after: act === 'close' ? null : '2023-09-15' },
      end: { before: '2023-09-22', after: act === 'close' ? null : '2023-09-29' },
    },
  ],
  mails: [
    { person: 'direction', ask: late, rung: 'due', template: 'asks', change: 'moved', at: { before: monday, after: monday + 604_800_000 } },
    { person: 'direction', ask: late, rung: 'nudge-1', template: 'asks', change: 'cancelled', at: { before: monday, after: null } },
    {
      person: 'labo',
      ask: late,
      rung: 'late-5',
      about: 'direction',
      template: 'asks',
      change: 'added',
      at: { before: null, after: monday },
    },
  ],
  told: [{ person: 'direction', template: 'calendar', at: monday }],
});
const direction: PersonLine = {
  ...{ id: 'direction', name: 'Direction générale <élue>', role: 'executive', email: 'dg@valdoise.example', substitute: 'Adjointe' },
  failing: { since: '2023-08-28', unreachable: true },
  asked: [{ ask: late, kind: 'approve', step: 'roadmap-approval', project: 'Parler, avant', due: '2023-08-30', late: 3 }],
};
const peoplePage = (role: string): PeoplePage => ({
  people: [
    direction,
    {
      id: 'labo',
      name: 'Camille Labo',
      role: 'coordinator',
      email: 'labo@valdoise.example',
      left: '2023-08-28',
      successor: 'Thomas',
      asked: [],
    },
  ].filter((one) => role === '' || one.role === role),
  roles: [
    { role: 'coordinator', n: 1 },
    { role: 'executive', n: 1 },
  ],
});
const personFound: PersonFound = {
  person: direction,
  did: [{ ask: 'a', kind: 'interview', step: 'interviews', on: '2023-01-20', open: true, reopened: false }],
};
const actPage = (): ActPage => ({
  edition,
  at: monday,
  asks: { [late]: { kind: 'approve', step: 'roadmap-approval', project: 'Parler, avant', due: '2023-09-08' } },
  people: { direction: 'Direction générale <élue>', labo: 'Camille Labo' },
  bodies: { 'commission-permanente': 'Commission permanente' },
  projects: { 'p-01': 'Parler, avant' },
  request: 'from-this-page',
  person: { name: 'Direction générale <élue>', email: 'dg@valdoise.example' },
  choices: [{ id: 'labo', name: 'Camille Labo', role: 'coordinator' }],
});

/** A clock that was moved to the next mail. */
export const clockPage = (): ClockPage => ({
  edition: { ...edition, shifted: true },
  at: monday,
  last: {
    ...{ goal: 'next', others: 'realistic', acting: ['labo'], seed: 7, mails: 3, ended: 'there', running: false },
    ...{ from_at: new Date(monday - 86_400_000), at: new Date(monday) },
  },
  people: [
    { id: 'labo', name: 'Camille Labo', role: 'coordinator' },
    { id: 'direction', name: 'Direction générale <élue>', role: 'executive' },
  ],
  waitingOn: ['Direction générale <élue>'],
  mailbox: 'http://127.0.0.1:1080/secret',
});

const version = (n: number): VersionRow => ({
  ...{ step: 'diagnosis', project: '', title: `Diagnostic, version ${n}`, author: 'Laboratoire', version: n, generation: 1, hash: 'abc' },
  ...{ body: `Le besoin est ${n === 1 ? 'grand' : 'très grand'}.`, frozen_at: new Date(monday) },
});
const interviews: InterviewRow[] = (['maternite', 'logement'] as const).map((person) => ({
  ...{ person, name: `Directrice ${person}`, role: 'directorate', at: new Date(monday) },
  answer: { problems: `Ce que voit ${person}` },
}));
const sessions: SessionRead[] = [
  { day: '2023-09-13', answer: { held: 'yes', attendance: 12, newcomers: 5, indicators: 'Trois suivis' } },
  { day: '2023-09-20', answer: { held: 'no' } },
];
const applicationLine: ApplicationLine = {
  ...{
    id: 'a-01',
    person: 'applicant-01',
    name: 'Porteuse',
    title: 'Le bus qui soigne',
    need: 'perinatalite',
    relay: 'Réseau',
    at: new Date(monday),
  },
  ...{ eligible: true, shortlisted: true, out: false, fate: null, reason: 'Complète' },
};
const applicationsPart = {
  ...{ edition, at: monday, lines: [applicationLine], submitted: 1, drafts: 2, needs: { perinatalite: 'Périnatalité' }, filter: {} },
};

const row = { ...{ edition: edition.id, editionTitle: edition.title, territory: edition.territory, id: '', said: '' } };
const nowhere = { role: null, step: null, project: null, projectTitle: null };
const found: Found[] = [
  { ...row, ...nowhere, kind: 'editions', title: edition.title },
  {
    ...row,
    ...nowhere,
    kind: 'people',
    id: 'direction',
    title: 'Direction <b>générale</b>',
    said: 'dg@valdoise.example',
    role: 'executive',
  },
  { ...row, ...nowhere, kind: 'projects', id: 'p-01', title: 'Parler, avant' },
  {
    ...{
      ...row,
      ...nowhere,
      kind: 'documents',
      step: 'roadmap',
      project: 'p-01',
      projectTitle: 'Parler, avant',
      title: 'Feuille de route',
    },
    said: `## But\n\n${'Avant tout, '.repeat(30)}la **direction <i>générale</i>** et ${'le reste, '.repeat(30)}`,
  },
  { ...row, ...nowhere, kind: 'applications', id: 'a-01', title: 'Le bus qui soigne', said: 'En direct' },
];
/** What a search finds: something of every kind, and more people. */
const searched = (kind: string | undefined): SearchResult => ({
  asked: [{ word: 'generale', stem: 'general' }, { word: 'direc' }],
  found: found.filter((one) => kind === undefined || one.kind === kind),
  more: ['people'],
});

/** Where the edition is. */
export const where = { edition: edition.id, territory: 'val-d-oise' };
/** Who is in: they coordinate the edition, and keep the installation in order. */
export const coordinator: Viewer = {
  account: 'acc-1',
  name: 'Camille Labo',
  email: 'labo@valdoise.example',
  session: 'here',
  provedAt: monday,
  factor: false,
  strong: false,
  held: [{ right: 'admin' }, { right: 'coordinator', edition: edition.id }],
};

/** What somebody typed to begin an application. */
export const start = {
  id: 's7',
  view: { edition: edition.id, name: 'Camille Roy', email: 'camille@naitre.example', title: 'Parcours', request: null },
};

/** An account, as whoever administers sees it. */
export const account: ListedAccount = {
  id: 'acc-2',
  email: 'elue@valdoise.example',
  name: 'Élue <déléguée>',
  blocked: false,
  held: [{ right: 'reader', edition: edition.id }],
  coordinates: [],
};

/** Somebody who has just come in. */
const entered = { session: good.session, wanted: `/editions/${edition.id}`, pending: false };

/** The methods that act: no page that is read may call one. */
export const acting = [
  'answer',
  'saveDraft',
  'swapDraft',
  'delegate',
  'takeBack',
  'correct',
  'freshLink',
  'askToApply',
  'beginApplication',
  'forgetApplication',
  'saveApplication',
  'savePreferences',
  'giveAddress',
  'act',
  'answerFor',
  'engineAct',
  'moveClock',
  'stopClock',
  'renewCalendar',
  'askToEnter',
  'enterByLink',
  'enterByCode',
  'enterByKey',
  'askProvider',
  'enterByProvider',
  'showFactor',
  'signOut',
  'endSessions',
  'chooseLocale',
  'beginFactor',
  'confirmFactor',
  'removeFactor',
  'renewRecoveryCodes',
  'addAccount',
  'giveRight',
  'takeRight',
  'blockAccount',
  'resetAccount',
  'endSession',
] as const;

/** A backend with one open request, and the list of what was done to it. */
export function fakeBackend(view?: AskView, change: Partial<Backend> = {}) {
  const acts: { what: string; input: unknown }[] = [];
  const answers: Backend = {
    now: () => monday,
    changed: (_, known, { signal }) =>
      known === undefined
        ? Promise.resolve('first')
        : new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve(undefined));
          }),
    request: async (request) => (view?.request === request ? view : undefined),
    checkLink: async (request, mac) =>
      view?.request !== request ? 'unknown' : mac === good.mac ? 'ok' : mac === good.revoked ? 'revoked' : 'unknown',
    answer: async ({ raw }) => {
      const read = view ? readAnswer(view.form, raw) : undefined;
      return read?.ok === false ? { ok: false, reason: 'invalid', problems: read.problems } : { ok: true };
    },
    saveDraft: async () => ({ ok: true }),
    swapDraft: async () => ({ ok: true }),
    delegate: async () => ({ ok: true }),
    takeBack: async () => ({ ok: true }),
    correct: async () => ({ ok: true }),
    freshLink: async () => {},
    checkPreferences: async (ref, mac) => ref === preferences.ref && mac === good.mac,
    preferences: async (ref) => (ref === preferences.ref ? preferences : undefined),
    calendar: async (ref, mac) => (ref === feed.ref && mac === good.mac ? feed.view : undefined),
    renewCalendar: async () => true,
    savePreferences: async () => true,
    call: async (id) => (id === edition.id ? call : undefined),
    askToApply: async () => ({ ok: true }),
    start: async ({ id, mac }) => (id === start.id && mac === good.mac ? start.view : undefined),
    beginApplication: async () => ({ ok: true, request: 'd4', mac: good.mac }),
    forgetApplication: async () => {},
    saveApplication: async () => ({ ok: true }),
    giveAddress: async ({ email }) => (email.includes('@') ? 'done' : 'address'),
    newBrowser: () => good.browser,
    knownMark: async (session) => `mark-of-${session}`,
    askToEnter: async () => {},
    showSignIn: async ({ mac, browser }) =>
      mac !== good.mac ? { state: 'gone' } : browser === good.browser ? { state: 'here' } : { state: 'elsewhere', code: good.code },
    enterByLink: async ({ mac, browser }) => (mac === good.mac && browser === good.browser ? entered : undefined),
    enterByCode: async ({ code, browser }) => (code === good.code && browser === good.browser ? entered : undefined),
    enterByKey: async ({ key }) => (key === good.key ? { ...entered, wanted: '/' } : undefined),
    providers: () => [{ id: 'proconnect', name: 'ProConnect', origin: 'https://connect.example' }],
    askProvider: async ({ provider }) => (provider === 'proconnect' ? 'https://connect.example/authorize?state=st' : undefined),
    enterByProvider: async ({ url }) => (url.searchParams.get('state') === 'st' ? entered : 'refused'),
    showFactor: async ({ code }) =>
      code === good.code ? { ok: true, session: 's-2', wanted: `/editions/${edition.id}` } : { ok: false, reason: 'wrong' },
    sessions: async () => [
      { id: 'here', way: 'mail', device: 'Firefox, Linux', madeAt: monday, seenAt: monday },
      { id: 'there', way: 'openid:proconnect', device: '', madeAt: monday, seenAt: monday },
    ],
    endSessions: async () => {},
    chooseLocale: async () => {},
    newFactor: async () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Trois%20Mains:x?secret=JBSWY3DPEHPK3PXP' }),
    beginFactor: async () => {},
    confirmFactor: async ({ code }) => (code === good.code ? ['aaaaaa-bbbbbb', 'cccccc-dddddd'] : undefined),
    removeFactor: async () => {},
    recoveryCodesLeft: async () => 10,
    renewRecoveryCodes: async () => ['eeeeee-ffffff'],
    accounts: async (from) => ({ accounts: from === 0 ? [account] : [], more: from === 0 }),
    account: async (id) => (id === account.id ? { account, factor: true, sessions: await answers.sessions(id) } : undefined),
    scopes: async () => ({ territories: ['val-d-oise'], editions: [{ id: edition.id, title: edition.title }] }),
    addAccount: async ({ email }) => ({ ok: true, email, id: account.id }),
    giveRight: async ({ email }) => ({ ok: true, email, id: account.id }),
    takeRight: async ({ held }) =>
      held.right === 'admin' ? { ok: false, reason: 'last-admin' } : { ok: true, email: account.email, id: account.id },
    blockAccount: async () => ({ ok: false, reason: 'last-admin' }),
    resetAccount: async ({ email }) => ({ ok: true, email, id: account.id }),
    endSession: async () => {},
    search: async (_, { text, kind }) => (text === 'rien' ? { asked: [], found: [], more: [] } : searched(kind)),
    noteRefused: async () => {},
    viewer: async (id) => (id === good.session ? coordinator : undefined),
    where: async (id) => (id === edition.id ? where : undefined),
    signOut: async () => undefined,
    editions: async () => ({
      territories: { 'val-d-oise': 'Département du Val d’Oise', ailleurs: 'Ailleurs' },
      editions: [
        {
          id: edition.id,
          title: edition.title,
          territory: edition.territory,
          status: 'running',
          phase: 'validation',
          slackWorkingDays: 5,
          waitingOn: ['Direction générale', 'Association Parler avant'],
          unreachable: ['Maternité partenaire'],
          mailsToday: 3,
        },
      ],
    }),
    alerts: async () => [],
    health: async () => well,
    edition: async (id) => (id === edition.id ? editionPage() : undefined),
    checks: async () => checks,
    engine: async (id) => (id === edition.id ? enginePart : undefined),
    engineAct: async ({ edition: id }) => (id === edition.id ? 'done' : 'unknown'),
    previewAct: async ({ spec, edition: id }) => (id === edition.id ? previewOf(spec) : 'unknown'),
    act: async ({ edition: id }) => (id === edition.id ? { ok: true } : 'unknown'),
    placeFor: async ({ edition: id, person }) => (id === edition.id && person !== 'nobody' ? viewOf('interview') : undefined),
    answerFor: async ({ raw }) => {
      const read = readAnswer(viewOf('interview').form, raw);
      return read.ok ? { ok: true } : { ok: false, reason: 'invalid', problems: read.problems };
    },
    clock: async (id) => (id === edition.id ? clockPage() : undefined),
    moveClock: async () => 'done',
    stopClock: async () => {},
    people: async (id, { from, role }) =>
      id === edition.id ? { edition, at: monday, ...peoplePage(role), ...(from === 0 ? { next: 50 } : {}) } : undefined,
    person: async (id, person) => (id === edition.id && person !== 'nobody' ? { edition, at: monday, ...personFound } : undefined),
    actPage: async (id, { audience, message }) =>
      id === edition.id
        ? {
            ...actPage(),
            ...(audience ? { audience: { groups: { everybody: 12, relay: 9, directorate: 2 }, asks: [late] } } : {}),
            ...(message === undefined
              ? {}
              : { sample: { subject: message.subject, text: message.body, html: '<!doctype html><p>Bonjour</p>' } }),
          }
        : undefined,
    document: async (id) => (id === edition.id ? document() : undefined),
    mail: async (_, id) =>
      id === '12'
        ? {
            ...{ edition, now: monday },
            subject: 'Votre validation est attendue',
            text: 'Bonjour,\n[lien effacé]',
            html: '<!doctype html><p style="color:#123">Bonjour</p><script>parent.x=1</script>',
            at: monday,
            to: 'Direction générale',
            state: 'accepted',
            ...{ id: '12', acts: [], asToday: false },
          }
        : undefined,
    documents: async (id) =>
      id === edition.id
        ? { edition, at: monday, documents: [{ ...version(2), versions: 2 }], projects: { 'p-01': 'Parler, avant' } }
        : undefined,
    documentOf: async (id, { step, version: shown, before }) => {
      const versions = [version(2), version(1)];
      const named = (key: string) => versions.find((one) => `1.${one.version}` === key);
      const [last = version(2)] = versions;
      const compared = named(before);
      return id === edition.id && step === 'diagnosis' && (shown === '' || named(shown) !== undefined)
        ? { edition, at: monday, versions, shown: named(shown) ?? last, ...(compared === undefined ? {} : { compared }) }
        : undefined;
    },
    reading: async (view) => ({
      ...(readsInterviews(view) ? { interviews: 2 } : {}),
      ...(readsLetters(view) ? { letters: 3 } : {}),
      ...(view.ask.step === 'evaluation' || view.ask.step === 'impact-analysis' ? { sessions } : {}),
    }),
    figures: async (id) =>
      id === edition.id
        ? {
            ...{
              edition,
              at: monday,
              needs: { perinatalite: 'Périnatalité' },
              need: [{ id: 'perinatalite', n: 7 }],
              relay: [{ name: null, n: 7 }],
            },
            figures: Object.fromEntries(FIGURE_IDS.map((id, n) => [id, n])) as Record<FigureId, number>,
            phases: [
              { phase: 'diagnostic', foreseen: 35, lived: 38 },
              { phase: 'call', foreseen: 40, lived: undefined },
            ],
          }
        : undefined,
    sheet: async (id, { what, from }) =>
      id === edition.id
        ? from === 0
          ? { head: ['id', 'f.budget'], rows: [[`${what}-1`, 12.5]], next: 50 }
          : { head: ['id', 'f.budget'], rows: [['=1+1', -3]] }
        : undefined,
    interviewsRead: async (view) => (readsInterviews(view) ? { edition, at: monday, interviews } : undefined),
    lettersRead: async (view) =>
      readsLetters(view)
        ? {
            letters: [
              {
                application: 'app-1',
                person: 'p',
                fate: 'retained',
                written: { subject: 'Votre projet est retenu', text: 'Bonjour,\n\nOui.', html: '' },
              },
            ],
          }
        : undefined,
    versionBefore: async () => ({ version: 1, title: 'Diagnostic', body: 'Le besoin est grand.' }),
    interviews: async (id) => (id === edition.id ? { edition, at: monday, interviews } : undefined),
    applications: async (id, { from, ...filter }) =>
      id === edition.id ? { ...applicationsPart, filter, ...(from === 0 ? { next: 50 } : {}) } : undefined,
    application: async (id, which, reader) =>
      id === edition.id && which === 'a-01'
        ? {
            ...applicationsPart,
            unmet: [],
            application: { ...applicationLine, summary: 'Un bus qui soigne <b>' },
            recused: reader.startsWith('juree'),
          }
        : undefined,
    mails: async (id, { from }) =>
      id === edition.id ? { edition, at: monday, mails, asks: {}, recent: [], ...(from === 0 ? { next: 50 } : {}) } : undefined,
    journal: async (id, { from }) =>
      id === edition.id ? { edition, at: monday, journal, ...(from === 0 ? { next: 50 } : {}) } : undefined,
    ...change,
  };
  const noted = Object.fromEntries(
    acting.map((what) => [
      what,
      (input: never) => {
        acts.push({ what, input });
        return answers[what](input);
      },
    ]),
  );
  const backend: Backend = { ...answers, ...noted };
  return { backend, acts };
}
