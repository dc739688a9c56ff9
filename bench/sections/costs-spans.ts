import { RunMemory } from '../../src/main/engine/run-memory.js';
import { ringOf } from '../../src/shared/layout.js';
import type { LockModeName } from '../../src/shared/parameters.js';
import { SpanRingReader } from '../../src/shared/span-ring.js';
import { KIND_CODE, SPAN_WORDS } from '../../src/shared/spans.js';
import { systemClock } from '../../src/shared/units.js';
import { lockModes } from '../../src/workers/locks/index.js';
import { Recorder } from '../../src/workers/recorder.js';
import type { SteppedWork } from '../../src/workers/work.js';
import { once } from '../measure/runs.js';
import { perTurn, type Loop } from '../measure/timing.js';

/** Tasks after which the ring is emptied; all of their spans fit. */
const TASKS = 1000;

/** Steps of a task, so that under gil-released nearly all of its spans are the holds between them. */
const STEPS = 20;

/**
 * A measurement of a span's cost under a lock mode, in ns: what a lane takes for a task without
 * work, less what it takes with nothing recorded, by the task's spans. So the lock's own cost is
 * left out, and the clock's and the task table's are in it.
 */
export function spanCost(lock: LockModeName, sliceMs: number): () => number {
  const { loop, spansPerTask } = tasksUnder(lock, Recorder);
  const recorded = perTurn(loop, sliceMs);
  const unrecorded = perTurn(tasksUnder(lock, MuteRecorder).loop, sliceMs);
  return () => (recorded() - unrecorded()) / spansPerTask();
}

/** Tasks as a lane runs them, alone, so that it never waits. */
function tasksUnder(lock: LockModeName, RecorderClass: typeof Recorder) {
  const parameters = once(1, { matrices: TASKS, size: 1, lock });
  const { buffer, layout } = new RunMemory().prepare(parameters);
  const recorder = new RecorderClass(buffer, layout, 0, systemClock);
  const reader = new SpanRingReader(buffer, ringOf(layout, 0));
  const words = new Int32Array(buffer);
  const context = { words, layout, parameters, lane: 0, clock: systemClock };
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
  const spansPerTask = () => {
    loop(1);
    return reader.read().reduce((total, piece) => total + piece.length / SPAN_WORDS, 0);
  };
  return { loop, spansPerTask };
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
