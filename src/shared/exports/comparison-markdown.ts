import type { Comparison, ComparisonRow } from '../comparison.js';
import { SPECIFICATIONS } from '../parameters.js';
import { laneCount } from '../plan.js';
import type { Interval } from '../statistics.js';
import { formatDuration, formatNumber, formatShare } from '../units.js';

const HEADINGS = ['', 'Wall time', '95 %', 'Speed-up', '95 %', 'Efficiency', 'Waiting'];

/** A comparison as a Markdown table, with what it means below. */
export function comparisonMarkdown({ rows, conclusion }: Comparison): string {
  const machine = rows[0]?.machine;
  const lines = [
    HEADINGS,
    HEADINGS.map((_, column) => (column === 0 ? '---' : '---:')),
    ...rows.map(cells),
  ].map((row) => `| ${row.join(' | ')} |`);
  const where = machine === undefined ? '' : `\n${machine.cpu}, ${machine.runtime}.\n`;
  return `${lines.join('\n')}\n\n${conclusion}\n${where}`;
}

function cells({ params, summary, speedup, speedupCi95 }: ComparisonRow): string[] {
  const { scheduler, lock } = SPECIFICATIONS;
  const lanes = laneCount(params);
  return [
    `${scheduler.options[params.scheduler].label}, ${lanes} thread${lanes === 1 ? '' : 's'}, ` +
      `lock: ${lock.options[params.lock].label}`,
    formatDuration(summary.wallNs.median),
    interval(summary.wallNs.ci95, formatDuration),
    formatNumber(speedup),
    interval(speedupCi95, formatNumber),
    formatShare(speedup / lanes),
    formatShare(summary.waitShare),
  ];
}

function interval(bounds: Interval | null, format: (value: number) => string): string {
  return bounds === null ? '–' : `${format(bounds[0])} to ${format(bounds[1])}`;
}
