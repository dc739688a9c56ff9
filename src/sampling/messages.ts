import type { Label } from '../recording/recording.js';
import type { Suspension } from '../recording/interruptions.js';
import type {
  PeriodFigures,
  ProcessWarning,
  PythonFacts,
  ThreadFacts,
} from '../process/recording.js';

/** What the sampler is started with. */
export interface SamplerTask {
  /** Shared with who started it: see `Control`. */
  readonly control: SharedArrayBuffer;
  /** Samples a second. */
  readonly rate: number;
  /** Whether to wait for a CPython where there is none: a command may become one, or start one. */
  readonly waits: boolean;
  /** Whether somebody looks on: says of threads as they come, and what they are in just now. */
  readonly isWatched: boolean;
}

/** A lane's thread that is new, or of which something else is known than before. */
export type ThreadChange = { readonly lane: number } & Pick<
  ThreadFacts,
  'pid' | 'tid' | 'name' | 'native' | 'lock'
>;

/** What the sampler says while it samples, and at its end. */
export type SamplerMessage =
  | { readonly type: 'ready' }
  /** A CPython was found. */
  | { readonly type: 'found'; readonly python: PythonFacts }
  /** Labels that are new, in the order of their indices. */
  | { readonly type: 'labels'; readonly labels: readonly Label[] }
  /** Packed spans, each lane's in order of their ends. */
  | { readonly type: 'spans'; readonly words: Float64Array<ArrayBuffer> }
  /** Threads, in the order of their lanes. */
  | { readonly type: 'threads'; readonly changes: readonly ThreadChange[] }
  /** What the lanes are in now, as packed spans that end now; they come again, longer, as spans. */
  | { readonly type: 'open'; readonly words: Float64Array<ArrayBuffer> }
  | { readonly type: 'done'; readonly summary: SamplerSummary };

/** What is known at the end. */
export interface SamplerSummary {
  /** Where the spans' zero lies on CLOCK_MONOTONIC. */
  readonly startMonotonicNs: number;
  readonly durationNs: number;
  readonly samples: number;
  readonly periodNs: PeriodFigures;
  readonly cpuNs: number;
  readonly handoffs: number;
  readonly hiddenHandoffs: number;
  readonly processes: readonly PythonFacts[];
  /** The thread of each lane. */
  readonly threads: readonly ThreadFacts[];
  readonly hotLines: readonly (number | null)[];
  readonly spanCounts: readonly number[];
  readonly suspensions: readonly Suspension[];
  readonly warnings: readonly ProcessWarning[];
  /** Why no CPython was found, where none was: the cause and its remedy. */
  readonly refusal: string | null;
}
