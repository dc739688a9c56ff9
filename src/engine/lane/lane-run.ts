import {
  COST,
  COSTS_ADDRESS,
  ORIGIN_ADDRESS,
  layoutOf,
  threadIndex,
  type Layout,
} from '../../memory/layout.js';
import { readParameters } from '../../memory/parameters-block.js';
import { LOCK_MODES, type Parameters } from '../../experiment/parameters.js';
import { systemClock, type Milliseconds } from '../../base/units.js';
import { measureHandOver, measureLane } from './calibration.js';
import type { Kernel } from './kernel.js';
import { gilHeld } from './locks/gil-held.js';
import { lockModes } from './locks/index.js';
import type { LockContext, LockMode } from './locks/lock-mode.js';
import { none } from './locks/none.js';
import { PowerWork } from './power-work.js';
import { Recorder } from './recorder.js';
import { SleepWork } from './sleep-work.js';
import { threadNumber } from './thread-number.js';
import type { Work } from './work.js';

const ownThread = threadNumber();

/** One lane in one run: its views of shared memory, its work, its lock mode and its recorder. */
export class LaneRun {
  /** The run's number, by which a worker notices that a new one has begun. */
  readonly run: number;
  readonly lane: number;
  readonly layout: Layout;
  readonly words: Int32Array;
  readonly #kernel: Kernel;
  readonly #origin: Float64Array;
  readonly #costs: Float64Array;
  readonly #context: LockContext;
  readonly #parameters: Parameters;
  readonly #recorder: Recorder;
  readonly #work: Work;
  readonly #runUnderLock: (task: number) => void;
  readonly #restUnderLock: () => void;

  constructor(memory: WebAssembly.Memory, kernel: Kernel, run: number, lane: number) {
    // Read again for each run: the buffer is another object once the memory has grown.
    const { buffer } = memory;
    this.run = run;
    this.lane = lane;
    this.words = new Int32Array(buffer);
    this.#kernel = kernel;
    this.#parameters = readParameters(buffer);
    this.layout = layoutOf(this.#parameters);
    this.#origin = new Float64Array(buffer, ORIGIN_ADDRESS, 1);
    this.#costs = new Float64Array(buffer, COSTS_ADDRESS, Object.keys(COST).length);
    this.#recorder = new Recorder(buffer, this.layout, lane, systemClock);
    this.#context = {
      words: this.words,
      layout: this.layout,
      parameters: this.#parameters,
      lane,
      clock: systemClock,
    };
    // The message that says that a repeat is done orders this before the main thread looks.
    Atomics.store(this.words, threadIndex(this.layout, lane), ownThread);
    const bound = this.#bindWork(buffer);
    this.#work = bound.work;
    this.#runUnderLock = bound.run;
    this.#restUnderLock = bound.rest;
  }

  /** Measures what an iteration and a hold of the lock cost here. Only while all other lanes rest. */
  measure(): void {
    const { iterationNs, holdNs } = measureLane({ kernel: this.#kernel, context: this.#context });
    // The message that says that the job is done orders these before the main thread looks.
    this.#costs[COST.iteration] = iterationNs;
    this.#costs[COST.hold] = holdNs;
  }

  /** Measures what a hand-over of the lock costs, while one other lane does the same. */
  measureHandOver(): void {
    const handOverNs = measureHandOver(this.#context);
    if (this.lane === 0) this.#costs[COST.handOver] = handOverNs;
  }

  /** Begins a stretch of tasks in the current repeat. */
  resume(): void {
    this.#recorder.resume((this.#origin[0] ?? 0) as Milliseconds);
  }

  /** Runs one task under the lock mode. It begins where the last one ended. */
  runTask(task: number): void {
    this.#recorder.beginTask(task);
    this.#work.begin(task);
    this.#runUnderLock(task);
    this.#recorder.endTask(this.#work.outcome);
  }

  /** Ends a stretch of tasks: there is no next one at hand. */
  rest(): void {
    this.#restUnderLock();
  }

  /** Joins the workload with the lock mode it runs under. */
  #bindWork(buffer: ArrayBufferLike): BoundWork {
    const parameters = this.#parameters;
    const context = this.#context;
    if (parameters.workload === 'sleep') {
      return this.#bind(sleepMode(context), new SleepWork(buffer, parameters.sleepMs));
    }
    const work = new PowerWork(this.#kernel, buffer, parameters, this.layout, this.lane);
    return this.#bind(lockModes[parameters.lock](context), work);
  }

  #bind<W extends Work>(mode: LockMode<W>, work: W): BoundWork {
    return {
      work,
      run: (task) => {
        mode.run(work, this.#recorder, task);
      },
      rest: () => {
        mode.rest?.();
      },
    };
  }
}

/** Work with the lock mode that drives it. */
interface BoundWork {
  readonly work: Work;
  /** Runs the begun task. */
  run(this: void, task: number): void;
  rest(this: void): void;
}

/**
 * How a sleep meets the lock: `time.sleep` gives up the interpreter's lock, so only an extension
 * that keeps it sleeps with it, for the whole of the task.
 */
function sleepMode(context: LockContext): LockMode {
  const { heldWhileSleeping } = LOCK_MODES[context.parameters.lock];
  return heldWhileSleeping ? gilHeld(context) : none();
}
