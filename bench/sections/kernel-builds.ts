import { readFile } from 'node:fs/promises';
import { KERNEL_FILES } from '../../src/engine/kernel-module.js';
import { compileOptimised } from '../../src/engine/optimised-module.js';
import { instantiateKernel } from '../../src/engine/lane/kernel.js';
import { withoutLooks } from '../measure/kernel-variants.js';
import { measurePairs } from '../measure/pairs.js';
import { ratioSpread, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { iterations, soloLane } from '../measure/solo-lane.js';
import { perTurn } from '../measure/timing.js';
import type { BenchContext } from '../section.js';

/** So many times the pairs of other ratios, each as much shorter: what is looked for is small. */
const ROUNDS_FACTOR = 5;

/** Other builds' time over that of the build in use, an iteration of each on the same matrix. */
export interface BuildFigures {
  /** The build with plain SIMD, which has no fused multiply-adds. */
  readonly plain: Spread;
  /** The build in use, but that it never looks whether it is to leave its work. */
  readonly blind: Spread;
}

/** Makes a measurement of those builds by size. */
export async function loadBuilds({
  builtFiles,
  kernel,
  cores,
  pace,
}: BenchContext): Promise<(size: number) => Promise<BuildFigures>> {
  const bytesOf = (build: keyof typeof KERNEL_FILES) =>
    readFile(new URL(KERNEL_FILES[build], builtFiles.kernels));
  const modules = {
    plain: compileOptimised(await bytesOf('SIMD')),
    blind: compileOptimised(withoutLooks(await bytesOf(kernel.build))),
  };
  return async (size) => {
    const solo = soloLane(kernel, once(1, { size, matrices: 1 }));
    const measure = (functions = solo.kernel) =>
      perTurn(iterations(functions, solo.prepared.layout, size), pace.sliceMs / ROUNDS_FACTOR);
    const inUse = measure();
    const other = (module: WebAssembly.Module) => measure(instantiateKernel(module, solo.memory));
    const pairs = [modules.plain, modules.blind].map((module) => ({
      first: other(module),
      second: inUse,
    }));
    const rounds = pace.rounds * ROUNDS_FACTOR;
    const [plain, blind] = (await measurePairs(pairs, { rounds, cores: cores.own })).map(
      ({ first, second }) => ratioSpread(first, second),
    );
    if (plain === undefined || blind === undefined) throw new Error('each pair has its values');
    return { plain, blind };
  };
}
