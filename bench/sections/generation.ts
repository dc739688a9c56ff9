import { fileURLToPath } from 'node:url';
import { LanePool } from '../../src/engine/lane-pool.js';
import { generateMatrices } from '../../src/engine/run-execution.js';
import { RunMemory } from '../../src/engine/run-memory.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { measurePairs } from '../measure/pairs.js';
import { ratioSpread, spreadOf } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { timeOfAsync } from '../measure/timing.js';
import { spreadText } from '../markdown.js';
import { THREADS, skipped, type BenchContext, type Section } from '../section.js';

const SIZES = [16, 64, 512];

/** Elements of all matrices together at full scale. */
const ELEMENTS = 8e6;

const REST_MS = 20;

/** Making the matrices, on two threads, against NumPy’s draws and Numba’s prange over them. */
export const generation: Section = {
  title: 'Generation: matrices of the same numbers, ours on two threads',
  async measure(context) {
    const numba = await context.numba();
    if (numba === undefined) return skipped('there is no Python with Numba and SciPy.');
    const figures = [];
    for (const size of SIZES) {
      const matrices = Math.ceil((ELEMENTS * context.pace.scale) / size ** 2);
      const parameters = once(THREADS, { size, matrices });
      await using ours = await openGenerator(parameters, context);
      const pair = { first: numba.timeOf('generate', parameters), second: ours.measure };
      await measurePairs([pair], { rounds: 1, restMs: REST_MS });
      const { cores, pace } = context;
      const [values] = await measurePairs([pair], {
        rounds: pace.rounds,
        cores: cores.all,
        restMs: REST_MS,
      });
      if (values === undefined) continue;
      const perElement = (times: readonly number[]) =>
        spreadOf(times.map((time) => time / (matrices * size ** 2)));
      figures.push({
        size,
        matrices,
        elementNs: perElement(values.second),
        numbaElementNs: perElement(values.first),
        ratio: ratioSpread(values.first, values.second),
      });
    }
    const rows = figures.map(({ size, matrices, elementNs, numbaElementNs, ratio }) => [
      String(size),
      String(matrices),
      spreadText(elementNs),
      spreadText(numbaElementNs),
      spreadText(ratio),
    ]);
    const headings = ['Size', 'matrices', 'ns an element', 'NumPy and Numba', 'theirs over ours'];
    const notes = ['NumPy draws on one thread, as one generator must; Numba’s prange symmetrises.'];
    return { figures: { sizes: figures }, tables: [{ headings, rows }], notes };
  },
};

/** The engine's own generation, with its pool, without the rest of a run. */
async function openGenerator(
  parameters: Parameters,
  { builtFiles, kernel }: BenchContext,
): Promise<AsyncDisposable & { readonly measure: () => Promise<number> }> {
  const memory = new RunMemory();
  const prepared = memory.prepare(parameters);
  const lanePath = fileURLToPath(builtFiles.lane);
  const pool = await LanePool.create(THREADS, { lanePath, kernel: kernel.module, memory });
  await pool.start();
  const run = { run: 1, parameters, prepared, pool, listener: {}, spansOfLane: 0 };
  return {
    measure: () => timeOfAsync(() => generateMatrices(run)),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
