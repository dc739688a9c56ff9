import type { Host } from './host.js';

/** The machine that a recording was made on. */
export interface Machine extends Host {
  readonly cpu: string;
  readonly os: string;
  /** For example `Electron 33.2.1, V8 13.0`. */
  readonly runtime: string;
  /** The build of the kernel: `relaxed SIMD` or `SIMD`. */
  readonly kernel: string;
  /** The clock that stamps all spans, as measured when the process began. */
  readonly clock: ClockFigures;
}

/** What a clock can resolve, and what it costs. */
export interface ClockFigures {
  /** The smallest difference between two readings that are not the same. */
  readonly stepNs: number;
  /** What reading it costs. */
  readonly readNs: number;
}

/** Whether two recordings are of the same machine, as far as that can be known. */
export function isSameMachine(one: Machine, other: Machine): boolean {
  return (
    one.cpu === other.cpu &&
    one.machineCores === other.machineCores &&
    one.physicalCores === other.physicalCores
  );
}
