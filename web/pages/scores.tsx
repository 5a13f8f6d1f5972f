/** A juror's marks: one small table per application, criteria with their weights down, so that it fits any width and reads in order. */
import type { Field } from '../../domain/asks/forms.js';
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { wordsOf } from '../words/index.js';

type ScoresField = Extract<Field, { type: 'scores' }>;

const cellId = (row: number, column: number) => `f-scores-${row}-${column}`;
const given = (values: Raw, name: string) => [values[name] ?? ''].flat()[0] ?? '';

function isWrong(field: ScoresField, typed: string): boolean {
  const mark = Number(typed.trim().replace(',', '.'));
  return typed.trim() === '' || !/^\d+([.,]\d)?$/.test(typed.trim()) || mark < field.min || mark > field.max;
}

/** The id of the first mark that is missing or wrong: where the error summary leads. */
export function wrongCell(field: ScoresField, values: Raw): string {
  for (const [i, row] of field.rows.entries())
    for (const [j, column] of field.columns.entries())
      if (isWrong(field, given(values, `${field.name}.${row.id}.${column.id}`))) return cellId(i, j);
  return cellId(0, 0);
}

/** The tables. */
export function Scores({ field, values, wrong, locale }: { field: ScoresField; values: Raw; wrong: boolean; locale: Locale }) {
  const { page } = wordsOf(locale);
  return (
    <>
      {field.rows.map((row, i) => (
        <table class="marks">
          <caption>{row.label}</caption>
          <thead>
            <tr>
              <th scope="col">{page.criterion}</th>
              <th scope="col">{page.mark}</th>
            </tr>
          </thead>
          <tbody>
            {field.columns.map((column, j) => {
              const name = `${field.name}.${row.id}.${column.id}`;
              const typed = given(values, name);
              return (
                <tr>
                  <th scope="row">
                    {column.label} <span class="small">({page.weight(column.weight)})</span>
                  </th>
                  <td>
                    <input
                      type="number"
                      inputmode="decimal"
                      step="0.5"
                      min={field.min}
                      max={field.max}
                      id={cellId(i, j)}
                      name={name}
                      value={typed}
                      required
                      aria-label={page.markFor(column.label, row.label)}
                      aria-invalid={wrong && isWrong(field, typed) ? 'true' : undefined}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ))}
    </>
  );
}
