import { comparedWarnings } from '../experiment/compared-warnings.js';
import type { Comparison, ComparisonRow } from '../experiment/comparison.js';
import { configurationLabel, machineLine, repeatsLabel, workLine } from '../experiment/labels.js';
import { intervalLabel, intervalName } from '../base/interval-text.js';
import { alignTable, joinBlocks } from '../base/text-table.js';
import { formatDuration, formatNumber, formatRatio, formatShare } from '../base/units.js';
import { warningLines } from './run-text.js';

/** A comparison, for people to read: one table, and what it means. */
export function comparisonText({ rows, conclusion }: Comparison): string {
  const [serial] = rows;
  if (serial === undefined) return `${conclusion}\n`;
  const interval = intervalName(serial.repeats.length);
  return joinBlocks([
    [workLine(serial.params), repeatsLabel(serial.params), machineLine(serial.machine)],
    alignTable(
      [['', 'Wall time', interval, 'Speed-up', interval, 'Waiting'], ...rows.map(cells)],
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    [conclusion],
    warningLines(comparedWarnings(rows, configurationLabel)),
  ]);
}

function cells({ params, summary, speedup, speedupCi95 }: ComparisonRow): string[] {
  return [
    configurationLabel(params),
    formatDuration(summary.wallNs.median),
    intervalLabel(summary.wallNs.ci95, formatDuration),
    formatRatio(speedup),
    intervalLabel(speedupCi95, formatNumber),
    formatShare(summary.waitShare),
  ];
}
