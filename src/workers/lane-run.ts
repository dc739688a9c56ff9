import { ORIGIN_ADDRESS, layoutOf, type Layout } from '../shared/layout.js';
import { readParameters } from '../shared/parameters-block.js';
import type { Parameters } from '../shared/parameters.js';
import { systemClock, type Milliseconds } from '../shared/units.js';
import type { Kernel } from './kernel.js';
import { gilHeld } from './locks/gil-held.js';
import { lockModes } from './locks/index.js';
import type { LockContext, LockMode } from './locks/lock-mode.js';
import { none } from './locks/none.js';
import { PowerWork } from './power-work.js';
import { Recorder } from './recorder.js';
import { SleepWork } from './sleep-work.js';
import type { Work } from './work.js';

/** One lane in one run: its views of shared memory, its work, its lock mode and its recorder. */
export class LaneRun {
  /** The run's number, by which a worker tells that a new one has begun. */
  readonly run: number;
  readonly lane: number;
  readonly layout: Layout;
  readonly words: Int32Array;
  readonly #kernel: Kernel;
  readonly #origin: Float64Array;
  readonly #parameters: Parameters;
  readonly #recorder: Recorder;
  readonly #work: Work;
  readonly #runUnderLock: (task: number) => void;

  constructor(memory: WebAssembly.Memory, kernel: Kernel, run: number, lane: number) {
    // Read anew for each run: the buffer is another object once the memory has grown.
    const { buffer } = memory;
    this.run = run;
    this.lane = lane;
    this.words = new Int32Array(buffer);
    this.#kernel = kernel;
    this.#parameters = readParameters(buffer);
    this.layout = layoutOf(this.#parameters);
    this.#origin = new Float64Array(buffer, ORIGIN_ADDRESS, 1);
    this.#recorder = new Recorder(buffer, this.layout, lane, systemClock);
    const bound = this.#bindWork(buffer);
    this.#work = bound.work;
    this.#runUnderLock = bound.runUnderLock;
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

  /** Joins the workload with the lock mode it runs under. */
  #bindWork(buffer: ArrayBufferLike): { work: Work; runUnderLock: (task: number) => void } {
    const parameters = this.#parameters;
    const context = { words: this.words, layout: this.layout, parameters, lane: this.lane };
    if (parameters.workload === 'sleep') {
      const work = new SleepWork(buffer, parameters.sleepMs);
      return { work, runUnderLock: this.#bind(sleepMode(context), work) };
    }
    const work = new PowerWork(this.#kernel, buffer, parameters, this.layout, this.lane);
    return { work, runUnderLock: this.#bind(lockModes[parameters.lock](context), work) };
  }

  #bind<W extends Work>(mode: LockMode<W>, work: W): (task: number) => void {
    return (task) => {
      mode.run(work, this.#recorder, task);
    };
  }
}

/**
 * How a sleep meets the lock: `time.sleep` gives up the interpreter's lock, so only gil-held, an
 * extension that keeps it, sleeps with it.
 */
function sleepMode(context: LockContext): LockMode {
  return context.parameters.lock === 'gil-held' ? gilHeld(context) : none();
}
