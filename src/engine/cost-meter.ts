import type { ExperimentRepeat } from '../experiment/recording.js';
import { COST, COSTS_ADDRESS } from '../memory/layout.js';
import type { Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import type { TaskResults } from '../experiment/task-table.js';
import type { MeasuredCosts } from '../experiment/recording.js';
import { isLockInCompute } from '../experiment/work-costs.js';
import type { RunContext } from './run-execution.js';

/** Tasks that compute for less than this do not say how fast an iteration is: clocks have steps. */
const LEAST_TASK_NS = 100_000;

/**
 * Measures what work and lock cost on the engine's lanes before each run, and keeps the least of each:
 * whatever else runs on the machine only ever makes them dearer. What a verdict promises as a bound
 * rests on the fastest iteration: no lane has been seen to compute faster in this process.
 */
export class CostMeter {
  /** The least times seen, in ns, by what they are of. */
  readonly #leastNs = new Map<string, number>();

  /** Measures a run's costs on its lanes. Before its first repeat, with the matrices in place. */
  async measure({ parameters, prepared, pool }: RunContext): Promise<MeasuredCosts> {
    const { workload, lock } = parameters;
    if (workload !== 'power') return { iterationNs: null, holdNs: 0, handOverNs: 0 };
    prepared.clearRepeat();
    const costs = new Float64Array(prepared.buffer, COSTS_ADDRESS, Object.keys(COST).length);
    costs.fill(NaN);
    pool.employ(1);
    await pool.run({ do: 'measure' });
    if (isLockInCompute(parameters) && prepared.layout.lanes > 1 && !this.#leastNs.has(HAND_OVER)) {
      pool.employ(2);
      await pool.runAll([
        { do: 'hand-over', lane: 0 },
        { do: 'hand-over', lane: 1 },
      ]);
    }
    const iterationNs = this.#least(iterationOf(parameters), costs[COST.iteration]);
    const holdNs = this.#least(`${lock} ${iterationOf(parameters)}`, costs[COST.hold]) ?? 0;
    const handOverNs = this.#least(HAND_OVER, costs[COST.handOver]) ?? 0;
    return { iterationNs, holdNs, handOverNs: holdNs + handOverNs };
  }

  /** The costs of such a run as far as an earlier one measured them; null where none did. */
  known(parameters: Parameters): MeasuredCosts | null {
    const iteration = iterationOf(parameters);
    const iterationNs = this.#leastNs.get(iteration);
    const holdNs = this.#leastNs.get(`${parameters.lock} ${iteration}`);
    if (iterationNs === undefined || holdNs === undefined) return null;
    const isHandedOver = isLockInCompute(parameters) && laneCount(parameters) > 1;
    const handOverNs = this.#leastNs.get(HAND_OVER);
    if (isHandedOver && handOverNs === undefined) return null;
    return { iterationNs, holdNs, handOverNs: holdNs + (handOverNs ?? 0) };
  }

  /** The costs in the light of what a run's tasks then took: one may have been faster. */
  refine(
    costs: MeasuredCosts,
    parameters: Parameters,
    repeats: readonly ExperimentRepeat[],
    { iterations }: TaskResults,
  ): MeasuredCosts {
    if (costs.iterationNs === null || isLockInCompute(parameters)) return costs;
    let fastestNs = Infinity;
    for (const { timings } of repeats) {
      for (const [task, computeNs] of timings.computeNs.entries()) {
        if (computeNs < LEAST_TASK_NS) continue;
        fastestNs = Math.min(fastestNs, computeNs / ((iterations[task] ?? NaN) + 1));
      }
    }
    return { ...costs, iterationNs: this.#least(iterationOf(parameters), fastestNs) };
  }

  /** Takes in how long something took, in ns, and says what it took at least; null where unknown. */
  #least(what: string, ns = NaN): number | null {
    const knownNs = this.#leastNs.get(what) ?? Infinity;
    const leastNs = ns < knownNs ? ns : knownNs;
    if (leastNs === Infinity) return null;
    this.#leastNs.set(what, leastNs);
    return leastNs;
  }
}

/** What the time of a hand-over is kept as: it depends on no parameter. */
const HAND_OVER = 'hand-over';

/** What the time of an iteration is kept as. */
function iterationOf({ size, convergence, interpreterUs }: Parameters): string {
  return `${convergence} iteration of ${size} and ${interpreterUs} µs`;
}
