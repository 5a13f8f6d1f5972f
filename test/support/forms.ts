import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EditionFile } from '../../domain/edition/schema.js';

/** `forms:` and `eligibility:` of an edition file: every type of field, sections, conditions, a private field, a rule. */
export const FORMS = readFileSync(new URL('./forms.yaml', import.meta.url), 'utf8');

/** Puts them into a file. */
export const withForms = (file: EditionFile): void => void Object.assign(file, parse(FORMS));
