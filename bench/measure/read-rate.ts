import { median } from '../../src/base/statistics.js';
import { limitLoops } from '../limits.js';
import { timeOf } from './timing.js';

/** Bytes that a core's nearest cache holds, in memory that nobody else has. */
const BYTES = 20_480;

/** Readings of them that take about a third of a millisecond. */
const TIMES = 1500;
const SLICES = 5;

/** What the thread that asks reads from its core's nearest cache in a nanosecond, in bytes. */
export function readRate(limits: WebAssembly.Module): () => number {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  // Pages never written to are all one page of zeros, which is read at half the rate on any core.
  new Uint8Array(memory.buffer).fill(1);
  const { readStream } = limitLoops(limits, memory);
  const rate = () => {
    const ns = timeOf(() => {
      readStream(0, BYTES, TIMES);
    });
    return (TIMES * BYTES) / ns;
  };
  return () => median(Array.from({ length: SLICES }, rate));
}
