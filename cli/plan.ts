/** `troismains plan FILE`: the backward schedule, as words, JSON, drawing, calendar or spreadsheet. */
import type { Command } from 'commander';
import type { CsvDialect } from '../domain/csv.js';
import { planText } from '../domain/plan/table.js';
import { computePlan, planJson } from '../domain/plan.js';
import { CSV_DIALECT } from './csv.js';
import { readEditionFile } from './edition-file.js';
import { type Declared, EDITION_FILE } from './help.js';
import { exitWith, painter, print, printDocument, printJson, terminalOf } from './io.js';

type Flags = { format: 'table' | 'svg' | 'ics' | 'csv'; csvDialect: CsvDialect };

/** The command `plan`. */
export const command: Declared = {
  description: {
    fr: 'Planifie une édition à rebours de sa restitution : dates au plus tôt et au plus tard, marge, ce qui ne tient pas et ce qui y remédierait.',
    en: 'Plans an edition backwards from its restitution: earliest and latest dates, slack, what breaks and what would mend it.',
  },
  args: { '<file>': EDITION_FILE },
  options: {
    '--format <format>': { fr: "comment l'écrire", en: 'how to print it', choices: ['table', 'svg', 'ics', 'csv'], value: 'table' },
    ...CSV_DIALECT,
  },
  note: {
    fr: 'Code de sortie 3 quand le plan est infaisable.',
    en: 'Exit code 3 when the plan is infeasible.',
  },
  example: 'troismains plan editions/val-d-oise-2023.yaml --format svg > plan.svg',
  run: async (file: string, { format, csvDialect }: Flags, command: Command) => {
    const terminal = terminalOf(command);
    const { locale } = terminal;
    const edition = await readEditionFile(file);
    const plan = computePlan(edition);
    const { closures } = edition.territory;
    if (terminal.json) printJson(planJson(plan, locale));
    else if (format === 'svg') printDocument((await import('../domain/plan/svg.js')).planSvg(plan, { locale, closures }));
    else if (format === 'csv') printDocument((await import('../domain/plan/csv.js')).planCsv(plan, locale, csvDialect));
    else if (format === 'ics') printDocument((await import('./ics.js')).planIcs(plan, edition, locale));
    else print(planText(plan, edition.title, { locale, closures, width: terminal.width, paint: painter(terminal.colour) }));
    if (!plan.feasible) exitWith(3);
  },
};
