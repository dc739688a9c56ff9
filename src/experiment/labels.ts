import { SPECIFICATIONS, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { Machine } from './run-record.js';
import { formatCounted } from '../base/units.js';

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
