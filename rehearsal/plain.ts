import type { AskView } from '../domain/view.js';
import { plainAnswer } from './answers.js';
import type { Deed, Moment, Script, ScriptedApplicant } from './people.js';

/** What differs from plain people: left undefined by a function, a person does what everybody does. */
export interface Plain {
  seed?: number;
  /** Left out: two working days after being asked, at half past two; a juror's marks on the same day. */
  when?: Script['when'];
  /** Left out, or answering undefined: a plain, favourable answer. */
  deed?: (...asked: Parameters<Script['deed']>) => Deed | undefined;
  applicants?: readonly ScriptedApplicant[];
}

/** When plain people act. */
export const plainMoment = ({ kind }: { kind: string }): Moment => ({ afterWorkingDays: kind === 'score' ? 0 : 2, time: '14:30' });

/** People who do what is asked of them: they answer favourably, and retain as few as they may. */
export function plainScript({ seed = 1, when = plainMoment, deed, applicants = [] }: Plain = {}): Script {
  const plain = (view: AskView) => plainAnswer(view, seed);
  return { when, deed: (view) => deed?.(view) ?? { answer: plain(view) }, applies: plain, applicants };
}

/** Applicants of a call: each begins one working day after the other and submits a week later. */
export function plainApplicants(count: number, needs: readonly { id: string }[]): ScriptedApplicant[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Porteuse ${index + 1}`,
    email: `porteuse-${index + 1}@projet.example`,
    title: `Solution ${index + 1}`,
    need: needs[index % Math.max(1, needs.length)]?.id ?? '',
    summary: 'Une solution éprouvée ailleurs.',
    begins: { afterWorkingDays: 1 + index, time: '10:00' },
    submits: { afterWorkingDays: 6 + index, time: '11:00' },
  }));
}
