/** The programme's nineteen steps: order, phase, who carries them, what they wait for and how long they take by default (plan.md). */
import type { FixedLength, Length } from './lengths.js';

/** The six phases, in order. */
export const PHASE_IDS = ['diagnostic', 'call', 'pitch', 'validation', 'experiment', 'evaluation'] as const;
/** A phase of the programme. */
export type PhaseId = (typeof PHASE_IDS)[number];

/** The steps, in the order in which every list and plan shows them. */
export const STEP_IDS = [
  'interviews',
  'diagnosis',
  'diagnosis-approval',
  'call-writing',
  'call-open',
  'eligibility',
  'shortlist',
  'jury',
  'pitch-preparation',
  'pitch',
  'selection-approval',
  'introductions',
  'roadmap',
  'roadmap-approval',
  'field',
  'impact-analysis',
  'evaluation',
  'outcome-approval',
  'restitution',
] as const;
/** A step of the programme. */
export type StepId = (typeof STEP_IDS)[number];

/** The steps that are a circuit of approvals; their time is under `circuits:`, not `plan:`. */
export const CIRCUIT_STEP_IDS = ['diagnosis-approval', 'selection-approval', 'roadmap-approval', 'outcome-approval'] as const;
/** A step that is a circuit of approvals. */
export type CircuitStepId = (typeof CIRCUIT_STEP_IDS)[number];
/** A step that has a length of its own. */
export type OwnStepId = Exclude<StepId, CircuitStepId>;

/** The steps that a programme can do without. */
export const SKIPPABLE: readonly StepId[] = ['introductions', 'impact-analysis'];

/** Which of the three hands carries a step. */
export type Hand = 'authority' | 'incubator' | 'entrepreneur';

/** Who may approve by role: the edition's first executive, the need's directorate, every directorate that carries a need. */
export const APPROVER_ROLES = ['executive', 'directorate', 'directorates'] as const;
/** A role that a stage's `by` may name instead of a person. */
export type ApproverRole = (typeof APPROVER_ROLES)[number];

/** A default approval: by whom, within how long. */
export type DefaultApproval = { by: ApproverRole; within: FixedLength };

type Common = { phase: PhaseId; hand: Hand; after: readonly StepId[] };
/** What is known of a step before any edition says otherwise. `after` is empty for the first: it waits for the edition's start. */
export type StepDefinition =
  | (Common & { id: OwnStepId; length: Length })
  | (Common & { id: CircuitStepId; approvals: readonly DefaultApproval[] });

const wd = (n: number): FixedLength => ({ kind: 'fixed', unit: 'wd', n });
const weeks = (n: number): FixedLength => ({ kind: 'fixed', unit: 'w', n });
const own = (id: OwnStepId, phase: PhaseId, hand: Hand, length: Length, ...after: StepId[]): StepDefinition => ({
  id,
  phase,
  hand,
  after,
  length,
});
const circuit = (id: CircuitStepId, phase: PhaseId, approvals: DefaultApproval[], ...after: StepId[]): StepDefinition => ({
  id,
  phase,
  hand: 'authority',
  after,
  approvals,
});
const executive = (n: number): DefaultApproval => ({ by: 'executive', within: wd(n) });
const directorate = (n: number): DefaultApproval => ({ by: 'directorate', within: wd(n) });

/** Every step's definition, in the programme's order: a step only waits for steps before it. */
export const STEPS: readonly StepDefinition[] = [
  own('interviews', 'diagnostic', 'authority', wd(20)),
  own('diagnosis', 'diagnostic', 'incubator', wd(10), 'interviews'),
  circuit('diagnosis-approval', 'diagnostic', [executive(5)], 'diagnosis'),
  own('call-writing', 'call', 'incubator', wd(5), 'diagnosis-approval'),
  own('call-open', 'call', 'incubator', weeks(6), 'call-writing'),
  own('eligibility', 'call', 'incubator', wd(5), 'call-open'),
  own('shortlist', 'call', 'incubator', wd(5), 'eligibility'),
  own('jury', 'pitch', 'authority', wd(10), 'call-writing'),
  own('pitch-preparation', 'pitch', 'entrepreneur', wd(10), 'shortlist'),
  own('pitch', 'pitch', 'authority', wd(1), 'pitch-preparation', 'jury'),
  circuit('selection-approval', 'pitch', [executive(5)], 'pitch'),
  own('introductions', 'validation', 'incubator', wd(10), 'selection-approval'),
  own('roadmap', 'validation', 'entrepreneur', wd(15), 'introductions'),
  circuit('roadmap-approval', 'validation', [directorate(5), executive(10)], 'roadmap'),
  own('field', 'experiment', 'entrepreneur', { kind: 'series', every: ['wednesday'], times: 6, during: 'any' }, 'roadmap-approval'),
  own('impact-analysis', 'experiment', 'incubator', wd(10), 'field'),
  own('evaluation', 'evaluation', 'entrepreneur', wd(15), 'impact-analysis'),
  circuit('outcome-approval', 'evaluation', [directorate(5), executive(10)], 'evaluation'),
  own('restitution', 'evaluation', 'incubator', wd(1), 'outcome-approval'),
];

const byId = new Map<string, StepDefinition>(STEPS.map((step) => [step.id, step]));

/** Whether a text is a step's id. */
export const isStepId = (text: string): text is StepId => byId.has(text);
/** Whether a step is a circuit of approvals. */
export const isCircuitStep = (id: StepId): id is CircuitStepId => CIRCUIT_STEP_IDS.some((circuitId) => circuitId === id);

/** The definition of a step. */
export function stepOf(id: StepId): StepDefinition {
  const step = byId.get(id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
}

/** The steps that wait directly for this one, in order. */
export function successorsOf(id: StepId): StepId[] {
  return STEPS.filter((step) => step.after.includes(id)).map((step) => step.id);
}

/** This step and every step that waits for it, directly or not, in order: what "go back to" opens again. */
export function fromStepOn(id: StepId): StepId[] {
  const reached = new Set<StepId>([id]);
  for (const step of STEPS) if (step.after.some((before) => reached.has(before))) reached.add(step.id);
  return STEP_IDS.filter((step) => reached.has(step));
}

/** The steps that are walked once per retained project: from `introductions` to `outcome-approval` (programme.md). */
export const isPerProject = (id: StepId): boolean => {
  const at = STEP_IDS.indexOf(id);
  return at >= STEP_IDS.indexOf('introductions') && at < STEP_IDS.indexOf('restitution');
};
