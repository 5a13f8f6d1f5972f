import { each } from '../asks/seats.js';
import { circuitOf, dayBefore, seatsOf, stagesFinish, stagesFrom } from '../circuits.js';
import { isHeard } from '../selection.js';
import { isCircuitStep } from '../steps.js';
import { choice, type Kind, long, ordinary, required } from './kind.js';

/** Approve a frozen version, one ask per stage of a circuit: whoever does not approve decides. */
export const approve: Kind = {
  ...ordinary,
  seats: ({ edition, ask, project }) => {
    const [stage] = stagesFrom(ask, edition);
    return each(stage === undefined ? [] : seatsOf(stage, edition, project?.need).map(({ person }) => person));
  },
  due: (ask, day1, { edition, calendar }) => stagesFinish(day1, stagesFrom(ask, edition).slice(0, 1), calendar),
  lastDay: (ask, latest, { edition, calendar }) => dayBefore(stagesFrom(ask, edition).slice(1), latest, calendar),
  addsUp: true,
  decides: (decision) => decision !== undefined && decision !== 'approved',
  versions: 'approved',
  holdsUp: true,
  fields: () => [choice('decision', ['approved', 'changes-requested', 'refused']), long('remarks', false)],
  checks: (answer) => (answer.decision === undefined || answer.decision === 'approved' ? [] : required(answer, 'remarks')),
  decision: 'decision',
  reads: { ...ordinary.reads, applications: (application, { step }) => step === 'selection-approval' && isHeard(application) },
  subject: ({ step, part }, edition) =>
    isCircuitStep(step) ? { stage: { n: Number(part), of: circuitOf(edition, step).stages.length } } : {},
  lack: () => 'undecided',
};
