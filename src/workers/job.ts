/**
 * The messages from the main thread to a lane's worker. They are small, since the executor sends
 * one a task: the run's parameters lie in shared memory.
 */
export type Job =
  /** Wait until every worker of a new pool has come; the worker is this lane from then on. */
  | { readonly do: 'attach'; readonly lane: number; readonly lanes: number }
  /** Generate the lane's share of the matrices. */
  | { readonly do: 'generate'; readonly lane: number }
  /** Do the lane's contiguous chunk of the tasks (serial, static). */
  | { readonly do: 'chunk'; readonly lane: number }
  /** Take tasks from the shared counter until there are none (dynamic). */
  | { readonly do: 'counter'; readonly lane: number }
  /** Do one task, as the lane that this worker is (executor). */
  | { readonly do: 'task'; readonly task: number };

/** What a worker is given when it starts. */
export interface LaneData {
  readonly memory: WebAssembly.Memory;
  readonly kernel: WebAssembly.Module;
}
