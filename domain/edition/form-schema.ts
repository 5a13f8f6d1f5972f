/** The shape of `forms` and `eligibility` in an edition file. */
import * as z from 'zod';
import { FIELD_TYPES, type FieldType, FORM_NAMES } from '../forms.js';

const text = z.string().trim().min(1).max(300);
const both = z.strictObject({ fr: text, en: text });
/** A text, or one for each language. */
export const words = z.union([text, both]);

/** The name under which a field is kept, and compared: it becomes a column of exports. */
export const fieldId = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/)
  .meta({ title: 'field-id', description: 'a-z, 0-9 and hyphens, a letter first' });

const value = z.union([text, z.number(), z.boolean()]);
const when = z
  .record(fieldId, z.union([value, z.array(value).min(1), z.strictObject({ atLeast: z.number() })]))
  .refine((one) => Object.keys(one).length > 0, { params: { fr: 'au moins un champ', en: 'at least one field' } });

const option = z.union([text, z.strictObject({ id: text.max(60), label: words })]);

/** What each type may say beside what all of them may. */
const limits = {
  min: z.number().min(-1e12).max(1e12).optional(),
  max: z.number().min(-1e12).max(1e12).optional(),
  maxLength: z.int().min(1).max(20_000).optional(),
  maxWords: z.int().min(1).max(5_000).optional(),
  options: z.array(option).min(2).max(60).optional(),
};
type Limit = keyof typeof limits;
/** The limits that mean something for a type. */
export const LIMITS: Readonly<Record<FieldType, readonly Limit[]>> = {
  text: ['maxLength'],
  long: ['maxLength', 'maxWords'],
  number: ['min', 'max'],
  money: ['min', 'max'],
  date: [],
  choice: ['options'],
  choices: ['options', 'min', 'max'],
  'yes-no': [],
  email: [],
  phone: [],
  url: [],
  siret: [],
  need: [],
};

const field = z.strictObject({
  id: fieldId,
  type: z.enum(FIELD_TYPES),
  label: words,
  help: words.optional(),
  required: z.boolean().default(true),
  ...limits,
  when: when.optional(),
  private: z.boolean().optional(),
});
const section = z.strictObject({ section: words });

/** Some dozens of fields: whoever asks for more is answered by nobody. */
const form = z
  .array(z.union([section, field]))
  .min(1)
  .max(60);

/** `forms:` */
export const forms = z.partialRecord(z.enum(FORM_NAMES), form);
/** `eligibility:` */
export const eligibility = z.array(z.strictObject({ unless: when, says: words })).max(30);

/** The output of the schemas, before it is made a `Form`. */
export type WrittenForm = z.output<typeof form>;
/** A condition as it is written. */
export type WrittenWhen = z.output<typeof when>;
/** A text as it is written. */
export type WrittenWords = z.output<typeof words>;
