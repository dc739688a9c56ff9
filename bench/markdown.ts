import { formatNumber } from '../src/base/units.js';
import type { Spread } from './measure/ratios.js';
import type { WholeCoresTally } from './measure/whole-cores.js';

/** A table: a heading for each column, and rows of cells. The first column is text. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table in Markdown, padded so that it reads well as it is. */
export function markdownTable({ headings, rows }: Table): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, column)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(headings), line(rule), ...rows.map(line)].join('\n');
}

/** A spread as `1.24 (1.19–1.31)`, each number as `format` has it. */
export function spreadText(
  { median, min, max }: Spread,
  format: (value: number) => string = formatNumber,
): string {
  return `${format(median)} (${format(min)}–${format(max)})`;
}

/** Says on what cores some measurements were made, in a line; nothing where none was looked after. */
export function coresNote(
  what: string,
  { whole, shared, discarded, mostRate }: WholeCoresTally,
): string[] {
  if (whole + shared === 0) return [];
  const more = discarded === 0 ? '' : `; ${discarded} more were discarded, as a core was shared`;
  const rate = `${formatNumber(mostRate)} GB/s`;
  return [`Of ${whole + shared} ${what}, ${whole} were on whole cores (${rate})${more}.`];
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
