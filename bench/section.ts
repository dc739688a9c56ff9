import type { BuiltFiles, Engine } from '../src/engine/index.js';
import type { KernelModule } from '../src/engine/kernel-module.js';
import type { Table } from './markdown.js';
import type { WholeCores } from './measure/whole-cores.js';
import type { Numba } from './python/numba.js';

/** Threads of all that is measured on several of them, but for what says otherwise. */
export const THREADS = 2;

/** How long the bench takes its time. */
export interface Pace {
  /** Pairs of each ratio. */
  readonly rounds: number;
  /** Work of a run as a share of the full one. */
  readonly scale: number;
  /** How long one measurement of a loop takes, in ms. */
  readonly sliceMs: number;
  /** How long lanes or threads contend for a lock that switches, in one round, in ms. */
  readonly contentionMs: number;
  /** How long each of the ten sleeps, in ms. */
  readonly sleepMs: number;
}

/** The pace for figures that are kept. */
export const FULL_PACE: Pace = {
  rounds: 7,
  scale: 1,
  sliceMs: 20,
  contentionMs: 500,
  sleepMs: 1000,
};

/** The pace for seeing that it runs. */
export const QUICK_PACE: Pace = {
  rounds: 3,
  scale: 0.2,
  sliceMs: 4,
  contentionMs: 300,
  sleepMs: 100,
};

/** What a section measures with. */
export interface BenchContext {
  readonly pace: Pace;
  readonly builtFiles: BuiltFiles;
  /** The built sampler. */
  readonly sampler: URL;
  readonly kernel: KernelModule;
  /** The compiled loops that say what the machine can do at most. */
  readonly limits: WebAssembly.Module;
  /** The built threads that measure by themselves. */
  readonly threadFiles: Readonly<Record<'tasks' | 'multiplyAdds' | 'merge', URL>>;
  readonly engine: Engine;
  /** What somebody who shares a core would distort is measured on these. */
  readonly cores: Pick<WholeCores, 'own' | 'all' | 'seenBy'>;
  /** Numba, started when it is first asked for; undefined where there is none. */
  readonly numba: () => Promise<Numba | undefined>;
  /** The Pythons to look in for what else is measured against, the first that has it. */
  readonly pythons: readonly string[];
  /** The sizes to measure against Numba. */
  readonly numbaSizes: readonly number[];
}

/** What a section found: figures for programs, and tables and notes for people. */
export interface Findings {
  /** As JSON can have it; times in nanoseconds unless the name says otherwise. */
  readonly figures: object;
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}

/** A part of the bench that can be run on its own. */
export interface Section {
  readonly title: string;
  measure(this: void, context: BenchContext): Promise<Findings>;
}

/** What a section says that could not be measured here. */
export function skipped(reason: string): Findings {
  return { figures: { skipped: reason }, tables: [], notes: [`Skipped: ${reason}`] };
}
