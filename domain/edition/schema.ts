/** The shape of an edition file. What concerns several places at once (who is known, what is a working day) is in `checks.ts`. */
import * as z from 'zod';
import { isAddress } from '../address.js';
import { isTimeZone } from '../calendar/zone.js';
import { HOLIDAY_ZONES, WEEKDAYS } from '../calendar.js';
import { DURING } from '../lengths.js';
import { PERSON_ROLES } from '../roles.js';
import { CIRCUIT_STEP_IDS, type OwnStepId, STEP_IDS } from '../steps.js';
import { LOCALES, type Words } from '../words.js';
import { eligibility, forms } from './form-schema.js';
import { FIRST_DATE, LAST_DATE } from './types.js';

const bilingual = (fr: string, en: string): { params: Words } => ({ params: { fr, en } });

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .meta({ title: 'slug', description: 'a-z, 0-9 and hyphens' });
const text = z.string().trim().min(1).max(300);
const date = z.iso
  .date()
  .refine((day) => day >= FIRST_DATE && day <= LAST_DATE, bilingual('une date entre 1990 et 2100', 'a date between 1990 and 2100'))
  .meta({ title: 'date', description: 'YYYY-MM-DD' });
const fixed = z
  .string()
  .regex(/^[1-9]\d{0,2}(wd|d|w)$/)
  .meta({ title: 'length', description: '5wd, 42d or 6w' });
const workingDays = z
  .string()
  .regex(/^[1-9]\d{0,2}wd$/)
  .meta({ title: 'working-days', description: '15wd' });
const weekday = z.enum(WEEKDAYS);

const period = z.strictObject({ from: date, to: date, label: text.optional() });
const body = z.strictObject({ name: text, fileBy: workingDays, dates: z.array(date) });

const territory = z.strictObject({
  id: slug,
  name: text,
  timezone: z
    .string()
    .refine(isTimeZone, bilingual("un fuseau connu, par exemple 'Europe/Paris'", "a known time zone, for instance 'Europe/Paris'")),
  locale: z.enum(LOCALES).default('fr'),
  holidays: z.enum(HOLIDAY_ZONES).default('FR'),
  closures: z.array(period).default([]),
  schoolHolidays: z.array(period).default([]),
  sessions: z.record(slug, body).default({}),
});

const email = z
  .string()
  .refine(isAddress, bilingual('une adresse que les serveurs acceptent, nom@domaine.fr', 'an address that servers take, name@domain.org'))
  .meta({ format: 'email' });
const person = z.strictObject({ id: slug, role: z.enum(PERSON_ROLES), name: text, email, substitute: slug.optional() });
const relay = z.strictObject({
  id: slug,
  name: text,
  email,
  reach: z.int().min(1).optional(),
  substitute: slug.optional(),
});
const range = z.strictObject({ min: z.int().min(1), max: z.int().min(1) });

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ title: 'time', description: 'HH:MM' });
const minutes = z
  .string()
  .regex(/^[1-9]\d{0,2}min$/)
  .meta({ title: 'minutes', description: '25min' });
/** A date, and of the jury's day its hours where they are known (all of `from`, `to`, `perPitch`: checks.ts). */
const pin = z.strictObject({
  date,
  from: time.optional(),
  to: time.optional(),
  place: text.optional(),
  perPitch: minutes.optional(),
  breaks: z
    .array(z.strictObject({ at: time, for: minutes }))
    .max(10)
    .optional(),
});
const series = z.strictObject({
  every: z.union([weekday, z.array(weekday).min(1)]),
  times: z.int().min(1).max(200),
  during: z.enum(DURING).default('any'),
});
const length = z.union([fixed, pin, series]);

const approval = z.strictObject({ by: slug, within: fixed });
const together = z.strictObject({ all: z.array(approval).min(1) });
const sitting = z.strictObject({ session: slug });
const stage = z.union([approval, together, sitting]);

const isOwn = (id: string): id is OwnStepId => !CIRCUIT_STEP_IDS.some((circuit) => circuit === id);
const ownSteps = STEP_IDS.filter(isOwn);

/** What an edition file may contain. Its input type is the file; its output has the defaults filled in. */
export const editionSchema = z
  .strictObject({
    schema: z.literal(1),
    id: slug,
    title: text,
    start: date,
    target: date,
    territory,
    needs: z.array(z.strictObject({ id: slug, title: text, directorate: slug })).min(1),
    people: z.array(person).min(1),
    interviews: z.array(slug).min(1),
    relays: z.array(relay).default([]),
    selection: z.strictObject({
      expectedApplications: z.int().min(1),
      shortlist: range,
      retained: range,
      jury: z.array(slug).min(1),
      criteria: z.array(z.strictObject({ id: slug, label: text, weight: z.number().min(0).max(1000) })).min(1),
    }),
    plan: z.partialRecord(z.enum(ownSteps), length).default({}),
    circuits: z.partialRecord(z.enum(CIRCUIT_STEP_IDS), z.array(stage).min(1)).default({}),
    forms: forms.optional(),
    eligibility: eligibility.optional(),
  })
  .meta({ title: 'Trois Mains: edition', description: 'One edition of a programme of social experimentation' });

/** The file after the schema, before it is made an `Edition`. */
export type EditionFile = z.output<typeof editionSchema>;
