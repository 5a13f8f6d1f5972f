/** Who takes part in an edition by its rules, and how that changes while it runs (console.md, "People"). */
import { approversOf, circuitOf } from './circuits.js';
import type { EditionRules, PersonId } from './edition.js';
import type { RefusalCode } from './preview.js';
import { CIRCUIT_STEP_IDS } from './steps.js';

/** Roles that are asked as such, and of which somebody has one. */
const asked: readonly string[] = ['coordinator', 'evaluator', 'relay', 'directorate'];

/** The rules once somebody is put in another's place: interviews, jury, circuits, needs. */
export function replacedIn(rules: EditionRules, from: PersonId, to: PersonId): EditionRules {
  const swap = (id: PersonId) => (id === from ? to : id);
  const swapAll = (ids: readonly PersonId[]) => [...new Set(ids.map(swap))];
  const circuits = { ...rules.circuits };
  for (const step of CIRCUIT_STEP_IDS) {
    const { stages, ...rest } = rules.circuits[step];
    circuits[step] = { ...rest, stages: stages.map((stage) => stage.map(({ by, within }) => ({ by: swap(by), within }))) };
  }
  return {
    ...rules,
    needs: rules.needs.map((need) => ({ ...need, directorate: swap(need.directorate) })),
    ...(rules.executive === undefined ? {} : { executive: swap(rules.executive) }),
    interviews: swapAll(rules.interviews),
    selection: { ...rules.selection, jury: swapAll(rules.selection.jury) },
    circuits,
  };
}

/** The rules once somebody takes part no more, whom no circuit and no need names. */
export const leftFrom = ({ executive, ...rules }: EditionRules, person: PersonId): EditionRules => ({
  ...rules,
  ...(executive === undefined || executive === person ? {} : { executive }),
  interviews: rules.interviews.filter((id) => id !== person),
  selection: { ...rules.selection, jury: rules.selection.jury.filter((id) => id !== person) },
});

/** The rules with somebody in one of their lists who was forgotten. */
export const addedTo = (rules: EditionRules, list: 'jury' | 'interviews', person: PersonId): EditionRules =>
  list === 'interviews'
    ? { ...rules, interviews: [...rules.interviews, person] }
    : { ...rules, selection: { ...rules.selection, jury: [...rules.selection.jury, person] } };

/** Why somebody cannot leave without being replaced; undefined when they can. */
export function bound(
  rules: EditionRules,
  person: PersonId,
  { coordinators, projects }: { coordinators: readonly PersonId[]; projects: readonly { applicant: PersonId; directorate: PersonId }[] },
): Extract<RefusalCode, 'last-coordinator' | 'approver' | 'directorate' | 'applicant'> | undefined {
  if (coordinators.length === 1 && coordinators[0] === person) return 'last-coordinator';
  if (rules.needs.some(({ directorate }) => directorate === person)) return 'directorate';
  if (projects.some(({ directorate }) => directorate === person)) return 'directorate';
  if (projects.some(({ applicant }) => applicant === person)) return 'applicant';
  const approves = CIRCUIT_STEP_IDS.some((step) =>
    circuitOf(rules, step).stages.some((stage) => approversOf(stage, rules).includes(person)),
  );
  return approves ? 'approver' : undefined;
}

/** The role of whoever is put in somebody's place: their own, unless that of the former is asked as such; undefined when they cannot have both. */
export function roleAfter(former: string, own: string): string | undefined {
  if (own === former || own === 'delegate') return former;
  if (!asked.includes(former)) return own;
  return asked.includes(own) || own === 'applicant' ? undefined : former;
}
