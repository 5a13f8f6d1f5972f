/** Deliberative sittings of the territory's bodies: by when a file must be ready, and which sitting comes next (plan.md, "Lengths"). What each verdict leads to: workflows/circuit.ts. */
import { type CivilDate, calendarOf } from './calendar.js';
import { circuitOf } from './circuits.js';
import type { Body, BodyId, EditionRules } from './edition.js';
import { isCircuitStep, type StepId } from './steps.js';

/** A sitting of a body, and the last day on which its file may be ready. */
export type Sitting = { date: CivilDate; fileBy: CivilDate };

/** A deliberative body of the territory. Throws when there is none of that id: `readEdition` has refused such a file. */
export function bodyOf(edition: EditionRules, id: BodyId): Body {
  const body = Object.hasOwn(edition.territory.sessions, id) ? edition.territory.sessions[id] : undefined;
  if (!body) throw new Error(`the territory has no body ${id}`);
  return body;
}

/** The filing day of a sitting: the k-th working day before it. Throws when the territory lacks the body. */
export const filingDay = (edition: EditionRules, body: BodyId, sittingDate: CivilDate): CivilDate =>
  calendarOf(edition.territory).add(sittingDate, -bodyOf(edition, body).fileByWorkingDays);

/** A sitting of a body with its filing day. */
export const sittingOn = (edition: EditionRules, body: BodyId, date: CivilDate): Sitting => ({
  date,
  fileBy: filingDay(edition, body, date),
});

/** The first sitting whose filing day is not before `stagesEnd`, and that is after `after` when given; undefined when none is left. */
export function firstSitting(edition: EditionRules, body: BodyId, stagesEnd: CivilDate, after?: CivilDate): Sitting | undefined {
  const date = bodyOf(edition, body).dates.find(
    (sitting) => sitting > stagesEnd && (after === undefined || sitting > after) && filingDay(edition, body, sitting) >= stagesEnd,
  );
  return date === undefined ? undefined : sittingOn(edition, body, date);
}

/** Whether a sitting that a circuit was to go to takes place no more: it goes to the next one, as if the body had adjourned it. */
export function isCancelledSitting(edition: EditionRules, { step, part }: { step: StepId; part?: string | null | undefined }): boolean {
  const body = isCircuitStep(step) ? circuitOf(edition, step).session : undefined;
  return body !== undefined && typeof part === 'string' && !bodyOf(edition, body).dates.includes(part);
}

/** The last sitting that is not after `latestEnd`; undefined when there is none. */
export function lastSitting(edition: EditionRules, body: BodyId, latestEnd: CivilDate): Sitting | undefined {
  const date = bodyOf(edition, body).dates.findLast((sitting) => sitting <= latestEnd);
  return date === undefined ? undefined : sittingOn(edition, body, date);
}
