import { layoutOf, ringOf } from '../../memory/layout.js';
import type { Parameters } from '../../experiment/parameters.js';
import { SpanRingReader } from '../../memory/span-ring.js';
import { isLockInCompute } from '../../experiment/work-costs.js';
import { toNanoseconds, type Clock, type Milliseconds } from '../../base/units.js';
import type { Kernel } from './kernel.js';
import { lockModes } from './locks/index.js';
import { GIL, gilWord, type LockContext, type LockMode } from './locks/lock-mode.js';
import { Mutex, countHandoff } from './locks/mutex.js';
import { none } from './locks/none.js';
import { PowerWork } from './power-work.js';
import { Recorder } from './recorder.js';
import type { SteppedWork } from './work.js';

/*
 * Measures what an iteration and a hold of the lock cost on a lane, with the run's own kernel, matrix
 * and lock, in a few milliseconds before the first repeat. Of several stretches the fastest counts,
 * as whatever else runs on the core only ever makes one slower.
 */

/** The shortest stretch that counts, in ms: many steps of the coarsest clock. */
const STRETCH_MS = 0.1;

/** As many steps, or so long, in ms: the result's product, which is timed with them, is then few of it. */
const FEWEST_STEPS = 16;
const LONG_MS = 5;

/** How long stretches are repeated at least, in ms. */
const MEASURED_MS = 3;

/** So many products, or so long, in ms: V8 has optimised the lane's code by then. */
const WARM_PRODUCTS = 20_000;
const WARM_MS = 15;

/** Turns of a lane that are timed together; two lanes on one core do not come to so many in the time. */
const TURNS_A_BURST = 100;

/** Looks at the lock between two looks at the clock. */
const SPINS_A_LOOK = 2_000;

/** What a lane's work is made of. */
export interface LaneParts {
  readonly kernel: Kernel;
  readonly context: LockContext;
}

/** What was measured on one lane, in ns; not a number where the run was stopped meanwhile. */
export interface LaneCosts {
  /** An iteration without a lock: the product, and the vector work after it. */
  readonly iterationNs: number;
  /** What a hold of the run's lock adds, recording it included. */
  readonly holdNs: number;
}

/** Measures an iteration without a lock, and what a hold of the run's lock adds to it. */
export function measureLane(parts: LaneParts): LaneCosts {
  const { parameters } = parts.context;
  const free = fastestStretch(parts, none());
  const iterationNs = free.ns / free.products;
  if (parameters.lock === 'none') return { iterationNs, holdNs: 0 };
  const mode = lockModes[parameters.lock](parts.context);
  const locked = fastestStretch(parts, mode);
  mode.rest?.();
  const holds = isLockInCompute(parameters) ? locked.products : 1;
  return {
    iterationNs,
    holdNs: Math.max(0, (locked.ns - locked.products * iterationNs) / holds),
  };
}

/** A stretch of one task's work: how long it took, and how many products it had. */
interface Stretch {
  readonly ns: number;
  readonly products: number;
}

/** The fastest stretch of the run's first task under a lock mode, by the time of a product. */
function fastestStretch(parts: LaneParts, mode: LockMode<SteppedWork>): Stretch {
  const { clock, parameters } = parts.context;
  const recorder = new PrivateRecorder(parameters, clock);
  const began = clock();
  let fastest: Stretch = { ns: NaN, products: NaN };
  let steps = 1;
  let products = 0;
  const isEnough = (spentMs: number) =>
    spentMs >= MEASURED_MS && (products >= WARM_PRODUCTS || spentMs >= WARM_MS);
  do {
    const stretch = runStretch(parts, mode, recorder, steps);
    if (stretch === undefined) return { ns: NaN, products: NaN };
    products += stretch.products;
    if (stretch.ns < STRETCH_MS * 1e6 || (steps < FEWEST_STEPS && stretch.ns < LONG_MS * 1e6)) {
      steps *= 2;
    } else if (!(stretch.ns / stretch.products >= fastest.ns / fastest.products)) {
      fastest = stretch;
    }
  } while (Number.isNaN(fastest.ns) || !isEnough(clock() - began));
  return fastest;
}

/** Runs so many steps of the run's first task; nothing where it was left, as the run is being stopped. */
function runStretch(
  { kernel, context }: LaneParts,
  mode: LockMode<SteppedWork>,
  recorder: PrivateRecorder,
  steps: number,
): Stretch | undefined {
  // No error is less than 0, so that the steps end at their cap alone.
  const parameters = { ...context.parameters, maxIterations: steps - 1, epsilon: 0 };
  const work = new PowerWork(
    kernel,
    context.words.buffer,
    parameters,
    context.layout,
    context.lane,
  );
  const ns = recorder.timed(work, mode);
  return work.outcome?.iterations === steps ? { ns, products: steps + 1 } : undefined;
}

/** Records as a lane does, but into memory that nobody reads. */
class PrivateRecorder {
  readonly #recorder: Recorder;
  readonly #ring: SpanRingReader;

  constructor(parameters: Parameters, clock: Clock) {
    const layout = layoutOf({
      ...parameters,
      ...{ matrices: 1, size: 1, threads: 1, scheduler: 'serial', lock: 'none' },
    });
    const memory = new SharedArrayBuffer(layout.totalBytes);
    this.#recorder = new Recorder(memory, layout, 0, clock);
    this.#ring = new SpanRingReader(memory, ringOf(layout, 0));
    this.#recorder.resume(clock());
  }

  /** Runs a task to its end and says how long it took, in ns. */
  timed(work: PowerWork, mode: LockMode<SteppedWork>): number {
    this.#ring.reset();
    this.#recorder.resume(0 as Milliseconds);
    this.#recorder.beginTask(0);
    const before = this.#recorder.at;
    work.begin(0);
    mode.run(work, this.#recorder, 0);
    return this.#recorder.at - before;
  }
}

/**
 * Has the lock handed to and fro between two lanes, which call this at the same time, and says what a
 * hand-over costs, in ns; not a number where too few came to pass, as on a single core. Each lane takes
 * the lock as soon as the other has given it up, and neither sleeps.
 */
export function measureHandOver({ words, layout, lane, clock }: LockContext): number {
  const gil = gilWord(layout);
  const mutex = new Mutex(words, gil + GIL.locked);
  const isMyTurn = () =>
    // Acquire: pairs with the other's release of the lock, before which it became the last holder.
    Atomics.load(words, gil + GIL.locked) === 0 &&
    Atomics.load(words, gil + GIL.lastHolder) !== lane + 1;
  let fastestMs = NaN;
  let turns = 0;
  let began = clock();
  const until = began + 2 * MEASURED_MS;
  while (clock() < until) {
    for (let spins = 0; spins < SPINS_A_LOOK && turns < TURNS_A_BURST; spins += 1) {
      if (!isMyTurn() || !mutex.tryLock()) continue;
      countHandoff(words, gil + GIL.lastHolder, lane);
      mutex.unlock();
      turns += 1;
    }
    if (turns < TURNS_A_BURST) continue;
    const now = clock();
    if (!(now - began >= fastestMs)) fastestMs = now - began;
    began = now;
    turns = 0;
  }
  return toNanoseconds(fastestMs) / (2 * TURNS_A_BURST);
}
