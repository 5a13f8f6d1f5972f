import type { Choice, Verdict } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import type { CircuitStepId } from '../domain/steps.js';
import { notAll, type Story } from './story.js';

/** How a circuit ended; `sitting`: the body itself refused. */
export interface Approval {
  verdict: Exclude<Verdict, 'undecided'>;
  bySitting: boolean;
  on: CivilDate;
}

/** How the rounds of a document ended, at which version, and what was written for it. */
export interface Approved<W> {
  written: W;
  version: number;
  verdict: 'approved' | 'refused';
}

/** How a document is written, version after version; what a refusal leads to, and from when its circuit counts. */
export interface Rounds<W> {
  /** @param after the day on which the version before was sent back */
  write(version: number, after: CivilDate | undefined): Promise<W>;
  /** The day after which another version is written, or that there is none; left out, another one. */
  refused?(approval: Approval, version: number): Promise<CivilDate | 'leave'>;
  /** The finish date of what was written, where that belongs to the circuit's own step. */
  from?(written: W): CivilDate;
}

/**
 * A document goes round its circuit until a version is approved. When changes are requested it goes back to whoever writes it, and its next version
 * starts again from the first stage (programme.md, circuits). One such answer ends its stage: `decides`, domain/kinds/approve.ts.
 */
export async function untilApproved<W>(story: Story, step: CircuitStepId, { write, refused, from }: Rounds<W>): Promise<Approved<W>> {
  for (let version = 1, after: CivilDate | undefined; ; version++) {
    const written = await write(version, after);
    const approval = await approve(story, step, version, from?.(written));
    const { verdict, on } = approval;
    const back = verdict === 'approved' ? 'leave' : verdict === 'refused' && refused ? await refused(approval, version) : on;
    if (verdict !== 'changes-requested' && back === 'leave') {
      await story.finish(step, verdict, { version });
      return { written, version, verdict };
    }
    after = back;
  }
}

/**
 * A circuit: its stages one after the other on one frozen version, then a sitting where a body has to deliberate.
 * An undecided stage goes to the coordinators, who ask again, approve in its place, or leave the story.
 * @param after finish date of what came before inside the step, if something did (a proposal)
 */
async function approve(story: Story, step: CircuitStepId, version: number, after?: CivilDate): Promise<Approval> {
  const { stages, sitting } = story.outline.circuits[step];
  const leave: Choice = story.project === undefined ? 'end-edition' : 'drop-project';
  let on = after;
  for (let stage = 1; stage <= stages; stage++) {
    const settled = await story.insist(
      { step, kind: 'approve', version, part: String(stage), after: on },
      { when: (s) => notAll(s) || s.result === undefined, choices: ['extend', 'in-place', leave] },
    );
    on = settled.on;
    if (settled.standin || settled.result === 'approved') continue;
    return { verdict: settled.result === 'refused' ? 'refused' : 'changes-requested', bySitting: false, on };
  }
  return sitting ? deliberate(story, step, version, on ?? '') : { verdict: 'approved', bySitting: false, on: on ?? '' };
}

/** The deliberative sitting that ends a circuit: adopted, rejected, or adjourned to the next one. */
async function deliberate(story: Story, step: CircuitStepId, version: number, filed: CivilDate): Promise<Approval> {
  const generation = story.generation(step);
  for (let adjourned: CivilDate | undefined; ; ) {
    const { items } = await story.tell({ what: 'sitting', step, project: story.project, version, generation, after: filed, adjourned });
    const [date] = items;
    if (date === undefined) {
      const leave: Choice = story.project === undefined ? 'end-edition' : 'drop-project';
      const decision = await story.decide({ step, kind: 'decide', version, part: 'no-sitting', choices: ['go-on', leave] });
      return { verdict: 'approved', bySitting: false, on: decision.on };
    }
    const sat = await story.ask({ step, kind: 'sitting', version, part: date });
    if (sat.result === 'adjourned') adjourned = date;
    else return { verdict: sat.result === 'rejected' ? 'refused' : 'approved', bySitting: true, on: sat.on };
  }
}
