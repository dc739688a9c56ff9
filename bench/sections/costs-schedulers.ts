import type { Parameters } from '../../src/experiment/parameters.js';
import { measurePairs } from '../measure/pairs.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { once, wallOf } from '../measure/runs.js';
import { THREADS, type BenchContext } from '../section.js';

/** Tasks with nothing to do, at full scale: all of their time is that of getting to a lane. */
const EMPTY_TASKS = 20_000;

const EQUAL_TASKS = 4000;

/** What schedulers cost, on two lanes. */
export interface SchedulerCosts {
  /** Wall time a task, in µs. */
  readonly executorTaskUs: Spread;
  readonly dynamicTaskUs: Spread;
  /** Wall time of dynamic over that of static, with tasks of equal length. */
  readonly dynamicOverStatic: Spread;
}

type Measuring = Pick<BenchContext, 'engine' | 'cores' | 'pace'>;

/** Measures them. */
export async function measureSchedulers(measuring: Measuring): Promise<SchedulerCosts> {
  const { pace } = measuring;
  const empty = Math.round(EMPTY_TASKS * pace.scale);
  const emptyTasks = { matrices: empty, size: 1, maxIterations: 1 };
  const tasks = await measureTwo(measuring, emptyTasks, ['executor', 'dynamic']);
  const equal = {
    ...{ matrices: Math.round(EQUAL_TASKS * pace.scale), size: 64, maxIterations: 100 },
    // Below what the error can be, so that all run to the cap.
    epsilon: Number.MIN_VALUE,
  };
  const equals = await measureTwo(measuring, equal, ['dynamic', 'static']);
  const perTask = (walls: readonly number[]) => spreadOf(walls.map((wall) => wall / empty / 1e3));
  return {
    executorTaskUs: perTask(tasks.first),
    dynamicTaskUs: perTask(tasks.second),
    dynamicOverStatic: ratioSpread(equals.first, equals.second),
  };
}

async function measureTwo(
  { engine, cores, pace: { rounds } }: Measuring,
  work: Partial<Parameters>,
  [one, other]: readonly [Parameters['scheduler'], Parameters['scheduler']],
) {
  const pair = {
    first: wallOf(engine, once(THREADS, { ...work, scheduler: one })),
    second: wallOf(engine, once(THREADS, { ...work, scheduler: other })),
  };
  await measurePairs([pair], { rounds: 1 });
  const [values = { first: [], second: [] }] = await measurePairs([pair], {
    rounds,
    cores: cores.all,
  });
  return values;
}
