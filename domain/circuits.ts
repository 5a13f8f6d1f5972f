/** Circuits of approval and sittings of bodies (plan.md, "Lengths"). */
import type { CivilDate } from './calendar.js';
import type { Approval, BodyId, Edition, NeedId, PersonId } from './edition.js';
import type { FixedLength } from './lengths.js';
import type { CircuitStepId } from './steps.js';

/** A stage: its seats run side by side; it lasts as long as its longest. */
export type Stage = { seats: readonly Approval[]; length: FixedLength };
/** A circuit: stages one after the other, then a sitting when `session` names a body. */
export type Circuit = { stages: readonly Stage[]; session?: BodyId };
/** A sitting of a body, and the last day on which its file may be ready. */
export type Sitting = { date: CivilDate; fileBy: CivilDate };

/** The circuit of a step: the edition's, or the default. */
export function circuitOf(_edition: Edition, _step: CircuitStepId): Circuit {
  throw new Error('not written yet');
}

/** The people who hold a seat in a stage, each with the length of that seat (the longest, if several seats point to one person). `needId` is the project's
 *  need; without one, `directorate` means every directorate that carries a need. */
export function seatsOf(_stage: Stage, _edition: Edition, _needId?: NeedId): { person: PersonId; within: FixedLength }[] {
  throw new Error('not written yet');
}

/** The people who must approve in a stage; one person has one seat. */
export function approversOf(stage: Stage, edition: Edition, needId?: NeedId): PersonId[] {
  return seatsOf(stage, edition, needId).map((seat) => seat.person);
}

/** The filing day of a sitting: the k-th working day before it. Throws when the territory lacks the body. */
export function filingDay(_edition: Edition, _body: BodyId, _sittingDate: CivilDate): CivilDate {
  throw new Error('not written yet');
}

/** The first sitting whose filing day is not before `stagesEnd`, and that is after `after` when given; undefined when none is left. */
export function firstSitting(_edition: Edition, _body: BodyId, _stagesEnd: CivilDate, _after?: CivilDate): Sitting | undefined {
  throw new Error('not written yet');
}

/** The last sitting that is not after `latestEnd`; undefined when there is none. */
export function lastSitting(_edition: Edition, _body: BodyId, _latestEnd: CivilDate): Sitting | undefined {
  throw new Error('not written yet');
}
