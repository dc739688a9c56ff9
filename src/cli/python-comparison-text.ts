import { intervalLabel, intervalName } from '../base/interval-text.js';
import { printable } from '../base/printable.js';
import { alignTable, joinBlocks } from '../base/text-table.js';
import { formatDuration, formatNumber, formatRatio } from '../base/units.js';
import { machineLine, repeatsLabel, workLine } from '../experiment/labels.js';
import { missingLines, pythonLine, rowNote } from '../experiment/python-labels.js';
import type { PythonComparison } from '../experiment/python-comparison.js';
import type { BesideRow } from '../experiment/python-rows.js';
import { warningLines } from './run-text.js';

/** A comparison with a Python, for people to read: one table, and what it means. */
export function pythonComparisonText(comparison: PythonComparison): string {
  const { params, machine, python, rows, conclusion, warnings } = comparison;
  const interval = intervalName(rows[0]?.wallsNs.length ?? 0);
  return joinBlocks([
    [
      workLine(params),
      repeatsLabel(params),
      machineLine(machine),
      printable(pythonLine(comparison)),
    ],
    alignTable(
      [
        ['', 'Wall time', interval, 'Speed-up', interval, 'An iteration'],
        ...rows.map((row) => cells(row, params.matrices)),
      ],
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    missingLines(python).map(printable),
    conclusion,
    warningLines(warnings),
  ]);
}

/** What is done in the Python stands indented below Gilscope's own of the same work. */
function cells(row: BesideRow, matrices: number): string[] {
  const { by, label, wallNs, speedup, speedupCi95, iterationNs } = row;
  return [
    `${by === 'gilscope' ? '' : '  '}${label}${rowNote(row, matrices)}`,
    formatDuration(wallNs.median),
    intervalLabel(wallNs.ci95, formatDuration),
    formatRatio(speedup),
    intervalLabel(speedupCi95, formatNumber),
    iterationNs === null ? '' : formatDuration(iterationNs),
  ];
}
