/** Reading personas: those that come with Trois Mains by their name, others from a file. */
import { readFileSync } from 'node:fs';
import { explain, pathText, someOf } from '../../domain/edition/problems.js';
import { parseYaml } from '../../domain/edition/yaml.js';
import { type Edition, type InputProblem, type Refusal, refusal } from '../../domain/edition.js';
import type { Words } from '../../domain/words.js';
import { type PersonasFile, personasSchema, type Rule } from './schema.js';

/** The persona sets that come with Trois Mains; their files are beside this one, as examples. */
export const PERSONA_SETS = ['punctual', 'realistic', 'summer-late'] as const;
/** The name of one of them. */
export type PersonaSet = (typeof PERSONA_SETS)[number];

const SET_WORDS: Record<PersonaSet, Words> = {
  punctual: { fr: 'ponctuels', en: 'punctual' },
  realistic: { fr: 'réalistes', en: 'realistic' },
  'summer-late': { fr: "en retard l'été", en: 'late in summer' },
};

const untitled: Words = { fr: 'ceux du fichier', en: 'those of the file' };

/** How the people of a rehearsal behave: rules from the most general to the most particular, the last that fits counts, key by key. */
export interface Personas {
  title: Words;
  applications?: number;
  drafts?: number;
  rules: readonly Rule[];
}

/** Personas, or what is wrong. */
export type PersonasReading = { ok: true; personas: Personas } | Refusal;

const notPersonas: Words = {
  fr: 'Le fichier ne décrit pas de personas : on attend des clés (`schema: 1`, `rules: …`) ; voir docs/personas.md.',
  en: 'The file does not describe personas: it should be made of keys (`schema: 1`, `rules: …`); see docs/personas.md.',
};

/** Whether a text names a persona set that comes with Trois Mains. */
export const isPersonaSet = (text: string): text is PersonaSet => PERSONA_SETS.some((name) => name === text);

/** The text of a persona set that comes with Trois Mains. */
export const personaSetText = (name: PersonaSet): string => readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8');

/**
 * Reads a personas file for an edition: unknown keys, steps and people are refused with their path. Never throws.
 * A file that does not say what it extends changes the realistic people.
 */
export function readPersonas(text: string, edition: Edition): PersonasReading {
  const parsed = parseYaml(text, notPersonas);
  if (!parsed.ok) return refusal(parsed.problems);
  const shape = personasSchema.safeParse(parsed.value, { reportInput: true });
  if (!shape.success) {
    const found = shape.error.issues.flatMap((issue) => explain(issue));
    return refusal(found.map(({ path, message }) => ({ path: pathText(path), message })));
  }
  const file = shape.data;
  const problems = [...unknownPeople(file, edition), ...unknownBase(file)];
  if (problems.length > 0) return refusal(problems);
  const { title } = file;
  return { ok: true, personas: layered(baseOf(file), file, title === undefined ? untitled : { fr: title, en: title }) };
}

/** A persona set that comes with Trois Mains. */
export function personaSet(name: PersonaSet): Personas {
  const parsed = parseYaml(personaSetText(name));
  const file = personasSchema.parse(parsed.ok ? parsed.value : undefined);
  return layered(baseOf(file), file, SET_WORDS[name]);
}

const baseOf = ({ extends: base }: PersonasFile): Omit<Personas, 'title'> => (isPersonaSet(base) ? personaSet(base) : { rules: [] });

function layered(base: Omit<Personas, 'title'>, file: PersonasFile, title: Words): Personas {
  const applications = file.applications ?? base.applications;
  const drafts = file.drafts ?? base.drafts;
  return {
    title,
    ...(applications === undefined ? {} : { applications }),
    ...(drafts === undefined ? {} : { drafts }),
    rules: [...base.rules, ...file.rules],
  };
}

/** Applicants are known by number only once they apply: `applicant-03` is the third to begin. */
const applicantId = /^applicant-\d\d+$/;

function unknownPeople({ rules }: PersonasFile, edition: Edition): InputProblem[] {
  const known = new Set(edition.people.map((person) => person.id));
  const names = someOf([...known]);
  return rules.flatMap(({ person }, i) =>
    (person ?? []).flatMap((id, n) =>
      known.has(id) || applicantId.test(id)
        ? []
        : problem(`rules[${i}].person[${n}]`, {
            fr: `\`${id}\` n'est pas dans cette édition ; on attend applicant-01, applicant-02… ou : ${names}.`,
            en: `\`${id}\` is not in this edition; it should be applicant-01, applicant-02… or one of: ${names}.`,
          }),
    ),
  );
}

function unknownBase({ extends: base }: PersonasFile): InputProblem[] {
  if (isPersonaSet(base) || base === 'none') return [];
  const names = [...PERSONA_SETS, 'none'].join(', ');
  return problem('extends', {
    fr: `\`${base}\` est inconnu ; on attend : ${names}.`,
    en: `\`${base}\` is not known; it should be one of: ${names}.`,
  });
}

const problem = (path: string, message: Words): InputProblem[] => [{ path, message }];
