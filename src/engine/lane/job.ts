/**
 * The messages from the main thread to a lane's worker. They are small, since the executor sends
 * one a task: the run's parameters lie in shared memory.
 */
export type Job =
  /** Nothing: that it is done says that a new worker is there. */
  | { readonly do: 'attach' }
  /** Generate one of several equal parts of the matrices. */
  | { readonly do: 'generate'; readonly part: number; readonly parts: number }
  /** Measure what an iteration and a hold cost, as lane 0 alone. */
  | { readonly do: 'measure' }
  /** Measure what a hand-over costs, as one of the lanes 0 and 1, both at the same time. */
  | { readonly do: 'hand-over'; readonly lane: 0 | 1 }
  /** Do the lane's contiguous chunk of the tasks (serial, static). */
  | { readonly do: 'chunk'; readonly lane: number }
  /** Take tasks from the shared counter until there are none (dynamic). */
  | { readonly do: 'counter'; readonly lane: number }
  /** Take one task from the shared counter, as the lane that this worker becomes with its first (executor). */
  | { readonly do: 'ticket' };

/** What a worker is given when it starts. */
export interface LaneData {
  readonly memory: WebAssembly.Memory;
  readonly kernel: WebAssembly.Module;
}
