/** One view of each kind of ask, as the store would gather it, for pages to be drawn from. */

import type { FormContext } from '../../../domain/asks/forms.js';
import type { AskKind } from '../../../domain/asks.js';
import type { StepId } from '../../../domain/steps.js';
import type { AskView, EditionView } from '../../../domain/view.js';
import type { Locale } from '../../../domain/words.js';

/** Monday 4 September 2023, 10:12 in Paris. */
export const monday = Date.UTC(2023, 8, 4, 8, 12);
const day = 86_400_000;

export const edition: EditionView = {
  id: 'val-d-oise-2023',
  title: "Expérimentations sociales Val d'Oise 2023",
  territory: "Département du Val d'Oise",
  timezone: 'Europe/Paris',
  locale: 'fr',
  contact: { name: 'Laboratoire des Futurs Possibles', email: 'labo@valdoise.example' },
  status: 'running',
  territoryId: 'val-d-oise',
  shifted: false,
};

const steps: Record<AskKind, StepId> = {
  interview: 'interviews',
  document: 'roadmap',
  approve: 'roadmap-approval',
  relay: 'call-open',
  apply: 'call-open',
  eligibility: 'eligibility',
  shortlist: 'shortlist',
  seat: 'jury',
  prepare: 'pitch-preparation',
  interests: 'pitch-preparation',
  score: 'pitch',
  deliberation: 'pitch',
  pairs: 'introductions',
  introduction: 'introductions',
  session: 'field',
  report: 'evaluation',
  proposal: 'outcome-approval',
  sitting: 'outcome-approval',
  decide: 'field',
};

const applications = [
  { id: 'app-1', label: 'Parcours périnatalité', hint: 'Réduire la mortalité périnatale' },
  { id: 'app-2', label: 'Parler avant', hint: 'Protéger les mineurs vulnérables' },
];

const form = (kind: AskKind): FormContext => ({
  kind,
  step: steps[kind],
  applications,
  criteria: [
    { id: 'need', label: 'Réponse au besoin du territoire', weight: 3 },
    { id: 'team', label: 'Équipe et capacité à coopérer', weight: 2 },
  ],
  people: [
    { id: 'maternite', label: 'Maternité partenaire', hint: 'acteur de terrain' },
    { id: 'college', label: 'Collège partenaire', hint: 'acteur de terrain' },
  ],
  min: 1,
  max: 2,
  choices: kind === 'decide' ? ['extend', 'go-on', 'in-place', 'move', 'drop', 'drop-project', 'end-edition'] : [],
  needsText: kind === 'decide',
  ...(kind === 'apply' ? { needs } : {}),
});

const needs = [
  { id: 'perinatalite', label: 'Réduire la mortalité périnatale' },
  { id: 'mineurs', label: 'Protéger les mineurs vulnérables' },
];
const readable = {
  id: 'app-1',
  title: 'Parcours périnatalité',
  need: 'Réduire la mortalité périnatale',
  summary: 'Des rendez-vous réguliers, près de chez soi.\n\nDéjà essayé dans deux villes : https://exemple.example/bilan.',
  applicant: 'Association Naître Ensemble',
};
const ofOneApplication: readonly AskKind[] = ['eligibility', 'apply', 'prepare'];
const ofProject: readonly AskKind[] = [
  'document',
  'approve',
  'pairs',
  'introduction',
  'session',
  'report',
  'proposal',
  'sitting',
  'decide',
];

/** A view of an open ask of a kind, changed as a test needs it. */
export function viewOf(
  kind: AskKind,
  change: Partial<AskView> & { locale?: Locale; ask?: never } = {},
  ask: Partial<AskView['ask']> = {},
): AskView {
  const { locale = 'fr', ...more } = change;
  return {
    request: 'q7Hc2',
    linkN: 1,
    at: monday,
    edition,
    ask: {
      id: `val-d-oise-2023.${steps[kind]}.${kind}.-.v1.-.g1`,
      kind,
      step: steps[kind],
      version: 1,
      generation: 1,
      openedAt: monday - 7 * day,
      opensAt: monday - 7 * day,
      due: '2023-09-11',
      dueAt: Date.UTC(2023, 8, 11, 22),
      end: '2023-09-19',
      endsAt: Date.UTC(2023, 8, 19, 22),
      ...(kind === 'session' ? { part: '2023-09-13' } : {}),
      ...(kind === 'sitting' ? { part: '2024-01-22' } : {}),
      ...ask,
    },
    ...(ofProject.includes(kind)
      ? { project: { id: 'p1', title: 'Parcours périnatalité', need: 'Réduire la mortalité périnatale', directorate: 'Service PMI' } }
      : {}),
    ...(ofOneApplication.includes(kind) ? { application: readable } : {}),
    ...(kind === 'introduction'
      ? {
          pair: {
            project: 'Parcours périnatalité',
            applicant: 'Association Naître Ensemble',
            other: 'Maternité partenaire',
            purpose: 'trouver une salle',
          },
        }
      : {}),
    person: { id: 'dg', name: 'Direction générale', email: 'dg@valdoise.example', role: 'executive', locale },
    substitute: { id: 'dga', name: 'Direction générale adjointe' },
    ...(kind === 'approve' ? { stage: { n: 2, of: 2 } } : {}),
    before: kind === 'approve' ? [{ who: 'Service PMI', what: 'approved', on: '2023-08-28' }] : [],
    documents:
      kind === 'approve'
        ? [
            {
              title: 'Feuille de route « Parcours périnatalité »',
              version: 1,
              body: 'Six séances, chaque mercredi.\n\nIndicateur : rendez-vous tenus, de 40 % à 70 %.',
              hash: '7f3a99b2c4d5e6f70011223344556677889900aabbccddeeff00112233445c1',
              frozenOn: '2023-08-21',
              author: 'Association Naître Ensemble',
            },
          ]
        : [],
    applications: kind === 'score' || kind === 'deliberation' ? [readable] : [],
    ...(kind === 'deliberation'
      ? { scores: [{ application: 'app-1', title: 'Parcours périnatalité', mean: 78.5, median: 80, spread: 14, jurors: 4 }] }
      : {}),
    ...(kind === 'decide' ? { lacking: { kind: 'session', step: 'field', part: '2023-09-13', outcome: 'not-held' } as const } : {}),
    choices: form(kind).choices,
    next: { rung: 'before-2', at: Date.UTC(2023, 8, 7, 7) },
    form: form(kind),
    ...more,
  };
}
