import type { Host } from './host.js';
import type { Parameters } from './parameters.js';
import type { MeasuredCosts } from './work-costs.js';
import type { TaskResults, TaskTimings } from './task-table.js';

/**
 * What the engine keeps of a run. The report, the CSV files and the window's overview are all
 * worked out from it; it never leaves the process that ran it.
 */
export interface RunRecord {
  /** Counts the runs of one engine, from 1. */
  readonly run: number;
  readonly parameters: Parameters;
  readonly machine: Machine;
  /** Fewer than asked for where the run was stopped; never none. */
  readonly repeats: readonly RepeatRecord[];
  /** The same in every repeat. */
  readonly results: TaskResults;
  /** What its work and its lock cost, measured before the first repeat. */
  readonly costs: MeasuredCosts;
}

/** One timed execution of all tasks. */
export interface RepeatRecord {
  /** From before the first task was given out until the last result was gathered. */
  readonly wallNs: number;
  /** Times the process-wide lock passed from one lane to another. */
  readonly handoffs: number;
  /**
   * CPU time of all other processes of the machine meanwhile, at least (see cpu-watch.ts); null
   * where it cannot be told.
   */
  readonly otherCpuNs: number | null;
  /** For each lane, the spans that were kept and those that were not. */
  readonly rings: readonly RingTotals[];
  /**
   * Where a lane had more spans than there was memory for: the time, in ns, until which all are
   * kept that came through the rings. Else null.
   */
  readonly keptUntilNs: number | null;
  /** When and where each task ran. */
  readonly timings: TaskTimings;
  /** The spans that were kept, packed (see spans.ts), in the order in which they were drained. */
  readonly spans: readonly Float64Array<ArrayBuffer>[];
}

/** What came of one lane's spans in a repeat. */
export interface RingTotals {
  /** Kept. */
  readonly spans: number;
  /** They found the ring full, or there was no more memory for them in the record. */
  readonly dropped: number;
}

/** The machine that a run was made on. */
export interface Machine extends Host {
  readonly cpu: string;
  readonly os: string;
  /** For example `Electron 33.2.1, V8 13.0`. */
  readonly runtime: string;
  /** The build of the kernel: `relaxed SIMD` or `SIMD`. */
  readonly kernel: string;
  /** The clock that all spans are stamped by, as it was measured when the process began. */
  readonly clock: ClockFigures;
}

/** What a clock can tell. */
export interface ClockFigures {
  /** The smallest difference between two readings that are not the same. */
  readonly stepNs: number;
  /** What reading it costs. */
  readonly readNs: number;
}
