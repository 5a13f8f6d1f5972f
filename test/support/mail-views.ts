import { type AskKind, askKinds, type Choice } from '../../domain/asks.js';
import { isEndless, kinds } from '../../domain/kinds/index.js';
import type { DigestContent, MailContent, MailItem } from '../../domain/mails.js';
import { STEP_IDS, type StepId } from '../../domain/steps.js';
import type { AskView } from '../../domain/view.js';

/** Monday 28 August 2023, 09:00 in Paris. */
export const opened = Date.parse('2023-08-28T09:00:00+02:00');
/** What no mail may show: the ids of the fixtures. */
export const ids = [
  'ask-id-1',
  'person-id-1',
  'person-id-2',
  'person-id-3',
  'request-id-1',
  'project-id-1',
  'application-id',
  'edition-id',
  'need-id',
  'directorate-id',
  'hash-1',
];

/** The steps in which each kind of ask occurs. */
export const stepsOf: Record<AskKind, StepId[]> = {
  interview: ['interviews'],
  document: ['diagnosis', 'call-writing', 'roadmap', 'impact-analysis', 'restitution'],
  approve: ['diagnosis-approval', 'selection-approval', 'roadmap-approval', 'outcome-approval'],
  relay: ['call-open'],
  apply: ['call-open'],
  eligibility: ['eligibility'],
  shortlist: ['shortlist'],
  seat: ['jury'],
  prepare: ['pitch-preparation'],
  interests: ['pitch-preparation'],
  score: ['pitch'],
  deliberation: ['pitch'],
  pairs: ['introductions'],
  introduction: ['introductions'],
  session: ['field'],
  report: ['evaluation'],
  proposal: ['outcome-approval'],
  sitting: ['outcome-approval'],
  decide: ['field'],
};

const roles: Partial<Record<AskKind, string>> = {
  interview: 'field',
  approve: 'executive',
  relay: 'relay',
  apply: 'applicant',
  seat: 'directorate',
  prepare: 'applicant',
  interests: 'directorate',
  score: 'directorate',
  introduction: 'applicant',
  session: 'applicant',
  report: 'applicant',
  proposal: 'directorate',
};
const perProject: StepId[] = ['introductions', 'roadmap', 'roadmap-approval', 'field', 'impact-analysis', 'evaluation', 'outcome-approval'];

const applications = ['Parcours périnatalité', 'Porte à porte des jeunes parents', 'Parler avant'].map((title, index) => ({
  id: `application-id-${index}`,
  title,
  need: 'need-id',
  summary: 'résumé',
  applicant: 'Association Exemple',
}));

/** A view of one ask, due Monday 11 September 2023, open until Tuesday 19; `more` replaces any of it. */
export function viewOf(
  kind: AskKind,
  {
    step = stepsOf[kind][0] ?? 'field',
    at = opened,
    locale = 'fr' as 'fr' | 'en',
    more = {} as Partial<AskView>,
    ask = {} as Partial<AskView['ask']>,
  } = {},
): AskView {
  const role =
    kind === 'document'
      ? step === 'roadmap'
        ? 'applicant'
        : step === 'impact-analysis'
          ? 'evaluator'
          : 'coordinator'
      : (roles[kind] ?? 'coordinator');
  const endless = isEndless({ kind, step });
  const hard = kinds[kind].hard;
  const due = '2023-09-11';
  const dueAt = Date.parse(kind === 'score' ? '2023-09-11T19:00:00+02:00' : '2023-09-12T00:00:00+02:00');
  const isSession = kind === 'session';
  return {
    request: 'request-id-1',
    linkN: 1,
    at,
    edition: {
      id: 'edition-id',
      title: "Expérimentations sociales Val d'Oise 2023",
      territory: "Département du Val d'Oise",
      timezone: 'Europe/Paris',
      locale: 'fr',
      contact: { name: 'Laboratoire des Futurs Possibles', email: 'labo@valdoise.example' },
      status: 'running',
      territoryId: 'val-d-oise',
      shifted: false,
    },
    ask: {
      id: 'ask-id-1',
      kind,
      step,
      version: 1,
      generation: 1,
      openedAt: opened,
      opensAt: opened,
      due,
      dueAt,
      ...(isSession
        ? {
            part: due,
            opensAt: Date.parse('2023-09-11T18:00:00+02:00'),
            openedAt: at >= Date.parse('2023-09-11T18:00:00+02:00') ? Date.parse('2023-09-11T18:00:00+02:00') : null,
          }
        : {}),
      ...(kind === 'sitting' ? { part: due } : {}),
      ...(endless ? {} : { end: hard ? due : '2023-09-19' }),
      endsAt: endless ? null : hard ? dueAt : Date.parse('2023-09-20T00:00:00+02:00'),
      ...ask,
    },
    ...(perProject.includes(step)
      ? { project: { id: 'project-id-1', title: 'Parcours périnatalité', need: 'need-id', directorate: 'directorate-id' } }
      : {}),
    ...(['eligibility', 'apply', 'prepare'].includes(kind) ? { application: applications[0] } : {}),
    ...(kind === 'introduction'
      ? {
          pair: {
            project: 'Parcours périnatalité',
            applicant: 'Association Exemple',
            other: 'Maternité partenaire',
            purpose: 'accueillir les séances',
          },
        }
      : {}),
    person: { id: 'person-id-1', name: 'Direction générale', email: 'dg@valdoise.example', role, locale },
    ...(kind === 'approve' ? { stage: { n: 2, of: 2 } } : {}),
    ...(kind === 'sitting' ? { event: { on: due, body: 'Commission permanente' } } : {}),
    before: kind === 'approve' ? [{ who: 'Médecin-chef du service PMI', what: 'approved', on: '2023-08-28' }] : [],
    documents:
      kind === 'approve'
        ? [{ title: 'Feuille de route', version: 1, body: '…', hash: 'hash-1', frozenOn: '2023-08-21', author: 'person-id-3' }]
        : [],
    applications: ['score', 'interests', 'shortlist', 'deliberation'].includes(kind) ? applications : [],
    ...(kind === 'decide'
      ? { lacking: { kind: 'session' as const, step: 'field' as const, part: '2023-09-06', outcome: 'not-held' as const } }
      : {}),
    choices: kind === 'decide' ? (['move', 'drop', 'drop-project'] satisfies Choice[]) : [],
    form: {
      kind,
      step,
      applications: applications.map(({ id, title }) => ({ id, label: title })),
      criteria: [],
      people: [],
      min: 3,
      max: 4,
      choices: [],
      needsText: false,
    },
    ...more,
  };
}

