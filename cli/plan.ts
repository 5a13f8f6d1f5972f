/** `troismains plan FILE`: the backward schedule, as words, JSON, drawing, calendar or spreadsheet. */
import { type Command, Option } from 'commander';
import type { CsvDialect } from '../domain/csv.js';
import { planCsv } from '../domain/plan/csv.js';
import { planSvg } from '../domain/plan/svg.js';
import { planText } from '../domain/plan/table.js';
import { computePlan, planJson } from '../domain/plan.js';
import { csvDialectOption } from './csv.js';
import { exitWith, painter, print, printJson, readEditionFile, terminalOf } from './io.js';

type Flags = { format: 'table' | 'svg' | 'ics' | 'csv'; csvDialect: CsvDialect };

/** Adds `plan` to the command line. */
export function register(program: Command): void {
  program
    .command('plan')
    .summary('the backward schedule of an edition file')
    .description('Plans an edition backwards from its restitution: earliest and latest dates, slack, what breaks and what would mend it.')
    .argument('<file>', 'the edition file (- for stdin)')
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'svg', 'ics', 'csv']).default('table'))
    .addOption(csvDialectOption())
    .addHelpText(
      'after',
      '\nExit code 3 when the plan is infeasible.\n\nExample:\n  troismains plan editions/val-d-oise-2023.yaml --format svg > plan.svg',
    )
    .action(async (file: string, { format, csvDialect }: Flags, command: Command) => {
      const terminal = terminalOf(command);
      const { locale } = terminal;
      const edition = await readEditionFile(file);
      const plan = computePlan(edition);
      const { closures } = edition.territory;
      if (terminal.json) printJson(planJson(plan, locale));
      else if (format === 'svg') print(planSvg(plan, { locale, closures }));
      else if (format === 'csv') print(planCsv(plan, locale, csvDialect));
      else if (format === 'ics') print((await import('./ics.js')).planIcs(plan, edition, locale));
      else print(planText(plan, edition.title, { locale, closures, width: terminal.width, paint: painter(terminal.colour) }));
      if (!plan.feasible) exitWith(3);
    });
}
