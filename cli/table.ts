import { oneLine } from '../domain/clean.js';

/** Columns for a terminal: as wide as what they hold. A cell is one line, whatever was typed in it. */
export function columns(head: readonly string[], typed: readonly (readonly string[])[]): string {
  const rows = typed.map((cells) => cells.map(oneLine));
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}
