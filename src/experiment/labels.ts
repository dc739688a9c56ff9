import { SPECIFICATIONS, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { Machine } from './run-record.js';
import { FEWEST_FOR_95, type Interval } from '../base/statistics.js';
import { formatCounted, formatEnds } from '../base/units.js';

/** What is computed. */
export function workLine(params: Parameters): string {
  if (params.workload === 'sleep') {
    return `Sleep: ${formatCounted(params.matrices, 'task')} of ${params.sleepMs} ms`;
  }
  return (
    `Power method: ${formatCounted(params.matrices, 'matrix', 'matrices')} of ` +
    `${params.size} × ${params.size}, seed ${params.seed}, ε ${params.epsilon}, ` +
    `at most ${formatCounted(params.maxIterations, 'iteration')}` +
    `${params.interpreterUs > 0 ? ` with ${params.interpreterUs} µs of interpreter work each` : ''}, ` +
    `${params.convergence} test`
  );
}

/** The machine that it was measured on. */
export function machineLine(machine: Machine): string {
  return `${machine.cpu}, ${machine.logicalCores} logical cores; ${machine.runtime}; kernel: ${machine.kernel}`;
}

/** The scheduler and the lock of a run: `Executor, 4 threads, lock: GIL held`. */
export function configurationLabel(params: Parameters): string {
  const scheduler = SPECIFICATIONS.scheduler.options[params.scheduler].label;
  const lock = SPECIFICATIONS.lock.options[params.lock].label;
  return `${scheduler}, ${formatCounted(laneCount(params), 'thread')}, lock: ${lock}`;
}

/** How often everything was done. */
export function repeatsLabel(params: Parameters): string {
  return `repeats: ${params.repeats}, warm-up: ${params.warmup}`;
}

/** What an interval of so many repeats is, where they are told elsewhere: `95 %` or `range`. */
export function intervalKind(repeats: number): string {
  return repeats >= FEWEST_FOR_95 ? '95 %' : 'range';
}

/** What an interval of so many repeats is, in short: `95 %`, or `range of 3` of too few for that. */
export function intervalMark(repeats: number): string {
  const kind = intervalKind(repeats);
  return repeats >= FEWEST_FOR_95 || repeats < 2 ? kind : `${kind} of ${repeats}`;
}

/** What an interval of so many repeats is: `95 % interval`, or `range of 3`. */
export function intervalName(repeats: number): string {
  const mark = intervalMark(repeats);
  return repeats >= FEWEST_FOR_95 ? `${mark} interval` : mark;
}

/** An interval of times or ratios; a dash where there are too few repeats for one. */
export function intervalLabel(
  interval: Interval | null,
  format: (value: number, digits: number) => string,
): string {
  return interval === null ? '–' : formatEnds(...interval, format).join(' to ');
}
