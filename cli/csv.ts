import { Option } from 'commander';
import { CSV_DIALECTS } from '../domain/csv.js';

/** `--csv-dialect`, of every command that writes CSV: its value is a `CsvDialect`. */
export const csvDialectOption = (): Option =>
  new Option('--csv-dialect <dialect>', 'french: for spreadsheets in French; rfc4180: for machines')
    .choices(CSV_DIALECTS)
    .default('french');
