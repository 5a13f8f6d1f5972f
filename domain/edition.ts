/** The edition file: reading it, refusing it with every problem at once, and its JSON Schema (plan.md, first paragraph). */
import { z } from 'zod';
import { checkAcross } from './edition/checks.js';
import { holdsItself } from './edition/cycles.js';
import { normalise } from './edition/normalise.js';
import { explain, pathText } from './edition/problems.js';
import { editionSchema } from './edition/schema.js';
import type { InputProblem, Reading } from './edition/types.js';
import { parseYaml } from './edition/yaml.js';

export * from './edition/types.js';

const ENDLESS = {
  fr: "Le fichier se contient lui-même (un alias dans ce qu'il nomme) : écrire les valeurs sans alias.",
  en: 'The file holds itself (an alias inside what it names): write the values without aliases.',
};

/** Reads an edition file. Never throws: whatever the text, the answer is an edition or every problem at once. */
export function readEdition(yamlText: string): Reading {
  const parsed = parseYaml(yamlText);
  if (!parsed.ok) return parsed;
  if (holdsItself(parsed.value)) return { ok: false, problems: [{ path: '', message: ENDLESS }] };
  const shape = editionSchema.safeParse(parsed.value, { reportInput: true });
  const shapeProblems = shape.success ? [] : shape.error.issues.flatMap((issue) => explain(issue));
  const said = new Set(shapeProblems.map((problem) => pathText(problem.path)));
  const problems = [...shapeProblems, ...checkAcross(parsed.value).filter((problem) => !said.has(pathText(problem.path)))];
  if (!shape.success || problems.length > 0)
    return { ok: false, problems: problems.map(({ path, message }): InputProblem => ({ path: pathText(path), message })) };
  return { ok: true, edition: normalise(shape.data) };
}

/** The edition file as JSON Schema, for editors. */
export function editionJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(editionSchema, { io: 'input', target: 'draft-2020-12' });
}
