import { systemClock, type Clock } from '../base/units.js';
import { instantiateKernel, type Kernel } from './lane/kernel.js';

/** Turns that are timed together: some tens of µs, which mostly nothing interrupts. */
const BATCH = 40_000;

/** How long it is measured, in ms: a core that has slept comes to its speed meanwhile. */
const MEASURED_MS = 10;

/** What the kernel imports its memory as. One page holds the word that it looks at, which stays 0. */
const MEMORY = { initial: 1, maximum: 2 ** 16, shared: true } as const;

/** An address that nothing is written to. */
const QUIET_WORD = 64;

/**
 * Measures how many turns of interpreter work the kernel does in a µs, on this thread's core. The
 * fastest batch counts, as whatever else runs on the core only ever makes one slower.
 *
 * Work is counted in turns and not timed, so that it takes longer where threads share a core, as an
 * interpreter's own work does.
 */
export function measureInterpreter(module: WebAssembly.Module): number {
  const kernel = instantiateKernel(module, new WebAssembly.Memory(MEMORY));
  return turnsPerUs(kernel, systemClock);
}

/** The same by any clock. */
export function turnsPerUs({ interpret }: Pick<Kernel, 'interpret'>, clock: Clock): number {
  const began = clock();
  let before = began;
  let shortestMs = Infinity;
  while (before - began < MEASURED_MS) {
    interpret(BATCH, QUIET_WORD);
    const now = clock();
    shortestMs = Math.min(shortestMs, now - before);
    before = now;
  }
  return BATCH / (1000 * shortestMs);
}
