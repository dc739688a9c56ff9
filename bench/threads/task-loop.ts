import { RunMemory } from '../../src/engine/run-memory.js';
import { ringOf } from '../../src/memory/layout.js';
import type { LockModeName } from '../../src/experiment/parameters.js';
import { SpanRingReader } from '../../src/memory/span-ring.js';
import { KIND_CODE, SPAN_WORDS } from '../../src/recording/spans.js';
import { systemClock } from '../../src/base/units.js';
import { lockModes } from '../../src/engine/lane/locks/index.js';
import { Recorder } from '../../src/engine/lane/recorder.js';
import type { SteppedWork } from '../../src/engine/lane/work.js';
import { once } from '../measure/runs.js';
import type { Loop } from '../measure/timing.js';

/** Tasks after which the ring is emptied; all of their spans fit. */
const TASKS = 1000;

/** Steps of a task, so that under gil-released nearly all of its spans are the holds between them. */
const STEPS = 20;

/** Tasks without work, as a lane runs them. */
export interface TaskLoop {
  readonly loop: Loop;
  /** Spans that a task was seen to record; none where nothing is. */
  readonly spansPerTask: number;
}

/**
 * Tasks without work under a lock mode, by a lane alone, so that it never waits: as they are, or
 * with nothing recorded.
 */
export function taskLoop(lock: LockModeName, isRecorded: boolean): TaskLoop {
  const parameters = once(1, { matrices: TASKS, size: 1, lock });
  const { buffer, layout } = new RunMemory().prepare(parameters);
  const recorder = new (isRecorded ? Recorder : MuteRecorder)(buffer, layout, 0, systemClock);
  const reader = new SpanRingReader(buffer, ringOf(layout, 0));
  const lockWords = new Int32Array(buffer);
  const context = { words: lockWords, layout, parameters, lane: 0, clock: systemClock };
  const mode = lockModes[lock](context);
  const work = new NoWork();
  recorder.resume(systemClock());
  const loop: Loop = (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      const task = turn % TASKS;
      if (task === 0) reader.reset();
      recorder.beginTask(task);
      work.begin();
      mode.run(work, recorder, task);
      recorder.endTask(work.outcome);
    }
  };
  loop(1);
  const words = reader.read().reduce((total, piece) => total + piece.length, 0);
  return { loop, spansPerTask: words / SPAN_WORDS };
}

/** Work that is done as soon as it is begun, after some steps where it is stepped. */
class NoWork implements SteppedWork {
  readonly kind = KIND_CODE.compute;
  readonly outcome = {
    eigenvalue: 1,
    rayleigh: 1,
    residual: 0,
    iterations: 1,
    converged: true,
  };
  #steps = 0;

  begin(): void {
    this.#steps = 0;
  }

  advance(): boolean {
    return true;
  }

  product(): boolean {
    return true;
  }

  update(): boolean {
    this.#steps += 1;
    return this.#steps === STEPS;
  }
}

/** Reads no clock and records nothing. */
class MuteRecorder extends Recorder {
  override tick(): void {
    // Time stands still.
  }

  override span(): void {
    // There is nobody to tell.
  }

  override endTask(): void {
    // The table has no rows of these tasks.
  }
}
