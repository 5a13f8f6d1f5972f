/** The edition file: reading it, refusing it with every problem at once, and its JSON Schema (plan.md, first paragraph). */
import * as z from 'zod';
import { checkAcross } from './edition/checks.js';
import { holdsItself } from './edition/cycles.js';
import { normalise } from './edition/normalise.js';
import { explain, pathText } from './edition/problems.js';
import { editionSchema } from './edition/schema.js';
import { type Reading, refusal } from './edition/types.js';
import { parseYaml } from './edition/yaml.js';

export * from './edition/types.js';

const ENDLESS = {
  fr: "Le fichier se contient lui-même (un alias dans ce qu'il nomme) : écrire les valeurs sans alias.",
  en: 'The file holds itself (an alias inside what it names): write the values without aliases.',
};

const COUNTLESS = {
  fr: "Trop de problèmes pour être dits : le fichier n'a pas la forme d'une édition (« troismains schema » la donne, « troismains new » en écrit une).",
  en: 'Too many problems to be told: the file is not made as an edition is ("troismains schema" says how, "troismains new" writes one).',
};

/** Reads an edition file. Never throws: whatever the text, the answer is an edition or every problem at once (the first of very many). */
export function readEdition(yamlText: string): Reading {
  const parsed = parseYaml(yamlText);
  if (!parsed.ok) return refusal(parsed.problems);
  if (holdsItself(parsed.value)) return refusal([{ path: '', message: ENDLESS }]);
  const shape = shapeOf(parsed.value);
  if (shape === undefined) return refusal([{ path: '', message: COUNTLESS }]);
  const shapeProblems = shape.success ? [] : shape.error.issues.flatMap((issue) => explain(issue));
  const said = new Set(shapeProblems.map((problem) => pathText(problem.path)));
  const problems = [...shapeProblems, ...checkAcross(parsed.value).filter((problem) => !said.has(pathText(problem.path)))];
  if (!shape.success || problems.length > 0) return refusal(problems.map(({ path, message }) => ({ path: pathText(path), message })));
  return { ok: true, edition: normalise(shape.data) };
}

/** What the schema says of a file; undefined when that is more than its library can carry (some hundred thousand problems are arguments of one call). */
function shapeOf(value: unknown) {
  try {
    return editionSchema.safeParse(value, { reportInput: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The edition file as JSON Schema, for editors. */
export function editionJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(editionSchema, { io: 'input', target: 'draft-2020-12' });
}
