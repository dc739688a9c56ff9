import { LOCK_MODES, type Parameters } from '../experiment/parameters.js';
import type { Overview, Summary } from '../experiment/report.js';
import type { RepeatTotals } from '../experiment/summary.js';
import type { LaneTotals } from '../experiment/lane-totals.js';
import { FEWEST_FOR_95, median } from '../base/statistics.js';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatNumber,
  formatShare,
} from '../base/units.js';
import { configurationLabel, machineLine, repeatsLabel, workLine } from '../experiment/labels.js';
import { intervalLabel, intervalName } from '../base/interval-text.js';
import { alignTable, joinBlocks } from '../base/text-table.js';

/** The report of one run, for people to read. */
export function runText(overview: Overview): string {
  const { params, machine, repeats, summary } = overview;
  return joinBlocks([
    [workLine(params), spreadLine(params), machineLine(machine)],
    alignTable(figureRows(overview), ['left', 'left']),
    ['Lanes, each figure the median of the repeats', ...laneTable(repeats)],
    warningLines(summary.warnings.map(({ message }) => message)),
  ]);
}

/** How many tasks did not converge, and by which test. */
function convergenceLabel({
  params,
  cappedTasks,
}: Pick<Overview, 'params' | 'cappedTasks'>): string {
  return (
    `${formatCount(cappedTasks)} of ${formatCounted(params.matrices, 'task')} did not converge ` +
    `(${params.convergence} test)`
  );
}

/** The warnings as a list under a heading; no lines where there are none. */
export function warningLines(messages: readonly string[]): string[] {
  return messages.length === 0 ? [] : ['Warnings', ...messages.map((text) => `  ${text}`)];
}

function spreadLine(params: Parameters): string {
  const interval = LOCK_MODES[params.lock].takesInterval
    ? ` (switch interval ${params.switchIntervalMs} ms)`
    : '';
  return `${configurationLabel(params)}${interval}; ${repeatsLabel(params)}`;
}

function figureRows(overview: Overview): string[][] {
  const { params, repeats, summary } = overview;
  const rows = [
    ['Wall time', wallLabel(summary, repeats.length)],
    ['Throughput', throughputLabel(params, summary)],
  ];
  if (params.workload === 'power') {
    rows.push(['Arithmetic', `${formatNumber(summary.gflops)} GFLOP/s`]);
    rows.push(['Convergence', convergenceLabel(overview)]);
  }
  rows.push(['Lock waiting', `${formatShare(summary.waitShare)} of the lanes’ time`]);
  if (summary.queuedShare !== null) {
    rows.push(['Queued for a core', `${formatShare(summary.queuedShare)} of the lanes’ time`]);
  }
  rows.push(['Hand-offs', formatCount(summary.handoffs)]);
  return rows;
}

/** Shows the interval where it says more than the range before it. */
function wallLabel({ wallNs }: Summary, repeats: number): string {
  const { median: middle, min, max, ci95 } = wallNs;
  const range = `${formatDuration(middle)} median, ${formatDuration(min)} min, ${formatDuration(max)} max`;
  return repeats < FEWEST_FOR_95
    ? `${range} of ${formatCounted(repeats, 'repeat')}`
    : `${range}, ${intervalName(repeats)} ${intervalLabel(ci95, formatDuration)}`;
}

function throughputLabel(params: Parameters, summary: Summary): string {
  const tasks = `${formatNumber(summary.tasksPerSecond)} tasks/s`;
  if (params.workload === 'sleep') return tasks;
  return `${tasks}, ${formatNumber(summary.iterationsPerSecond)} iterations/s`;
}

/** A column of the lane table: its heading and what it shows of a lane's median totals. */
const LANE_COLUMNS = [
  ['Lane', 'lane', formatCount],
  ['Tasks', 'tasks', formatCount],
  ['Compute', 'computeNs', formatDuration],
  ['Wait', 'waitNs', formatDuration],
  ['Hold', 'holdNs', formatDuration],
  ['Sleep', 'sleepNs', formatDuration],
  ['Idle', 'idleNs', formatDuration],
  ['Queued', 'queuedNs', formatDuration],
  ['Spans', 'spans', formatCount],
  ['Dropped', 'dropped', formatCount],
] as const satisfies readonly (readonly [string, keyof LaneTotals, (value: number) => string])[];

function laneTable(repeats: readonly RepeatTotals[]): string[] {
  const lanes = repeats[0]?.lanes ?? [];
  const rows = lanes.map(({ lane }) =>
    LANE_COLUMNS.map(([, field, format]) =>
      format(median(repeats.map((repeat) => repeat.lanes[lane]?.[field] ?? NaN))),
    ),
  );
  const headings = LANE_COLUMNS.map(([heading]) => heading);
  return alignTable(
    [headings, ...rows],
    LANE_COLUMNS.map(() => 'right'),
  );
}
