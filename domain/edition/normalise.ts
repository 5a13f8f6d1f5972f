/** From a checked file to an `Edition`: relays join the people, lengths and circuits become unions, defaults are filled in. */

import type { JuryDay } from '../juryday.js';
import type { FixedLength, Length } from '../lengths.js';
import { CIRCUIT_STEP_IDS, type CircuitStepId, isCircuitStep, type OwnStepId, STEP_IDS, stepOf } from '../steps.js';
import { ownForms } from './forms.js';
import type { EditionFile } from './schema.js';
import type { CircuitSpec, Edition, StageSpec } from './types.js';

/** A length as written, `5wd`, `42d` or `6w`. Throws when it is none of these: the schema has refused such a file. */
export function fixedLength(written: string): FixedLength {
  const [, n, unit] = /^(\d+)(wd|d|w)$/.exec(written) ?? [];
  if (unit !== 'wd' && unit !== 'd' && unit !== 'w') throw new Error(`not a length: ${written}`);
  return { kind: 'fixed', unit, n: Number(n) };
}

type WrittenLength = NonNullable<EditionFile['plan'][OwnStepId]>;

function lengthOf(written: WrittenLength): Length {
  if (typeof written === 'string') return fixedLength(written);
  if ('date' in written) return { kind: 'pin', date: written.date };
  const every = typeof written.every === 'string' ? [written.every] : written.every;
  return { kind: 'series', every: [...new Set(every)], times: written.times, during: written.during };
}

/** The hours of the jury's day, where they are written. */
function hoursOf(pitch: WrittenLength | undefined): { juryDay?: JuryDay } {
  if (typeof pitch !== 'object' || !('date' in pitch)) return {};
  const { from, to, place, perPitch, breaks = [] } = pitch;
  if (from === undefined || to === undefined || perPitch === undefined) return {};
  const pauses = breaks.map(({ at, for: length }) => ({ at, minutes: Number.parseInt(length, 10) }));
  return { juryDay: { from, to, ...(place === undefined ? {} : { place }), perPitch: Number.parseInt(perPitch, 10), breaks: pauses } };
}

function planOf(file: EditionFile): Edition['plan'] {
  const own = STEP_IDS.filter((id): id is OwnStepId => !isCircuitStep(id)).map((id) => {
    const step = stepOf(id);
    const written = file.plan[id];
    if (!('length' in step)) throw new Error(`${id} is a circuit`);
    return [id, written === undefined ? step.length : lengthOf(written)];
  });
  return Object.fromEntries(own);
}

function circuitSpec(file: EditionFile, id: CircuitStepId): CircuitSpec {
  const written = file.circuits[id];
  const step = stepOf(id);
  if (!written) return { stages: 'approvals' in step ? step.approvals.map((approval) => [approval]) : [] };
  const approval = ({ by, within }: { by: string; within: string }) => ({ by, within: fixedLength(within) });
  const stages: StageSpec[] = [];
  let session: string | undefined;
  for (const stage of written) {
    if ('session' in stage) session = stage.session;
    else stages.push('all' in stage ? stage.all.map(approval) : [approval(stage)]);
  }
  return session === undefined ? { stages } : { stages, session };
}

/** The edition of a file that the schema and the checks have accepted. */
export function normalise(file: EditionFile): Edition {
  const { sessions, ...territory } = file.territory;
  const bodies = Object.entries(sessions).map(([id, { name, fileBy, dates }]) => [
    id,
    { id, name, fileByWorkingDays: fixedLength(fileBy).n, dates: [...new Set(dates)].sort() },
  ]);
  const { id, title, start, target, needs, interviews, selection } = file;
  const executive = file.people.find(({ role }) => role === 'executive')?.id;
  return {
    id,
    title,
    start,
    target,
    territory: { ...territory, sessions: Object.fromEntries(bodies) },
    needs,
    people: [...file.people, ...file.relays.map((relay) => ({ ...relay, role: 'relay' as const }))],
    ...(executive === undefined ? {} : { executive }),
    interviews,
    selection,
    plan: planOf(file),
    circuits: Object.fromEntries(CIRCUIT_STEP_IDS.map((step) => [step, circuitSpec(file, step)])) as Edition['circuits'],
    ...hoursOf(file.plan.pitch),
    ...ownForms(file),
  };
}
