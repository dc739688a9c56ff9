import type { NamedId } from '../../ipc/action-names.js';
import { SPECIFICATIONS } from '../../experiment/parameters.js';
import type { Overview } from '../../experiment/report.js';
import { implausibleSpeedUp, mostSpeedUp } from '../../experiment/plausibility.js';
import { serialBaseline, speedUp, type SpeedUp } from '../../experiment/speed-up.js';
import { intervalKind, intervalMark } from '../../base/interval-text.js';
import {
  formatCount,
  formatDuration,
  formatEnds,
  formatNumber,
  formatRatio,
  formatShare,
} from '../../base/units.js';
import { isSameMachine } from '../../recording/machine.js';
import type { Difference } from '../recordings/baseline.js';
import type { MeasuredRun } from '../state/run-state.js';
import { rangeOf } from '../state/wording.js';

/** An action that mends what a figure lacks. */
export type Remedy = Extract<NamedId, 'run-serial' | 'use-sign-aware'>;

/** A figure of the summary, worded. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What qualifies the value: its interval, or what it is of. */
  readonly note: string;
  readonly remedy?: Remedy;
}

/** How a run compares with the serial run of the same work. */
export type Comparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'itself' }
  | { readonly kind: 'faster'; readonly baseline: MeasuredRun; readonly ratio: number };

const NO_VALUE = '–';

/** Compares a run's median with the newest serial run of the same work and machine among `runs`. */
export function compare(run: MeasuredRun, runs: readonly MeasuredRun[]): Comparison {
  const here = runs.filter(({ machine }) => isSameMachine(machine, run.machine));
  const baseline = serialBaseline(here, run.source.parameters);
  if (baseline === undefined) return { kind: 'none' };
  if (baseline === run) return { kind: 'itself' };
  const ratio = baseline.overview.summary.wallNs.median / run.overview.summary.wallNs.median;
  return { kind: 'faster', baseline, ratio };
}

/** A comparison in a word or two: `1.93× as fast`; of the serial run itself only that it is. */
export function comparisonText(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'none':
      return '';
    case 'itself':
      return 'serial';
    case 'faster':
      return `${formatRatio(comparison.ratio)} as fast`;
  }
}

/** The pinned baseline, and how a run differs from it. */
export interface Pinned {
  readonly run: number;
  /** Null where the two are not compared; undefined of the baseline itself. */
  readonly difference: Difference | null | undefined;
}

/**
 * The figures of a measured run, in the order of display. Where a baseline is pinned the run is
 * set against that, and else against the newest serial run of the same work.
 */
export function figuresOf(
  run: MeasuredRun,
  runs: readonly MeasuredRun[],
  pinned: Pinned | null = null,
): Figure[] {
  const { overview } = run;
  return [
    wallTime(overview),
    pinned === null ? speedUpFigure(run, runs) : differenceFigure(pinned),
    waiting(overview),
    handOffs(overview),
    throughput(overview),
    convergence(overview),
  ];
}

/**
 * The same figures before there is anything to say, so that nothing moves when there is: all but the
 * time so far, and what that is of.
 */
export function emptyFigures(wallNs: number | null, note = ''): Figure[] {
  const soFar = { label: 'Wall time', value: NO_VALUE, note: '' };
  const others = [
    'Speed-up over serial',
    'Waiting',
    'Hand-offs',
    'Throughput, tasks',
    'Not converged',
  ];
  return [
    wallNs === null ? soFar : { ...soFar, value: formatDuration(wallNs), note },
    ...others.map((label) => ({ label, value: NO_VALUE, note: '' })),
  ];
}

function wallTime({ repeats, summary }: Overview): Figure {
  const { median, min, max, ci95 } = summary.wallNs;
  const value = formatDuration(median);
  if (repeats.length === 1) return { label: 'Wall time', value, note: 'one repeat' };
  const [low, high] = ci95 ?? [min, max];
  const label = `Wall time, median of ${repeats.length}`;
  return { label, value, note: `${rangeOf(low, high)} (${intervalKind(repeats.length)})` };
}

function speedUpFigure(run: MeasuredRun, runs: readonly MeasuredRun[]): Figure {
  const label = 'Speed-up over serial';
  const comparison = compare(run, runs);
  switch (comparison.kind) {
    case 'none':
      return { label, value: NO_VALUE, note: 'no serial run of it', remedy: 'run-serial' };
    case 'itself':
      return { label, value: '1×', note: 'this is the serial run' };
    case 'faster': {
      const { baseline, ratio } = comparison;
      const found = speedUp(run.overview, baseline.overview);
      if (implausibleSpeedUp(run.overview, found) !== null) {
        const most = formatRatio(mostSpeedUp(run.overview));
        return { label, value: formatRatio(ratio), note: `implausible: at most ${most}` };
      }
      const note = found.ci95 === null ? `against run ${baseline.run}` : intervalOf(found);
      return { label, value: formatRatio(ratio), note };
    }
  }
}

function differenceFigure({ run, difference }: Pinned): Figure {
  const label = `Speed-up over run ${run}`;
  if (difference === undefined) return { label, value: NO_VALUE, note: 'this is the baseline' };
  if (difference === null) return { label, value: NO_VALUE, note: 'other work, other machine' };
  const { ratio, isSameWork, isSameMachine } = difference;
  const interval = intervalOf(difference);
  const other = isSameMachine ? 'other work' : 'other machine';
  const note = isSameWork && isSameMachine ? interval : `${other}; ${interval}`;
  return { label, value: formatRatio(ratio), note };
}

/** Between what a speed-up lies: `1.90 – 1.96 (95 %)`. */
function intervalOf({ ci95, repeats }: SpeedUp): string {
  return ci95 === null
    ? 'too few repeats to tell'
    : `${formatEnds(...ci95).join(' – ')} (${intervalMark(repeats)})`;
}

/** The label of what a lock would bring about, where there is none. */
function withoutLock(label: string): Figure {
  return { label, value: 'no lock', note: '' };
}

function handOffs({ params, summary }: Overview): Figure {
  if (params.lock === 'none') return withoutLock('Hand-offs');
  return { label: 'Hand-offs', value: formatCount(summary.handoffs), note: 'a repeat' };
}

function waiting({ params, repeats, summary }: Overview): Figure {
  if (params.lock === 'none') return withoutLock('Waiting');
  const lanes = repeats.flatMap((repeat) => repeat.lanes);
  const waitNs = lanes.reduce((total, lane) => total + lane.waitNs, 0) / repeats.length;
  return {
    label: 'Waiting',
    value: formatShare(summary.waitShare),
    note: `${formatDuration(waitNs)} in all`,
  };
}

function throughput({ params, summary }: Overview): Figure {
  return {
    label: 'Throughput, tasks',
    value: `${formatNumber(summary.tasksPerSecond)} /s`,
    note: params.workload === 'power' ? `${formatNumber(summary.gflops)} GFLOP/s` : '',
  };
}

function convergence({ params, cappedTasks }: Overview): Figure {
  if (params.workload === 'sleep') {
    return { label: 'Not converged', value: NO_VALUE, note: 'nothing iterates' };
  }
  const test = SPECIFICATIONS.convergence.options[params.convergence].label.toLowerCase();
  return {
    label: 'Not converged',
    value: formatCount(cappedTasks),
    note: `of ${formatCount(params.matrices)}, ${test}`,
    ...(cappedTasks > 0 && params.convergence === 'strict'
      ? { remedy: 'use-sign-aware' as const }
      : {}),
  };
}