/** A link as the mails carry it. */
export const link = 'https://troismains.example/r/0123456789abcdefghijklmnopqrstuv';

/** The way to a reader's preferences as the mails carry it. */
export const preferences = 'https://troismains.example/p/0123456789abcdef01234567/abcdefghijklmnopqrstuvwxyz';

/** A mail of asks with these items. */
export const mailOf = (items: MailItem[], locale: 'fr' | 'en' = 'fr'): Extract<MailContent, { template: 'asks' }> => ({
  template: 'asks',
  at: (items[0] ?? { view: viewOf('approve') }).view.at,
  edition: (items[0] ?? { view: viewOf('approve') }).view.edition,
  reader: { id: 'person-id-1', name: 'Direction générale', email: 'dg@valdoise.example', locale, preferences },
  items,
});

/** The day on which each rung leaves, for the due date of the views. */
export const rungDays = {
  opening: '2023-08-28',
  'before-5': '2023-09-04',
  'before-2': '2023-09-07',
  due: '2023-09-11',
  'late-2': '2023-09-13',
  'late-5': '2023-09-18',
  'nudge-1': '2023-09-05',
  'nudge-2': '2023-09-14',
} as const;
export type MailRung = keyof typeof rungDays;

/** The instant at which a rung of this kind leaves. */
export const rungAt = (kind: AskKind, rung: MailRung): number =>
  Date.parse(kind === 'session' && rung === 'opening' ? '2023-09-11T18:00:00+02:00' : `${rungDays[rung]}T09:00:00+02:00`);

/** Every kind in every step it occurs in, on every rung, as the reader's own ask and as an escalation where there is one. */
export function everyItem(locale: 'fr' | 'en'): { name: string; item: MailItem }[] {
  const rungs = Object.keys(rungDays) as MailRung[];
  return askKinds.flatMap((kind) =>
    stepsOf[kind].flatMap((step) =>
      rungs.flatMap((rung) => {
        const view = viewOf(kind, {
          step,
          at: rungAt(kind, rung),
          locale,
          more: { substitute: { id: 'person-id-2', name: 'Direction adjointe' } },
        });
        const own = { name: `${locale} ${kind} ${step} ${rung}`, item: { view, rung, link } };
        if (rung !== 'late-2' && rung !== 'late-5') return [own];
        const about = { id: 'person-id-3', name: 'Médecin-chef du service PMI', role: view.person.role };
        return [own, { name: `${own.name} (escalation)`, item: { view, rung, about, link } }];
      }),
    ),
  );
}

/** A digest with one of everything, about a project of this title. */
export function digestOf({
  locale = 'fr',
  title = 'Parcours périnatalité',
  ...change
}: { locale?: 'fr' | 'en'; title?: string } & Partial<DigestContent> = {}): Extract<MailContent, { template: 'digest' }> {
  const view = viewOf('approve', { step: 'roadmap-approval', locale });
  const known: string[] = [];
  const project = 'project-id-1';
  return {
    template: 'digest',
    at: view.at,
    edition: view.edition,
    reader: { id: 'person-id-1', name: 'Direction générale', email: 'dg@valdoise.example', locale, preferences },
    week: '2023-08-28',
    news: [
      ...STEP_IDS.map((step) => ({ what: 'finished' as const, step, on: '2023-08-22', outcome: 'complete' as const, known })),
      { what: 'projects', on: '2023-08-22', known },
      { what: 'finished', step: 'roadmap', project, on: '2023-08-22', outcome: 'complete', known },
      { what: 'finished', step: 'roadmap-approval', project, on: '2023-08-23', outcome: 'refused', known },
      { what: 'sent-back', step: 'roadmap-approval', project, on: '2023-08-23', known },
      { what: 'adjourned', step: 'outcome-approval', project, on: '2023-08-23', known },
      { what: 'session', project, day: '2023-08-23', on: '2023-08-24', held: true, known },
      { what: 'session', project, day: '2023-08-23', on: '2023-08-24', held: false, known },
      ...(['agreement', 'scale-up', 'end', 'not-started', 'dropped'] as const).map((outcome) => ({
        ...{ what: 'project-ended' as const, project, on: '2023-08-24', outcome, known },
      })),
    ],
    asked: [{ view, link }],
    late: Array.from({ length: 10 }, () => ({ view: viewOf('document', { step: 'roadmap', locale }), name: 'Association Exemple' })),
    coming: [
      ...STEP_IDS.map((step) => ({ what: 'step' as const, step, on: '2023-09-11' })),
      { what: 'session', project, on: '2023-09-06' },
      { what: 'sitting', project, body: 'Commission permanente', on: '2023-09-18' },
      { what: 'decisions', on: '2023-09-20' },
      { what: 'restitution', on: '2024-01-26' },
    ],
    projects: { [project]: title },
    console: 'https://troismains.example/editions/vo',
    ...change,
  };
}
