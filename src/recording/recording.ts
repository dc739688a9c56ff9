import type { Interruptions } from './interruptions.js';
import type { Machine } from './machine.js';

/**
 * What was recorded from one source: who did what from when to when, and what the recording says of
 * itself. Timeline, analysis and formats read nothing else, whatever the source is.
 */
export interface Recording<From extends Source = Source> {
  /** Numbers the recordings that are saved or exported together, from 1. */
  readonly number: number;
  readonly description: Description;
  readonly machine: Machine;
  /** At least one. */
  readonly repeats: readonly Repeat[];
  /** What is known of each task beside its times; null where nothing was recorded by tasks. */
  readonly tasks: TaskFacts | null;
  /**
   * What spans are labelled with, by the index in the place of a span's task (`NO_LABEL` where that is
   * not known); null where spans are of tasks.
   */
  readonly labels: readonly Label[] | null;
  /** Where it comes from, with what that source alone knows. */
  readonly source: From;
}

/** Where a recording comes from; each source adds to it what it alone knows. */
export interface Source {
  /** Gilscope's own engine, a program that was sampled, or another tool's file. */
  readonly kind: 'experiment' | 'process' | 'file';
}

/** What a thread was in during a span: a function, or what it was blocked in. */
export interface Label {
  readonly name: string;
  /** Where the function is defined; null for what is no function. */
  readonly file: string | null;
  /** The first line of the function, from 1. */
  readonly line: number | null;
}

/** A label in a line: `work (app.py:12)`. */
export function labelText({ name, file, line }: Label): string {
  if (file === null) return name;
  return `${name} (${line === null ? file : `${file}:${line}`})`;
}

/** A recording out of a file, whose source is yet to be checked by who knows that source. */
export type UncheckedRecording = Recording<Source & Readonly<Record<string, unknown>>>;

/** What a recording says of itself, to people and in the files made from it. */
export interface Description {
  /** How it was recorded: `Executor, 4 threads, lock: GIL held`. */
  readonly title: string;
  /** What was done: `Power method: 100 matrices of 64 × 64, seed 42`. */
  readonly subtitle: string;
  /** The title in short, for names of tracks and files: `executor/gil-held`. */
  readonly label: string;
  /** The name of each lane. */
  readonly lanes: readonly string[];
  readonly locks: Locks;
}

/** Whether there is no lock, one that all lanes share, or one for each object. */
export type Locks = 'none' | 'one' | 'each';

/** What is known of the tasks of a recording beside their times, as columns of a table. */
export interface TaskFacts {
  readonly count: number;
  /** What all tasks share, by the name of its column; these columns stand before the times. */
  readonly shared: Readonly<Record<string, number | string>>;
  /** A value for each task, by the name of its column; these columns stand after the times. */
  readonly results: Readonly<Record<string, TaskColumn>>;
  /** Further values, which a saved recording has and no CSV. */
  readonly more: Readonly<Record<string, TaskColumn>>;
}

/** A value for each task. A flag is true where it is not 0. */
export type TaskColumn =
  | { readonly type: 'number'; readonly values: Float64Array }
  | { readonly type: 'integer'; readonly values: Int32Array }
  | { readonly type: 'flag'; readonly values: Uint8Array };

/** One timed execution of what is recorded. */
export interface Repeat {
  /** From its start until all that belongs to it was done. */
  readonly wallNs: number;
  /** Times the shared lock passed from one lane to another. */
  readonly handoffs: number;
  /** CPU time of all other processes meanwhile, at least; null where it cannot be read. */
  readonly otherCpuNs: number | null;
  readonly interruptions: Interruptions;
  /** For each lane, the spans that were kept and those that were not. */
  readonly spanCounts: readonly SpanCounts[];
  /**
   * Where a lane had more spans than there was memory for: the time, in ns, until which all are
   * kept that were recorded. Else null.
   */
  readonly keptUntilNs: number | null;
  /** When and where each task ran; null where nothing was recorded by tasks. */
  readonly timings: TaskTimings | null;
  /** The spans that were kept, packed (see spans.ts), in the order in which they were recorded. */
  readonly spans: readonly Float64Array<ArrayBuffer>[];
}

/** How many spans of a lane there are. */
export interface SpanCounts {
  readonly kept: number;
  /** They found the ring full, or there was no more memory for them. */
  readonly dropped: number;
}

/** When and where each task of a repeat ran: a typed array for each column. Times are in ns. */
export interface TaskTimings {
  readonly startNs: Float64Array<ArrayBuffer>;
  readonly endNs: Float64Array<ArrayBuffer>;
  readonly waitNs: Float64Array<ArrayBuffer>;
  readonly holdNs: Float64Array<ArrayBuffer>;
  readonly computeNs: Float64Array<ArrayBuffer>;
  readonly sleepNs: Float64Array<ArrayBuffer>;
  readonly lane: Int32Array<ArrayBuffer>;
}

/** The name of a lane that has none of its own: `lane 3`. */
export function laneName(lane: number): string {
  return `lane ${lane}`;
}

/** Whether all holds are of one lock, so that they have one order in time. */
export function hasOneOrder(locks: Locks): boolean {
  return locks !== 'each';
}
