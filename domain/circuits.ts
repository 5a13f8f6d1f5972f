/** Circuits of approval: who approves, in which stages, and how long they take (plan.md, "Lengths"). What a verdict leads to: workflows/circuit.ts. */
import { type Calendar, type CivilDate, earlierOf, laterOf } from './calendar.js';
import type { Approval, BodyId, EditionRules, NeedId, PersonId } from './edition.js';
import { type FixedLength, finishOf, roughWorkingDays, startOf } from './lengths.js';
import { type CircuitStepId, isCircuitStep, type StepId } from './steps.js';

/** A stage: its seats run side by side; it lasts as long as its longest. */
export type Stage = { seats: readonly Approval[]; length: FixedLength };
/** A circuit: stages one after the other, then a sitting when `session` names a body. */
export type Circuit = { stages: readonly Stage[]; session?: BodyId };

const longest = (lengths: readonly FixedLength[]): FixedLength =>
  lengths.reduce((a, b) => (roughWorkingDays(b) > roughWorkingDays(a) ? b : a), { kind: 'fixed', unit: 'wd', n: 1 });

/** The circuit of a step: the edition's, or the default. */
export function circuitOf(edition: EditionRules, step: CircuitStepId): Circuit {
  const { stages, session } = edition.circuits[step];
  return {
    stages: stages.map((seats) => ({ seats, length: longest(seats.map((seat) => seat.within)) })),
    ...(session === undefined ? {} : { session }),
  };
}

/** Who carries a need; without one, everyone who carries one, in the order of the needs. */
export function directoratesOf(edition: EditionRules, needId?: NeedId): PersonId[] {
  const needs = needId === undefined ? edition.needs : edition.needs.filter((need) => need.id === needId);
  return [...new Set(needs.map((need) => need.directorate))];
}

/** The people whom a stage's `by` means. */
export function peopleOf(by: Approval['by'], edition: EditionRules, needId?: NeedId): PersonId[] {
  switch (by) {
    case 'executive':
      return edition.executive === undefined ? [] : [edition.executive];
    case 'directorate':
      return directoratesOf(edition, needId);
    case 'directorates':
      return directoratesOf(edition);
    default:
      return [by];
  }
}

/** The people who hold a seat in a stage, each with the length of that seat (the longest, if several seats point to one person).
 *  `needId` is the project's need; without one, `directorate` means every directorate that carries a need. */
export function seatsOf(stage: Stage, edition: EditionRules, needId?: NeedId): { person: PersonId; within: FixedLength }[] {
  const seats = new Map<PersonId, FixedLength>();
  for (const { by, within } of stage.seats)
    for (const person of peopleOf(by, edition, needId)) {
      const known = seats.get(person);
      seats.set(person, known ? longest([known, within]) : within);
    }
  return [...seats].map(([person, within]) => ({ person, within }));
}

/** The people who must approve in a stage; one person has one seat. */
export function approversOf(stage: Stage, edition: EditionRules, needId?: NeedId): PersonId[] {
  return seatsOf(stage, edition, needId).map((seat) => seat.person);
}

/** The last day of a stage whose first is `day1`: when its longest seat ends. */
export const stageFinish = (day1: CivilDate, stage: Stage, cal: Calendar): CivilDate =>
  stage.seats.reduce((latest, seat) => laterOf(latest, finishOf(day1, seat.within, cal)), cal.onOrAfter(day1));

/** The latest first day of a stage that must end on `finish`. */
export const stageStart = (finish: CivilDate, stage: Stage, cal: Calendar): CivilDate =>
  stage.seats.reduce((earliest, seat) => earlierOf(earliest, startOf(finish, seat.within, cal)), cal.onOrBefore(finish));

/** The last day of stages that follow one another from `day1`; each begins on the working day after the one before. Without stages, `day1`. */
export function stagesFinish(day1: CivilDate, stages: readonly Stage[], cal: Calendar): CivilDate {
  let finish = day1;
  stages.forEach((stage, i) => {
    finish = stageFinish(i === 0 ? day1 : cal.add(finish, 1), stage, cal);
  });
  return finish;
}

/** The latest first day of stages that must all have ended on `finish`. Without stages, `finish`. */
export function stagesStart(finish: CivilDate, stages: readonly Stage[], cal: Calendar): CivilDate {
  let start = finish;
  [...stages].reverse().forEach((stage, i) => {
    start = stageStart(i === 0 ? finish : cal.add(start, -1), stage, cal);
  });
  return start;
}

/** The latest day after which stages that follow one another can still end by `finish`. Without stages, `finish`. */
export const dayBefore = (stages: readonly Stage[], finish: CivilDate, cal: Calendar): CivilDate =>
  stages.length === 0 ? finish : cal.add(stagesStart(finish, stages, cal), -1);

/** A circuit's stages, from the asked one on (`part`: its number); none where a step is no circuit. */
export const stagesFrom = ({ step, part = '1' }: { step: StepId; part?: string | undefined }, edition: EditionRules): readonly Stage[] =>
  isCircuitStep(step) ? circuitOf(edition, step).stages.slice(Number(part) - 1) : [];
