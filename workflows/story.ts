import type { AskSpec, Choice, Settled } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import { type FactSpec, generationKey, type Recorded, type StepOutcome } from '../domain/facts.js';
import type { StepId } from '../domain/steps.js';
import type { Left } from './left.js';
import type { Pump } from './pump.js';

/** A question as a phase writes it: what is left out is version 1, the story's project, the step's generation. */
export type Question = Pick<AskSpec, 'step' | 'kind' | 'part' | 'after' | 'choices' | 'about'> & { version?: number; generation?: number };

/** One thread of the programme – the edition's own, or a project's – as its phases see it. */
export interface Story {
  /** The project it is about; undefined in the edition's own thread. */
  project?: string;
  outline: Pump['outline'];
  /** Puts a question to people and waits for its outcome; one that is settled already answers at once. */
  ask(question: Question): Promise<Settled>;
  /** Puts it again, one generation on, as long as it lacks something and the coordinators extend it. */
  insist(question: Question, lacks: Lacking): Promise<Insisted>;
  /** Asks the coordinators what to do about something lacking; leaves the story if they end it. */
  decide(question: Question & { choices: Choice[] }): Promise<Settled>;
  /** Says that a step is over. */
  finish(step: StepId, outcome: StepOutcome, which?: { version?: number; generation?: number }): Promise<CivilDate>;
  tell(fact: FactSpec): Promise<Recorded>;
  /** The generation a step starts from: raised when somebody goes back to it. */
  generation(step: StepId): number;
}

/** What was settled in the end, in which generation; `standin`: the coordinators decided in somebody's place. */
export type Insisted = Settled & { generation: number; standin: boolean };

/** When an ask lacks something, and what the coordinators may then choose. */
export interface Lacking {
  when: (settled: Settled) => boolean;
  choices: Choice[];
}

/** Nothing came at all. */
export const nothing = (settled: Settled): boolean => settled.outcome === 'none' || settled.outcome === 'cancelled';
/** Not everything came. */
export const notAll = (settled: Settled): boolean => settled.outcome !== 'complete' && settled.outcome !== 'closed';

/** A thread of the programme on a pump. */
export function storyOf(pump: Pump, project?: string): Story {
  const generation = (step: StepId) => pump.outline.generations[generationKey(step, project)] ?? 1;

  const ask = (question: Question) =>
    pump.ask({ ...question, project, version: question.version ?? 1, generation: question.generation ?? generation(question.step) });

  async function decide(question: Question & { choices: Choice[] }): Promise<Settled> {
    const decision = await ask({ ...question, kind: 'decide' });
    if (decision.result === 'drop-project') throw { left: 'project', outcome: 'dropped', step: question.step } satisfies Left;
    if (decision.result === 'end-edition') throw { left: 'edition', outcome: 'cancelled', step: question.step } satisfies Left;
    return decision;
  }

  async function insist(question: Question, { when, choices }: Lacking): Promise<Insisted> {
    for (let next = question, n = question.generation ?? generation(question.step); ; n++) {
      const settled = await ask({ ...next, generation: n });
      if (!when(settled)) return { ...settled, generation: n, standin: false };
      const part = question.part === undefined ? question.kind : `${question.kind}-${question.part}`;
      const decision = await decide({ ...question, part, generation: n, choices, about: settled.id, after: undefined });
      if (decision.result === 'in-place') return { ...decision, generation: n, standin: true };
      if (decision.result !== 'extend') return { ...settled, generation: n, standin: false };
      next = { ...question, after: decision.on };
    }
  }

  return {
    project,
    outline: pump.outline,
    ask,
    decide,
    insist,
    generation,
    tell: pump.tell,
    finish: async (step, outcome, { version = 1, generation: n = generation(step) } = {}) =>
      (await pump.tell({ what: 'finished', step, project, version, generation: n, outcome })).on,
  };
}
