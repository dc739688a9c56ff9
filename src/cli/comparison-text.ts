import type { Comparison, ComparisonRow } from '../shared/comparison.js';
import { formatDuration, formatNumber, formatShare } from '../shared/units.js';
import {
  configurationLabel,
  intervalLabel,
  machineLine,
  repeatsLabel,
  warningLines,
  workLine,
} from './run-text.js';
import { alignTable, joinBlocks } from './text-layout.js';

const HEADINGS = ['', 'Wall time', '95 % interval', 'Speed-up', '95 % interval', 'Waiting'];

/** A comparison, for people to read: one table, and what it means. */
export function comparisonText({ rows, conclusion }: Comparison): string {
  const [serial] = rows;
  if (serial === undefined) return `${conclusion}\n`;
  return joinBlocks([
    [workLine(serial.params), repeatsLabel(serial.params), machineLine(serial.machine)],
    alignTable(
      [HEADINGS, ...rows.map(cells)],
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    [conclusion],
    warningLines(allWarnings(rows)),
  ]);
}

function cells({ params, summary, speedup, speedupCi95 }: ComparisonRow): string[] {
  return [
    configurationLabel(params),
    formatDuration(summary.wallNs.median),
    intervalLabel(summary.wallNs.ci95, formatDuration),
    formatNumber(speedup),
    intervalLabel(speedupCi95, formatNumber),
    formatShare(summary.waitShare),
  ];
}

/** Every warning once: what is true of all rows as it is, and else with its row's name. */
export function allWarnings(rows: readonly ComparisonRow[]): string[] {
  const named = rows.flatMap(({ params, summary }) =>
    summary.warnings.map(({ message }) =>
      rows.every((row) => row.summary.warnings.some((other) => other.message === message))
        ? message
        : `${configurationLabel(params)}: ${message}`,
    ),
  );
  return [...new Set(named)];
}
