/** Forms that an edition's file says (`forms:`, `eligibility:`; intake.md, "Forms belong to the edition"): their fields, and when one is shown. */
import type { Words } from './words.js';

/** The forms that a file may say. */
export const FORM_NAMES = ['interview', 'application', 'roadmap', 'session', 'report', 'restitution'] as const;
/** A form that a file may say. */
export type FormName = (typeof FORM_NAMES)[number];

/** What a field of such a form may ask for. */
export const FIELD_TYPES = [
  'text',
  'long',
  'number',
  'money',
  'date',
  'choice',
  'choices',
  'yes-no',
  'email',
  'phone',
  'url',
  'siret',
  'need',
] as const;
/** What a field of such a form may ask for. */
export type FieldType = (typeof FIELD_TYPES)[number];

/** The fields that come first in a form of the edition's own, and whose ids it may not take (intake.md, "Settled"). */
export const FIXED_FIELDS: Readonly<Record<FormName, readonly string[]>> = {
  interview: [],
  application: ['title', 'organisation', 'need', 'team'],
  roadmap: ['title'],
  session: ['held', 'attendance', 'newcomers'],
  report: ['economic', 'social'],
  restitution: ['title'],
};

/** Something that can be chosen: compared by its id, read by its label. */
export interface Choosable {
  id: string;
  label: Words;
}

/** One thing that has to hold of an earlier field: it is one of these – or holds one of them –, or is a number so high. */
export interface Condition {
  field: string;
  any?: readonly string[];
  atLeast?: number;
}

/** A field that an edition's file says; `min` and `max` are of numbers, or of how many are chosen. */
export interface OwnField {
  id: string;
  type: FieldType;
  label: Words;
  help?: Words;
  required: boolean;
  min?: number;
  max?: number;
  maxLength?: number;
  maxWords?: number;
  options?: readonly Choosable[];
  /** It is shown, asked and kept where all of these hold. */
  when?: readonly Condition[];
  /** Only coordinators read it. */
  private?: true;
}

/** A heading between fields. */
export interface FormSection {
  section: Words;
}

/** A form, from top to bottom. */
export type Form = readonly (OwnField | FormSection)[];
/** The forms of an edition, as far as its file says any. */
export type Forms = Readonly<Partial<Record<FormName, Form>>>;

/** A rule of eligibility: what has to hold of an application, and what is said where it does not. It warns; a person rules. */
export interface EligibilityRule {
  unless: readonly Condition[];
  says: Words;
}

/** How many characters all the long texts of a form may have: what is typed is given back whole, whatever happens to it. */
export const FORM_CHARACTERS = 150_000;

/** How many characters a long text may have: what the file says, or twelve a word, or two pages. */
export const charactersOf = ({ maxLength, maxWords }: Pick<OwnField, 'maxLength' | 'maxWords'>): number =>
  maxLength ?? (maxWords === undefined ? 6_000 : Math.min(20_000, maxWords * 12));

/** Whether a part of a form is a field. */
export const isField = (part: OwnField | FormSection): part is OwnField => 'id' in part;

/** Whether one condition holds of what was answered so far: what is hidden or unanswered never matches. */
function holds({ field, any, atLeast }: Condition, answer: Readonly<Record<string, unknown>>): boolean {
  const value = answer[field];
  if (atLeast !== undefined) return typeof value === 'number' && value >= atLeast;
  return [value].flat().some((one) => (typeof one === 'string' || typeof one === 'number') && any?.includes(String(one)) === true);
}

/** Whether all conditions hold of an answer; no condition always does. */
export const allHold = (conditions: readonly Condition[] | undefined, answer: Readonly<Record<string, unknown>>): boolean =>
  conditions === undefined || conditions.every((one) => holds(one, answer));

/** The rules of eligibility that an application does not meet; those whose fields were not all answered say nothing yet. */
export const unmetRules = (rules: readonly EligibilityRule[], answer: Readonly<Record<string, unknown>>): EligibilityRule[] =>
  rules.filter(({ unless }) => unless.every(({ field }) => answer[field] !== undefined) && !allHold(unless, answer));
