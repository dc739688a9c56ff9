import type { KernelModule } from '../../src/engine/kernel-module.js';
import { ringOf } from '../../src/memory/layout.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { SpanRingReader } from '../../src/memory/span-ring.js';
import { systemClock } from '../../src/base/units.js';
import { PowerWork } from '../../src/engine/lane/power-work.js';
import { measurePairs } from '../measure/pairs.js';
import { ratiosOf, spreadOf, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { soloLane } from '../measure/solo-lane.js';
import { perTurn, type Loop } from '../measure/timing.js';
import type { BenchContext } from '../section.js';

/** How long a task takes, about. */
export const TASK_NS = 100_000;

const MATRICES = 16;

/** Pairs for each of a ratio's: what is looked for is small. */
const ROUNDS_FACTOR = 5;

/** Iterations that tasks have while it is found out how long one takes. */
const TRIAL_ITERATIONS = 1000;

/** What tracing costs. */
export interface TracingCost {
  /** Traced over untraced. */
  readonly ratio: Spread;
  /** The same less one. */
  readonly excess: Spread;
}

/** The loops of a lane over tasks of equal length, with and without its recorder. */
interface TaskLoops {
  readonly traced: Loop;
  readonly untraced: Loop;
}

/** Measures tasks of about TASK_NS as a lane runs them, and the same work with no recorder. */
export async function measureTracing({
  kernel,
  cores,
  pace: { rounds, sliceMs },
}: Pick<BenchContext, 'kernel' | 'cores' | 'pace'>): Promise<TracingCost> {
  const trial = perTurn(taskLoops(kernel, TRIAL_ITERATIONS).untraced, sliceMs);
  const { traced, untraced } = taskLoops(
    kernel,
    Math.round((TRIAL_ITERATIONS * TASK_NS) / trial()),
  );
  const pair = { first: perTurn(traced, sliceMs), second: perTurn(untraced, sliceMs) };
  const [values = { first: [], second: [] }] = await measurePairs([pair], {
    rounds: rounds * ROUNDS_FACTOR,
    cores: cores.own,
  });
  const ratios = ratiosOf(values.first, values.second);
  return { ratio: spreadOf(ratios), excess: spreadOf(ratios.map((ratio) => ratio - 1)) };
}

function taskLoops(kernel: KernelModule, maxIterations: number): TaskLoops {
  const parameters: Parameters = {
    ...once(1, { matrices: MATRICES, size: 64, maxIterations }),
    epsilon: Number.MIN_VALUE,
  };
  const { lane, prepared, kernel: functions } = soloLane(kernel, parameters);
  const { buffer, layout } = prepared;
  const reader = new SpanRingReader(buffer, ringOf(layout, 0));
  const work = new PowerWork(functions, buffer, parameters, layout, 0);
  prepared.setOrigin(systemClock());
  lane.resume();
  return {
    traced(count) {
      // Enough room for all: the ring holds thousands of spans and a loop runs hundreds of tasks.
      reader.reset();
      for (let turn = 0; turn < count; turn += 1) lane.runTask(turn % MATRICES);
    },
    untraced(count) {
      for (let turn = 0; turn < count; turn += 1) {
        work.begin(turn % MATRICES);
        work.advance();
      }
    },
  };
}
