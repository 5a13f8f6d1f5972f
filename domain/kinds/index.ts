import { type Answer, type Field, type FieldProblem, type FormContext, type Raw, readFields } from '../asks/forms.js';
import { ownFields } from '../asks/own-fields.js';
import type { AskKey, AskKind } from '../asks.js';
import { apply } from './apply.js';
import { approve } from './approve.js';
import { decide } from './decide.js';
import { deliberation } from './deliberation.js';
import { document } from './document.js';
import { eligibility } from './eligibility.js';
import { interests } from './interests.js';
import { interview } from './interview.js';
import { introduction } from './introduction.js';
import type { Kind } from './kind.js';
import { pairs } from './pairs.js';
import { prepare } from './prepare.js';
import { proposal } from './proposal.js';
import { relay } from './relay.js';
import { report } from './report.js';
import { score } from './score.js';
import { seat } from './seat.js';
import { session } from './session.js';
import { shortlist } from './shortlist.js';
import { sitting } from './sitting.js';

/** The table of programme.md: what is true of each kind of ask is in its own file. */
export const kinds: Record<AskKind, Kind> = {
  interview,
  document,
  approve,
  relay,
  apply,
  eligibility,
  shortlist,
  seat,
  prepare,
  interests,
  score,
  deliberation,
  pairs,
  introduction,
  session,
  report,
  proposal,
  sitting,
  decide,
};

/** Whether an ask waits for ever (and escalates) instead of ending: ∞ of programme.md. */
export const isEndless = ({ kind, step }: Pick<AskKey, 'kind' | 'step'>): boolean => kinds[kind].endless(step);

/** Whether a person may name somebody to answer in their place. */
export const isDelegable = (kind: AskKind): boolean => kinds[kind].delegable;

/** Whether an answer says no to being asked, rather than something about the question. */
export const isDeclined = (kind: AskKind, decision: string | undefined): boolean => kinds[kind].declines(decision);

/** The fields of a page, in order: those that are always there, then the edition's own or the default ones. */
export const fieldsOf = (form: FormContext): Field[] =>
  form.own === undefined ? kinds[form.kind].fields(form) : [...kinds[form.kind].fixed(form), ...ownFields(form.own, form)];

/** What a form posted, as far as it can be read, and all that is wrong with the rest, over several fields too. */
export function readWhole(form: FormContext, raw: Raw): { answer: Answer; problems: FieldProblem[] } {
  const { answer, problems } = readFields(fieldsOf(form), raw);
  const wrong = new Set(problems.map(({ field }) => field)); // said once a field
  return { answer, problems: [...problems, ...kinds[form.kind].checks(answer, form).filter(({ field }) => !wrong.has(field))] };
}

/** Reads what a form posted into an answer, or says all that is wrong with it. Score fields are posted as `scores.<row>.<column>`. */
export function readAnswer(form: FormContext, raw: Raw): { ok: true; answer: Answer } | { ok: false; problems: FieldProblem[] } {
  const { answer, problems } = readWhole(form, raw);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answer };
}

/** The word that decides something in an answer, where the kind has one. */
export function decisionOf(kind: AskKind, answer: Answer): string | undefined {
  const word = answer[kinds[kind].decision ?? ''];
  return typeof word === 'string' ? word : undefined;
}

/** What nobody says for somebody else: marks, ties to applicants, applications (console.md, "People"). */
const ownOnly: readonly AskKind[] = ['score', 'interests', 'apply'];

/** Whether a coordinator may write down what somebody answers to such an ask. */
export const isSaidForOthers = (kind: AskKind): boolean => !ownOnly.includes(kind);
