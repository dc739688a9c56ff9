import { formatBytes } from '../base/units.js';

/** A run was started while another one was on. */
export class EngineBusyError extends Error {
  override readonly name = 'EngineBusyError';

  constructor() {
    super('A run is on already. Stop it, or wait until it ends, before starting another.');
  }
}

/** What needs memory, and what there had better be less of. */
const SPARING = {
  'shared memory': 'matrices or smaller ones',
  'memory for its timings': 'matrices or repeats',
  'memory for its threads': 'threads',
} as const;

/** A run does not fit into memory, shared or for its record. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';

  constructor(
    neededBytes: number,
    availableBytes: number,
    of: keyof typeof SPARING = 'shared memory',
    /** What would fit, each by itself: `63 matrices`. */
    fitting: readonly string[] = [],
  ) {
    const advice =
      fitting.length === 0 ? `Take fewer ${SPARING[of]}` : `Take at most ${fitting.join(', or ')}`;
    super(
      `The run needs ${formatBytes(neededBytes)} of ${of} and there are ` +
        `${formatBytes(availableBytes)}. ${advice}.`,
    );
  }
}

/** The system's limits on this process do not leave room for what a run needs. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** A worker thread died or failed; the next run gets a new pool. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `A worker thread failed, so the run was given up: ${reason}. The next run gets new ones.`,
      {
        cause,
      },
    );
  }
}
