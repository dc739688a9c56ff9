import { intervalLabel, intervalName } from '../base/interval-text.js';
import { markdownEscaped } from '../base/markdown.js';
import { joinBlocks } from '../base/text-table.js';
import { formatDuration, formatNumber, formatRatio } from '../base/units.js';
import { machineLine, repeatsLabel, workLine } from './labels.js';
import type { PythonComparison } from './python-comparison.js';
import { missingLines, pythonLine, rowNote } from './python-labels.js';
import type { BesideRow } from './python-rows.js';

/** A comparison with a Python as Markdown (GitHub's tables). Without a date. */
export function pythonComparisonMarkdown(comparison: PythonComparison): string {
  const { params, machine, python, rows, conclusion, warnings } = comparison;
  const interval = intervalName(rows[0]?.wallsNs.length ?? 0);
  const headings = [
    'by',
    'variant',
    'median wall time',
    interval,
    'speed-up',
    interval,
    'an iteration',
  ];
  const rules = headings.map((_, column) => (column < 2 ? ':---' : '---:'));
  return joinBlocks([
    [markdownEscaped(`${workLine(params)}; ${repeatsLabel(params)}, in random order.`)],
    [markdownEscaped(`${machineLine(machine)}; ${machine.os}.`)],
    [markdownEscaped(`${pythonLine(comparison)}.`)],
    [headings, rules, ...rows.map((row) => cells(row, params.matrices))].map(
      (row) => `| ${row.join(' | ')} |`,
    ),
    [...missingLines(python), ...conclusion].map(markdownEscaped),
    warnings.map((warning) => `- ${markdownEscaped(warning)}`),
  ]);
}

function cells(row: BesideRow, matrices: number): string[] {
  const { by, label, wallNs, speedup, speedupCi95, iterationNs } = row;
  return [
    by === 'gilscope' ? 'Gilscope' : 'Python',
    markdownEscaped(`${label}${rowNote(row, matrices)}`),
    formatDuration(wallNs.median),
    intervalLabel(wallNs.ci95, formatDuration),
    formatRatio(speedup),
    intervalLabel(speedupCi95, formatNumber),
    iterationNs === null ? '' : formatDuration(iterationNs),
  ];
}
