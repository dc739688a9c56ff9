import { readRate } from '../measure/read-rate.js';
import { BenchThread } from './bench-thread.js';

/** Looks at cores: what is read from a core's nearest cache in a nanosecond, in bytes. */
export interface ReadRates {
  /** Of the core of the thread that asks. */
  own(this: void): number;
  /** Of so many cores as are measured on, all at the same time. */
  all(this: void): Promise<readonly number[]>;
}

/**
 * Looks at the core of the thread that asks, and by threads of its own at so many at once.
 *
 * @param file the built read-rate.ts
 */
export function openReadRates(
  threads: number,
  file: URL,
  limits: WebAssembly.Module,
): AsyncDisposable & ReadRates {
  const readers = Array.from(
    { length: threads },
    () => new BenchThread<null, number>(file, limits),
  );
  return {
    own: readRate(limits),
    all: () => Promise.all(readers.map((reader) => reader.ask(null))),
    async [Symbol.asyncDispose]() {
      await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
    },
  };
}
