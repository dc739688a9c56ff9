import { tallyIndex, ringOf, type Layout } from '../../memory/layout.js';
import { SpanRingWriter } from '../../memory/span-ring.js';
import { KIND_CODE, type KindCode } from '../../recording/spans.js';
import { TASK_STATE, taskTableOf, type TaskTable } from '../../experiment/task-table.js';
import {
  toNanoseconds,
  type Clock,
  type Milliseconds,
  type Nanoseconds,
} from '../../base/units.js';

/** What a task gave; see the task table for the meaning. */
export interface TaskOutcome {
  readonly eigenvalue: number;
  readonly rayleigh: number;
  readonly residual: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Within a task, a span that ends so long after spans were published has them published again. */
const PUBLISHED_AFTER_NS = 1e6;

/**
 * Records what one lane does: spans into its ring, and each task's row into the task table.
 *
 * The recorder has one current stamp, `at`. `tick` moves it to now, and a span runs from an
 * earlier stamp to it, so that spans that meet share one reading of the clock.
 *
 * The drain can have a task's spans when the task has ended, and those of a long task as it goes on.
 * Before a lane waits within a task, it has to `publish` them.
 */
export class Recorder {
  readonly #clock: Clock;
  readonly #ring: SpanRingWriter;
  readonly #table: TaskTable;
  readonly #words: Int32Array;
  readonly #tally: number;
  readonly #lane: number;
  #origin: Milliseconds;
  #at = 0 as Nanoseconds;
  /** A span that ends from this stamp on has the spans so far published. */
  #publishDueNs = 0;
  #task = 0;
  #taskStart = 0 as Nanoseconds;
  /** Time of the current task by kind code. */
  readonly #sums = new Float64Array(Object.keys(KIND_CODE).length);

  constructor(memory: ArrayBufferLike, layout: Layout, lane: number, clock: Clock) {
    this.#clock = clock;
    this.#ring = new SpanRingWriter(memory, ringOf(layout, lane), lane);
    this.#table = taskTableOf(memory, layout);
    this.#words = new Int32Array(memory);
    this.#tally = tallyIndex(layout, lane);
    this.#lane = lane;
    this.#origin = 0 as Milliseconds;
  }

  /** The current stamp: nanoseconds since the repeat began. */
  get at(): Nanoseconds {
    return this.#at;
  }

  /** Begins a stretch of tasks: sets the repeat's origin and reads the clock. */
  resume(origin: Milliseconds): void {
    this.#origin = origin;
    this.#ring.resume();
    this.tick();
    this.#publishDueNs = this.#at + PUBLISHED_AFTER_NS;
  }

  /** Reads the clock: moves the current stamp to now. */
  tick(): void {
    this.#at = toNanoseconds(this.#clock() - this.#origin);
  }

  /** Begins a task at the current stamp. */
  beginTask(task: number): void {
    this.#task = task;
    this.#taskStart = this.#at;
    // One by one: for so few, a call of `fill` takes longer than all else that is recorded here.
    for (let kind = 0; kind < this.#sums.length; kind += 1) this.#sums[kind] = 0;
  }

  /** Records a span of the current task, from a stamp to the current one. */
  span(kind: Exclude<KindCode, typeof KIND_CODE.task>, start: Nanoseconds): void {
    const at = this.#at;
    const sums = this.#sums;
    sums[kind] = (sums[kind] ?? 0) + (at - start);
    this.#ring.push(kind, this.#task, start, at);
    if (at >= this.#publishDueNs) this.publish();
  }

  /** Lets the drain have all spans so far. */
  publish(): void {
    this.#ring.publish();
    this.#publishDueNs = this.#at + PUBLISHED_AFTER_NS;
  }

  /** Ends the current task at the current stamp; without an outcome it was stopped. */
  endTask(outcome: TaskOutcome | undefined): void {
    this.#ring.push(KIND_CODE.task, this.#task, this.#taskStart, this.#at);
    this.publish();
    this.#writeTimings();
    if (outcome === undefined) return;
    this.#writeOutcome(outcome);
    // Counts for progress alone: the main thread orders nothing by it, and only this lane writes.
    Atomics.store(this.#words, this.#tally, Atomics.load(this.#words, this.#tally) + 1);
  }

  #writeTimings(): void {
    const task = this.#task;
    const table = this.#table;
    table.startNs[task] = this.#taskStart;
    table.endNs[task] = this.#at;
    table.waitNs[task] = this.#sums[KIND_CODE.wait] ?? 0;
    table.holdNs[task] = this.#sums[KIND_CODE.hold] ?? 0;
    table.computeNs[task] = this.#sums[KIND_CODE.compute] ?? 0;
    table.sleepNs[task] = this.#sums[KIND_CODE.sleep] ?? 0;
    table.lane[task] = this.#lane;
  }

  #writeOutcome(outcome: TaskOutcome): void {
    const task = this.#task;
    const table = this.#table;
    table.eigenvalue[task] = outcome.eigenvalue;
    table.rayleigh[task] = outcome.rayleigh;
    table.residual[task] = outcome.residual;
    table.iterations[task] = outcome.iterations;
    table.state[task] = outcome.converged ? TASK_STATE.converged : TASK_STATE.capped;
  }
}
