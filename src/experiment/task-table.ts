import type { TaskTimings } from '../recording/recording.js';

/** The columns of the task table in f64, a task's place being its row. Times are nanoseconds. */
export const TASK_COLUMNS = [
  'eigenvalue',
  'rayleigh',
  'residual',
  'startNs',
  'endNs',
  'waitNs',
  'holdNs',
  'computeNs',
  'sleepNs',
] as const;

/** The columns of the task table in int32. `state` is one of TASK_STATE. */
export const TASK_INTEGER_COLUMNS = ['iterations', 'lane', 'state'] as const;

/** What became of a task. */
export const TASK_STATE = { pending: 0, capped: 1, converged: 2 } as const;

type TaskColumn = (typeof TASK_COLUMNS)[number] | (typeof TASK_INTEGER_COLUMNS)[number];

/** The byte address of each column. */
export type TaskTablePlaces = Readonly<Record<TaskColumn, number>>;

/**
 * The task table: a row for each task, a typed array for each column, over the shared memory.
 * A lane writes its task's row once a repeat, so the table is exact even where spans are dropped.
 */
export interface TaskTable<Buffer extends ArrayBufferLike = ArrayBufferLike> {
  readonly eigenvalue: Float64Array<Buffer>;
  readonly rayleigh: Float64Array<Buffer>;
  readonly residual: Float64Array<Buffer>;
  readonly startNs: Float64Array<Buffer>;
  readonly endNs: Float64Array<Buffer>;
  readonly waitNs: Float64Array<Buffer>;
  readonly holdNs: Float64Array<Buffer>;
  readonly computeNs: Float64Array<Buffer>;
  readonly sleepNs: Float64Array<Buffer>;
  readonly iterations: Int32Array<Buffer>;
  readonly lane: Int32Array<Buffer>;
  /** One of TASK_STATE. */
  readonly state: Int32Array<Buffer>;
}

/** What a task gave; the same in each repeat of a run. NaN where the workload has no such figure. */
export type TaskResults = Pick<
  TaskTable<ArrayBuffer>,
  'eigenvalue' | 'rayleigh' | 'residual' | 'iterations' | 'state'
>;

/** Bytes of a task's timings in a record: six doubles and the lane. */
export const TIMING_BYTES = 6 * 8 + 4;

/** The table of so many tasks over the shared memory's buffer, its columns at these places. */
export function taskTableOf(
  buffer: ArrayBufferLike,
  { taskTable: at, tasks }: { readonly taskTable: TaskTablePlaces; readonly tasks: number },
): TaskTable {
  const doubles = (address: number) => new Float64Array(buffer, address, tasks);
  const integers = (address: number) => new Int32Array(buffer, address, tasks);
  return {
    eigenvalue: doubles(at.eigenvalue),
    rayleigh: doubles(at.rayleigh),
    residual: doubles(at.residual),
    startNs: doubles(at.startNs),
    endNs: doubles(at.endNs),
    waitNs: doubles(at.waitNs),
    holdNs: doubles(at.holdNs),
    computeNs: doubles(at.computeNs),
    sleepNs: doubles(at.sleepNs),
    iterations: integers(at.iterations),
    lane: integers(at.lane),
    state: integers(at.state),
  };
}

/** Copies the results out of shared memory. */
export function copyResults(table: TaskTable): TaskResults {
  return {
    eigenvalue: table.eigenvalue.slice(),
    rayleigh: table.rayleigh.slice(),
    residual: table.residual.slice(),
    iterations: table.iterations.slice(),
    state: table.state.slice(),
  };
}

/** Copies a repeat's timings out of shared memory. */
export function copyTimings(table: TaskTable): TaskTimings {
  return {
    startNs: table.startNs.slice(),
    endNs: table.endNs.slice(),
    waitNs: table.waitNs.slice(),
    holdNs: table.holdNs.slice(),
    computeNs: table.computeNs.slice(),
    sleepNs: table.sleepNs.slice(),
    lane: table.lane.slice(),
  };
}

/** Whether a task's results say that it converged. */
export function hasConverged(results: TaskResults, task: number): boolean {
  return results.state[task] === TASK_STATE.converged;
}
