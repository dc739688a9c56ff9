import { comparedWarnings } from './compared-warnings.js';
import type { Comparison, ComparisonRow } from './comparison.js';
import { laneCount } from './plan.js';
import { configurationLabel, machineLine, repeatsLabel, workLine } from './labels.js';
import { intervalLabel, intervalName } from '../base/interval-text.js';
import { markdownEscaped } from '../base/markdown.js';
import { joinBlocks } from '../base/text-table.js';
import { formatDuration, formatNumber, formatRatio, formatShare } from '../base/units.js';

/**
 * A comparison as Markdown (GitHub's tables), for a paper or a README: what was computed on which
 * machine, a row for each way, what it means, and what to know before trusting it. Without a date.
 */
export function comparisonMarkdown({ rows, conclusion }: Comparison): string {
  const [serial] = rows;
  if (serial === undefined) return `${conclusion}\n`;
  const { params, machine, repeats } = serial;
  const interval = intervalName(repeats.length);
  const headings = [
    'run',
    'median wall time',
    interval,
    'speed-up',
    interval,
    'efficiency',
    'waiting',
  ];
  const rules = headings.map((_, column) => (column === 0 ? ':---' : '---:'));
  return joinBlocks([
    [`${workLine(params)}; ${repeatsLabel(params)}, in random order.`].map(markdownEscaped),
    [`${machineLine(machine)}; ${machine.os}.`].map(markdownEscaped),
    [headings, rules, ...rows.map(cells)].map((row) => `| ${row.join(' | ')} |`),
    [conclusion].map(markdownEscaped),
    comparedWarnings(rows, configurationLabel).map((warning) => `- ${markdownEscaped(warning)}`),
  ]);
}

function cells({ params, summary, speedup, speedupCi95 }: ComparisonRow): string[] {
  return [
    markdownEscaped(configurationLabel(params)),
    formatDuration(summary.wallNs.median),
    intervalLabel(summary.wallNs.ci95, formatDuration),
    formatRatio(speedup),
    intervalLabel(speedupCi95, formatNumber),
    formatShare(speedup / laneCount(params)),
    formatShare(summary.waitShare),
  ];
}
