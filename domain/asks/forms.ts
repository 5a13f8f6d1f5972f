import { z } from 'zod';
import type { AskKind, Choice } from '../asks.js';
import type { CivilDate } from '../calendar.js';
import { allHold, type EligibilityRule, type Form, type OwnField } from '../forms.js';
import { isBlank, maxLength, problemOfText, tidy, tidyLine, wordsIn } from '../text.js';
import type { Locale } from '../words.js';
import { type Format, formatted } from './formats.js';

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
  /** The days to come on which the project has a session: none is moved to one of them. */
  taken?: readonly CivilDate[];
  /** The needs of the call, which an application answers. */
  needs?: readonly Option[];
  /** What the edition's own form asks after the fixed fields; left out: the default form. */
  own?: Form;
  /** What an application has to meet, by what it answers: said while it is written. */
  rules?: readonly EligibilityRule[];
  /** The reader's language, for the words of `own`. */
  locale?: Locale;
}

/** The words of a field that the edition's file says. */
export interface OwnWords {
  label: string;
  hint?: string;
  /** When it is asked, for whoever reads the page without scripts. */
  condition?: string;
  options?: Record<string, { label: string }>;
}

/** One field of a form, by what it asks; its words are in `domain/kinds` by `name` and kind, or come with it where the edition's file says it. */
export type Field = FieldOf & { own?: OwnWords; when?: OwnField['when'] };

type FieldOf =
  | { type: 'heading'; name: string }
  | { type: 'text' | 'long'; name: string; required: boolean; format?: Format; maxLength?: number; maxWords?: number }
  | { type: 'number'; name: string; required: boolean; min: number; max: number; decimals?: number; unit?: string }
  | { type: 'date'; name: string; required: boolean }
  | { type: 'choice'; name: string; required: boolean; options: string[] }
  | { type: 'options'; name: string; options: Option[]; min: number; max: number }
  | { type: 'each'; name: string; rows: Option[] }
  | { type: 'scores'; name: string; rows: Option[]; columns: (Option & { weight: number })[]; min: number; max: number };

/** What a person answered: field name to value; `options` are id lists, `scores` are `row → column → number`, `each` is `row → text`. */
export type Answer = Record<string, string | number | string[] | Record<string, Record<string, number> | string>>;

/** What is wrong with one field: a code that the page puts into words. */
export interface FieldProblem {
  field: string;
  problem:
    | 'required'
    | 'too-long'
    | 'too-many-words'
    | `not-a-${Format}`
    | 'too-few'
    | 'too-many'
    | 'not-a-choice'
    | 'not-a-number'
    | 'not-a-date'
    | 'control-characters'
    | 'overlap'
    | 'same-day'
    | 'more-than-came';
}

/** What a form posted: field name to one or several strings. */
export type Raw = Record<string, string | string[]>;

/** An answer as its form was filled. */
export const rawOf = (answer: Answer): Raw =>
  Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value !== 'object') return [[name, String(value)]];
      if (Array.isArray(value)) return [[name, value]];
      return Object.entries(value).flatMap(([row, of]): [string, string][] =>
        typeof of === 'string'
          ? [[`${name}.${row}`, of]]
          : Object.entries(of).map(([column, mark]) => [`${name}.${row}.${column}`, String(mark)]),
      );
    }),
  );

/** Reads fields one by one: the answer as far as it can be read, and what is wrong with the others. */
export function readFields(fields: Field[], raw: Raw): { answer: Answer; problems: FieldProblem[] } {
  const answer: Answer = {};
  const problems: FieldProblem[] = [];
  const one = (name: string) => [raw[name] ?? ''].flat()[0] ?? '';
  for (const field of fields) {
    if (!allHold(field.when, answer)) continue; // what is not shown is not asked, and not kept
    const problem = readField(field, raw, one, answer);
    if (problem !== undefined) problems.push({ field: field.name, problem });
  }
  return { answer, problems };
}

/** What will keep a draft from being sent as it stands: what is wrong with what was typed, not what is still to come. */
export const unsendable = (fields: Field[], raw: Raw): FieldProblem[] =>
  readFields(fields, raw).problems.filter(({ problem }) => problem !== 'required' && problem !== 'too-few');

/** How many characters a text may have. */
export const lengthOf = (field: Extract<Field, { type: 'text' | 'long' }>): number =>
  Math.min(maxLength[field.type], field.maxLength ?? Number.POSITIVE_INFINITY);

type One = (name: string) => string;

function readField(field: Field, raw: Raw, one: One, answer: Answer): FieldProblem['problem'] | undefined {
  switch (field.type) {
    case 'heading':
      return undefined;
    case 'text':
    case 'long': {
      const given = one(field.name);
      const problem = problemOfText(given, field.type);
      if (problem === 'required') return field.required ? problem : undefined;
      if (problem !== undefined) return problem;
      const kept = field.type === 'text' ? tidyLine(given) : tidy(given);
      if (kept.length > lengthOf(field)) return 'too-long';
      if (field.maxWords !== undefined && wordsIn(kept) > field.maxWords) return 'too-many-words';
      const written = field.format === undefined ? kept : formatted(field.format, kept);
      if (written === undefined) return `not-a-${field.format ?? 'url'}`;
      answer[field.name] = written;
      return undefined;
    }
    case 'number': {
      const given = one(field.name)
        .replace(/[\s\u00a0\u202f]/g, '')
        .replace(',', '.')
        .replace(/€$/, '');
      if (isBlank(given)) return field.required ? 'required' : undefined;
      const value = Number(given);
      const shape = field.decimals === undefined ? /^\d+$/ : new RegExp(`^-?\\d{1,12}(\\.\\d{1,${field.decimals}})?$`);
      if (!shape.test(given) || value < field.min || value > field.max) return 'not-a-number';
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
      if (given === '') return field.required ? 'required' : undefined;
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
    case 'each':
      return readEach(field, one, answer);
    case 'scores':
      return readScores(field, one, answer);
  }
}

/** The most that is said of one row: a paragraph. */
export const longestOfEach = 1_000;

/** A text for each row that has one; none is asked for. */
function readEach({ name, rows }: Extract<Field, { type: 'each' }>, one: One, answer: Answer): FieldProblem['problem'] | undefined {
  const texts: Record<string, string> = {};
  for (const { id } of rows) {
    const given = one(`${name}.${id}`);
    const problem = problemOfText(given, 'long');
    if (problem === 'required') continue;
    if (problem !== undefined) return problem;
    if (tidy(given).length > longestOfEach) return 'too-long';
    texts[id] = tidy(given);
  }
  if (Object.keys(texts).length > 0) answer[name] = texts;
  return undefined;
}

/** What was said of each row, by its id. */
export function textsOfEach(answer: Answer | undefined, name: string): Record<string, string> {
  const value = answer?.[name];
  if (typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([id, text]) => (typeof text === 'string' ? [[id, text]] : [])));
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
