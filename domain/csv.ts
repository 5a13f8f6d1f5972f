/** CSV: one rule for every table that leaves. */
import { type Options, stringify } from 'csv-stringify/sync';

/** `french`: as spreadsheets in French open a file, by a double click. `rfc4180`: as machines read it. */
export const CSV_DIALECTS = ['french', 'rfc4180'] as const;
/** How a table is written. */
export type CsvDialect = (typeof CSV_DIALECTS)[number];

/** Semicolons and the mark of UTF-8, and a text that a spreadsheet would take for a formula made text (OWASP, "CSV injection"); or texts as they are. */
const options: Record<CsvDialect, Options> = {
  french: { delimiter: ';', bom: true, escape_formulas: true, record_delimiter: 'windows' },
  rfc4180: { delimiter: ',', record_delimiter: 'windows' },
};

/** Rows as CSV, lines ended by CRLF. Null is an empty cell, and a negative number stays one. `first`: false for rows that come after others of the same table. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[], dialect: CsvDialect, { first = true } = {}): string =>
  stringify([...rows], {
    ...options[dialect],
    ...(first ? {} : { bom: false }),
    ...(dialect === 'french' ? { cast: { number: decimal } } : {}),
  });

/** A number as a spreadsheet in French reads it. */
const decimal = (value: number): string => String(value).replace('.', ',');
