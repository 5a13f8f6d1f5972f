import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EditionFile } from '../../domain/edition/schema.js';

/** `forms:` and `eligibility:` of an edition file, as docs/forms.md shows them: every kind of field, sections, conditions, a private field, a rule. */
export const FORMS = /```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL('../../docs/forms.md', import.meta.url), 'utf8'))?.[1] ?? '';

/** Puts them into a file. */
export const withForms = (file: EditionFile): void => void Object.assign(file, parse(FORMS));

/** An edition file without forms of its own. */
export const bare = (text: string): string => text.split('\nforms:')[0] ?? '';
