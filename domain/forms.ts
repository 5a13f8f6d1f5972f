import { z } from 'zod';
import type { AskKind, Choice } from './asks.js';
import { isBlank, problemOfText, tidy } from './text.js';

/** A person, application, need … that a form offers: an id, and the words a person reads. */
export interface Option {
  id: string;
  label: string;
  hint?: string;
}

/** What a form of one ask depends on, gathered by the store. */
export interface FormContext {
  kind: AskKind;
  step: string;
  /** Applications asked about (shortlist, interests, score, deliberation). */
  applications: Option[];
  /** Scoring criteria of the edition. */
  criteria: (Option & { weight: number })[];
  /** People a coordinator may pair with the project. */
  people: Option[];
  /** How many may be chosen (shortlist, deliberation). */
  min: number;
  max: number;
  /** What a `decide` offers. */
  choices: Choice[];
  /** For a `decide` "in place" that records a text (a document in someone's name) or a date (move). */
  needsText: boolean;
}

/** One field of a form, by what it asks; its words are in `web/words` by `name` and kind. */
export type Field =
  | { type: 'text' | 'long'; name: string; required: boolean }
  | { type: 'number'; name: string; required: boolean; min: number; max: number }
  | { type: 'date'; name: string; required: boolean }
  | { type: 'choice'; name: string; required: boolean; options: string[] }
  | { type: 'options'; name: string; options: Option[]; min: number; max: number }
  | { type: 'scores'; name: string; rows: Option[]; columns: (Option & { weight: number })[]; min: number; max: number };

/** What a person answered: field name to value; `options` are id lists, `scores` are `row → column → number`. */
export type Answer = Record<string, string | number | string[] | Record<string, Record<string, number>>>;

/** What is wrong with one field: a code that the page puts into words. */
export interface FieldProblem {
  field: string;
  problem:
    | 'required'
    | 'too-long'
    | 'too-few'
    | 'too-many'
    | 'not-a-choice'
    | 'not-a-number'
    | 'not-a-date'
    | 'control-characters'
    | 'overlap'
    | 'same-day';
}

const scoreRange = { min: 0, max: 5 } as const;

const long = (name: string, required = true): Field => ({ type: 'long', name, required });
const choice = (name: string, options: string[]): Field => ({ type: 'choice', name, required: true, options });

/** The fields of an application, of which `needs` are those of the call. */
export const applicationFields = (needs: string[]): Field[] => [
  { type: 'text', name: 'title', required: true },
  choice('need', needs),
  long('summary'),
];

/** The simplest honest question of each kind: the fields of its page, in order. */
export function fieldsOf(context: FormContext): Field[] {
  const { kind, applications, criteria, people, min, max, choices } = context;
  switch (kind) {
    case 'interview':
      return [long('problems'), long('existing', false), long('missing', false), long('leads', false)];
    case 'document':
      return [{ type: 'text', name: 'title', required: true }, long('body')];
    case 'approve':
      return [choice('decision', ['approved', 'changes-requested', 'refused']), long('remarks', false)];
    case 'relay':
      return [choice('spread', ['yes', 'no']), long('remarks', false)];
    case 'apply':
      return [];
    case 'eligibility':
      return [choice('eligible', ['yes', 'no']), long('reason')];
    case 'shortlist':
      return [{ type: 'options', name: 'applications', options: applications, min, max }, long('reason')];
    case 'seat':
      return [choice('seat', ['yes', 'no'])];
    case 'prepare':
      return [choice('confirm', ['yes', 'no']), long('material', false)];
    case 'interests':
      return [{ type: 'options', name: 'conflicts', options: applications, min: 0, max: applications.length }, long('nature', false)];
    case 'score':
      return [{ type: 'scores', name: 'scores', rows: applications, columns: criteria, ...scoreRange }, long('remarks', false)];
    case 'deliberation':
      return [
        { type: 'options', name: 'retained', options: applications, min, max },
        { type: 'options', name: 'reserve', options: applications, min: 0, max: applications.length },
        long('reason'),
      ];
    case 'pairs':
      return [{ type: 'options', name: 'people', options: people, min: 0, max: people.length }, long('purpose', false)];
    case 'introduction':
      return [choice('met', ['met', 'not-possible']), long('remarks', false)];
    case 'session':
      return [
        choice('held', ['yes', 'no']),
        { type: 'number', name: 'attendance', required: false, min: 0, max: 100_000 },
        long('indicators', false),
      ];
    case 'report':
      return [
        long('body'),
        { type: 'number', name: 'economic', required: false, min: 1, max: 5 },
        { type: 'number', name: 'social', required: false, min: 1, max: 5 },
      ];
    case 'proposal':
      return [choice('outcome', ['agreement', 'scale-up', 'end']), long('terms')];
    case 'sitting':
      return [choice('decision', ['adopted', 'adjourned', 'rejected']), long('remarks', false)];
    case 'decide':
      return [
        choice('choice', choices),
        ...(choices.includes('move') ? [{ type: 'date', name: 'date', required: false } as const] : []),
        ...(context.needsText ? [{ type: 'text', name: 'title', required: false } as const, long('body', false)] : []),
        long('reason'),
      ];
  }
}

/** What a form posted: field name to one or several strings. */
export type Raw = Record<string, string | string[]>;

