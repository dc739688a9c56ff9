import { ATTENTION_ADDRESS, GENERATOR_ADDRESS, layoutOf, tallyIndex } from '../../memory/layout.js';
import { readParameters } from '../../memory/parameters-block.js';
import { chunkOf } from '../../experiment/plan.js';
import type { Kernel } from './kernel.js';
import { isStopping } from './work.js';

/**
 * Generates one of several equal parts of a run's matrices in place: the generator jumps ahead to
 * where the part begins. There may be more parts than lanes. Leaves early where the run is stopped.
 */
export function generatePart(
  buffer: ArrayBufferLike,
  kernel: Kernel,
  part: number,
  parts: number,
): void {
  const words = new Int32Array(buffer);
  const parameters = readParameters(buffer);
  const layout = layoutOf(parameters);
  const { size } = parameters;
  const { first, end } = chunkOf(layout.tasks, parts, part);
  for (let task = first; task < end && !isStopping(words); task += 1) {
    kernel.generate(
      layout.matrices + task * layout.matrixBytes,
      size,
      layout.stride,
      GENERATOR_ADDRESS,
      task * size * size,
      ATTENTION_ADDRESS,
    );
    // Counts for progress alone, on any lane's tally.
    Atomics.add(words, tallyIndex(layout, part % layout.lanes), 1);
  }
}
