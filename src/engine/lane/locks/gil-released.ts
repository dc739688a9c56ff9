import { KIND_CODE } from '../../../recording/spans.js';
import type { Nanoseconds } from '../../../base/units.js';
import type { Recorder } from '../recorder.js';
import type { SteppedWork } from '../work.js';
import { ConditionLock } from './condition-lock.js';
import { GIL, gilWord, type LockContext, type LockMode } from './lock-mode.js';
import { countHandoff } from './mutex.js';

/**
 * The lock is released around each matrix product and held for the vector work between, as NumPy
 * does: its ufuncs and matmul run inside NPY_BEGIN_THREADS / NPY_END_THREADS, while the
 * interpreter that calls them needs the lock (numpy/core/src/umath, since NumPy 1.0). Where the
 * interpreter's work is in pieces, it is also released for a moment between them.
 *
 * A stretch of steps in which the lane never waits is one compute span with its holds inside.
 */
export function gilReleased({ words, layout, lane }: LockContext): LockMode<SteppedWork> {
  const gil = gilWord(layout);
  const lock = new ConditionLock(words, {
    locked: gil + GIL.locked,
    waiters: gil + GIL.waiters,
    signals: gil + GIL.signals,
  });
  return {
    run(work, recorder) {
      let computing = recorder.at;
      let ended = false;
      while (!ended) {
        if (!work.product()) {
          // Nobody asks for this lock to be dropped: the run is being stopped.
          recorder.tick();
          break;
        }
        const hasLock = lock.tryLock();
        recorder.tick();
        if (!hasLock) computing = waitFor(lock, recorder, computing);
        const acquired = recorder.at;
        countHandoff(words, gil + GIL.lastHolder, lane);
        ended = work.update();
        recorder.tick();
        lock.unlock();
        recorder.span(KIND_CODE.hold, acquired);
      }
      recorder.span(KIND_CODE.compute, computing);
    },
  };
}

/**
 * Ends a stretch of computing, waits for the lock and has it; returns when the next stretch began.
 * Apart from the loop, which is then short enough for V8 to inline all that reads the clock in it.
 */
function waitFor(lock: ConditionLock, recorder: Recorder, computing: Nanoseconds): Nanoseconds {
  recorder.span(KIND_CODE.compute, computing);
  recorder.publish();
  const asked = recorder.at;
  lock.lock();
  recorder.tick();
  recorder.span(KIND_CODE.wait, asked);
  return recorder.at;
}