/** Reads what a form posted into an answer, or says all that is wrong with it. Score fields are posted as `scores.<row>.<column>`. */
export function readAnswer(context: FormContext, raw: Raw): { ok: true; answer: Answer } | { ok: false; problems: FieldProblem[] } {
  const { answer, problems } = readFields(fieldsOf(context), raw);
  const wrong = new Set(problems.map((problem) => problem.field)); // said once a field
  problems.push(...crossChecks(context, answer).filter((problem) => !wrong.has(problem.field)));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answer };
}

/** Reads fields one by one: the answer as far as it can be read, and what is wrong with the others. */
export function readFields(fields: Field[], raw: Raw): { answer: Answer; problems: FieldProblem[] } {
  const answer: Answer = {};
  const problems: FieldProblem[] = [];
  const one = (name: string) => [raw[name] ?? ''].flat()[0] ?? '';
  for (const field of fields) {
    const problem = readField(field, raw, one, answer);
    if (problem !== undefined) problems.push({ field: field.name, problem });
  }
  return { answer, problems };
}

/** What will keep a draft from being sent as it stands: what is wrong with what was typed, not what is still to come. */
export const unsendable = (fields: Field[], raw: Raw): FieldProblem[] =>
  readFields(fields, raw).problems.filter(({ problem }) => problem !== 'required' && problem !== 'too-few');

type One = (name: string) => string;

function readField(field: Field, raw: Raw, one: One, answer: Answer): FieldProblem['problem'] | undefined {
  switch (field.type) {
    case 'text':
    case 'long': {
      const given = one(field.name);
      const problem = problemOfText(given, field.type);
      if (problem === 'required') return field.required ? problem : undefined;
      if (problem === undefined) answer[field.name] = tidy(given);
      return problem;
    }
    case 'number': {
      const given = one(field.name).trim();
      if (isBlank(given)) return field.required ? 'required' : undefined;
      const value = Number(given);
      if (!/^\d+$/.test(given) || value < field.min || value > field.max) return 'not-a-number';
      answer[field.name] = value;
      return undefined;
    }
    case 'date': {
      const given = one(field.name).trim();
      if (isBlank(given)) return field.required ? 'required' : undefined;
      if (!z.iso.date().safeParse(given).success) return 'not-a-date';
      answer[field.name] = given;
      return undefined;
    }
    case 'choice': {
      const given = one(field.name);
      if (given === '') return 'required';
      if (!field.options.includes(given)) return 'not-a-choice';
      answer[field.name] = given;
      return undefined;
    }
    case 'options': {
      const given = [...new Set([raw[field.name] ?? []].flat().filter((id) => id !== ''))];
      if (given.some((id) => !field.options.some((option) => option.id === id))) return 'not-a-choice';
      answer[field.name] = given;
      return given.length < field.min ? 'too-few' : given.length > field.max ? 'too-many' : undefined;
    }
    case 'scores':
      return readScores(field, one, answer);
  }
}

function readScores(field: Extract<Field, { type: 'scores' }>, one: One, answer: Answer): FieldProblem['problem'] | undefined {
  const table: Record<string, Record<string, number>> = {};
  for (const row of field.rows) {
    const marks: Record<string, number> = {};
    for (const column of field.columns) {
      const given = one(`${field.name}.${row.id}.${column.id}`).trim().replace(',', '.');
      if (isBlank(given)) return 'required';
      const mark = Number(given);
      if (!/^\d+(\.\d)?$/.test(given) || mark < field.min || mark > field.max) return 'not-a-number';
      marks[column.id] = mark;
    }
    table[row.id] = marks;
  }
  answer[field.name] = table;
  return undefined;
}

/** Rules over several fields: reasons for a refusal, a date for a move, no application both retained and in reserve. */
function crossChecks({ kind, needsText }: FormContext, answer: Answer): FieldProblem[] {
  const required = (field: string): FieldProblem[] => (answer[field] === undefined ? [{ field, problem: 'required' }] : []);
  if (kind === 'approve' && answer.decision !== undefined && answer.decision !== 'approved') return required('remarks');
  if (kind === 'sitting' && answer.decision === 'rejected') return required('remarks');
  if (kind === 'interests' && Array.isArray(answer.conflicts) && answer.conflicts.length > 0) return required('nature');
  if (kind === 'decide' && answer.choice === 'move') return required('date');
  if (kind === 'decide' && answer.choice === 'in-place' && needsText) return [...required('title'), ...required('body')];
  if (kind === 'deliberation' && Array.isArray(answer.retained) && Array.isArray(answer.reserve)) {
    const both = answer.reserve.some((id) => Array.isArray(answer.retained) && answer.retained.includes(id));
    return both ? [{ field: 'reserve', problem: 'overlap' }] : [];
  }
  return [];
}

/** The word that decides something in an answer, where the kind has one (`approved`, `held`, `adopted`, `extend` …). */
export function decisionOf(kind: AskKind, answer: Answer): string | undefined {
  const word = (name: string) => (typeof answer[name] === 'string' ? answer[name] : undefined);
  switch (kind) {
    case 'approve':
    case 'sitting':
      return word('decision');
    case 'eligibility':
      return word('eligible');
    case 'seat':
      return word('seat');
    case 'prepare':
      return word('confirm');
    case 'introduction':
      return word('met');
    case 'session':
      return word('held');
    case 'proposal':
      return word('outcome');
    case 'relay':
      return word('spread');
    case 'decide':
      return word('choice');
    default:
      return undefined;
  }
}
