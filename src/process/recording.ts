import type { Recording, Source } from '../recording/recording.js';

/** The recording of a program that was sampled: one repeat, without tasks, with labels. */
export type ProcessRecording = Recording<ProcessSource>;

/** What the sampling of a program alone knows of its recording. */
export interface ProcessSource extends Source {
  readonly kind: 'process';
  /** The command with its arguments; of a process that was attached to, its own command line. */
  readonly command: readonly string[];
  /** Where the spans' zero lies on CLOCK_MONOTONIC, Python's `perf_counter_ns`. */
  readonly startMonotonicNs: number;
  /** How many times the locks were looked at. */
  readonly samples: number;
  /** What was to lie between two samples, in ns. */
  readonly askedPeriodNs: number;
  /** What lay between them. */
  readonly periodNs: PeriodFigures;
  /** Processor time that sampling took, in ns. */
  readonly samplerCpuNs: number;
  /** Hand-offs of all locks that no sample saw; they are among the repeat's. */
  readonly hiddenHandoffs: number;
  /** The processes in which a CPython was found. */
  readonly processes: readonly PythonFacts[];
  /** What is known of each lane's thread. */
  readonly threads: readonly ThreadFacts[];
  /** For each label, the line on which its function held a lock longest; null where none is known. */
  readonly hotLines: readonly (number | null)[];
  /** What could not be recorded, and why. */
  readonly warnings: readonly ProcessWarning[];
}

export interface PeriodFigures {
  readonly median: number;
  readonly p95: number;
}

/** A process with a CPython in it. */
export interface PythonFacts {
  readonly pid: number;
  readonly command: readonly string[];
  /** The version: `3.11.2`. */
  readonly python: string;
  readonly executable: string;
  /** `disabled`: a free-threaded build; `absent`: no lock was found. */
  readonly gil: 'enabled' | 'disabled' | 'absent';
}

/** What is known of a thread beside its spans. */
export interface ThreadFacts {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** It has no state of Python's. */
  readonly native: boolean;
  /** How long it was there within the recording. */
  readonly aliveNs: number;
  /** Which lock it takes, counted over all processes; null where it was never seen to take one. */
  readonly lock: number | null;
  /** Of the time in which it held its lock: blocked in the system, and ready without a core. */
  readonly heldBlockedNs: number;
  readonly heldQueuedNs: number;
}

/** What to know before the figures of a recording are trusted. */
export interface ProcessWarning {
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** The name of a lane: the thread's, with its process where there are several. */
export function laneNameOf({ name, pid, native }: ThreadFacts, isOneProcess: boolean): string {
  const own = native ? `${name} (native)` : name;
  return isOneProcess ? own : `${own}, process ${pid}`;
}
