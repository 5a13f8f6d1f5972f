/** For whom a spreadsheet is written: an option of the commands that write one. */
import type { CsvDialect } from '../domain/csv.js';
import type { Declared } from './help.js';

/** `--csv-dialect`: French spreadsheets, unless another is asked for. */
export const CSV_DIALECT = {
  '--csv-dialect <dialect>': {
    fr: 'french : pour les tableurs en français ; rfc4180 : pour les machines',
    en: 'french: for spreadsheets in French; rfc4180: for machines',
    choices: ['french', 'rfc4180'] satisfies CsvDialect[],
    value: 'french',
  },
} satisfies Declared['options'];
