/** Tables of what people answered, for a spreadsheet: fixed columns, then `f.<id>` in the order of the form (intake.md, "Exports"). */
import type { Answer } from './asks/forms.js';
import { type Form, isField } from './forms.js';

/** A cell; a number is written as its reader's spreadsheet reads it. */
export type Cell = string | number | null;

/** The ids of a form's fields, in order; of a default form, those that it always has. `coordinators`: what only they read too. */
export const fieldIds = (form: Form | undefined, plain: readonly string[], { coordinators = true } = {}): string[] =>
  form === undefined
    ? [...plain]
    : form
        .filter(isField)
        .filter((field) => coordinators || field.private !== true)
        .map(({ id }) => id);

/** What was answered to each field: ids of choices, several joined by " | ". */
export const answerCells = (answer: Answer, ids: readonly string[]): Cell[] =>
  ids.map((id) => {
    const value = answer[id];
    if (Array.isArray(value)) return value.join(' | ');
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  });
