/** The shape of a personas file: how people behave in a rehearsal. docs/personas.md explains it to whoever writes one. */
import { z } from 'zod';
import { askKinds } from '../../domain/asks.js';
import { PERSON_ROLES } from '../../domain/roles.js';
import { STEP_IDS } from '../../domain/steps.js';
import type { Words } from '../../domain/words.js';

const bilingual = (fr: string, en: string): { params: Words } => ({ params: { fr, en } });
/** One, or a list: read as a list. */
const oneOrMore = <T extends z.ZodType>(one: T) => z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(one).min(1));

const id = z
  .string()
  .max(80)
  .regex(/^[a-z0-9][a-z0-9-]*$/);
const monthDay = z
  .string()
  .refine(
    (text) => /^(0[1-9]|1[0-2])-\d\d$/.test(text) && z.iso.date().safeParse(`2024-${text}`).success,
    bilingual('un jour de chaque année, MM-JJ (07-14)', 'a day of every year, MM-DD (07-14)'),
  );
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const time = z.string().refine(isTime, bilingual('une heure entre guillemets, "09:30"', 'a time in quotes, "09:30"'));
const season = z.strictObject({ from: monthDay, to: monthDay });
const isWhole = (value: unknown, max: number): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;
/** A whole number, or the two between which it is drawn. */
const range = (max: number) =>
  z.custom<number | [number, number]>(
    (given) =>
      isWhole(given, max) ||
      (Array.isArray(given) && given.length === 2 && isWhole(given[0], max) && isWhole(given[1], max) && given[0] <= given[1]),
    bilingual(`un nombre de 0 à ${max}, ou [le plus petit, le plus grand]`, `a number from 0 to ${max}, or [the smallest, the largest]`),
  );
/** `true`: always; `false`: never; a number: so often, drawn for each ask. */
const often = z.custom<boolean | number>(
  (given) => typeof given === 'boolean' || (typeof given === 'number' && given >= 0 && given <= 1),
  bilingual('true, false, ou une fréquence de 0 à 1', 'true, false, or how often, from 0 to 1'),
);

const selectors = {
  role: oneOrMore(z.enum([...PERSON_ROLES, 'relay', 'applicant'])).optional(),
  person: oneOrMore(id).optional(),
  step: oneOrMore(z.enum(STEP_IDS)).optional(),
  kind: oneOrMore(z.enum(askKinds)).optional(),
  /** When it is asked, every year; `from` after `to` goes over New Year. */
  between: season.optional(),
};

const behaviour = {
  answersAfter: range(250).optional(),
  at: z
    .tuple([time, time])
    .refine(([a, b]) => a <= b || !isTime(a) || !isTime(b), bilingual('la plus tôt, puis la plus tard', 'the earliest, then the latest'))
    .optional(),
  needsReminders: range(5).optional(),
  neverAnswers: often.optional(),
  away: z.array(season).optional(),
  delegates: often.optional(),
  asksForChanges: often.optional(),
  refuses: often.optional(),
  declines: often.optional(),
  missesSession: often.optional(),
  submitsAfter: range(250).optional(),
};

/** A personas file. */
export const personasSchema = z.strictObject({
  schema: z.literal(1),
  title: z.string().trim().min(1).max(200).optional(),
  /** Whose rules come before these: a persona set that comes with Trois Mains, or `none`. */
  extends: z.string().default('realistic'),
  /** How many apply; left out, as many as the edition expects. */
  applications: z.int().min(0).max(200).optional(),
  /** How many begin and never submit. */
  drafts: z.int().min(0).max(50).optional(),
  rules: z.array(z.strictObject({ ...selectors, ...behaviour })).default([]),
});

/** A personas file, read. */
export type PersonasFile = z.infer<typeof personasSchema>;
/** Whom a rule is about, and what they then do. */
export type Rule = PersonasFile['rules'][number];
/** What somebody does: all that the rules about them say, the last one counting. */
export type Behaviour = Omit<Rule, keyof typeof selectors>;
/** A year's days, `MM-DD`, both included. */
export type Season = z.infer<typeof season>;
