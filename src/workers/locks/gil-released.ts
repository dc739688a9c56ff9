import { KIND_CODE } from '../../shared/spans.js';
import { GIL, gilWord, type LockContext, type LockMode } from './lock-mode.js';
import { Mutex, countHandoff } from './mutex.js';
import type { SteppedWork } from '../work.js';

/**
 * The lock is released around each matrix product and held for the vector work between, as NumPy
 * does: its ufuncs and matmul run inside NPY_BEGIN_THREADS / NPY_END_THREADS, while the
 * interpreter that calls them needs the lock (numpy/core/src/umath, since NumPy 1.0).
 *
 * A stretch of steps in which the lane never waits is one compute span with its holds inside.
 */
export function gilReleased({ words, layout, lane }: LockContext): LockMode<SteppedWork> {
  const gil = gilWord(layout);
  const mutex = new Mutex(words, gil + GIL.locked);
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
        if (!mutex.tryLock()) {
          recorder.tick();
          recorder.span(KIND_CODE.compute, computing);
          recorder.publish();
          const asked = recorder.at;
          mutex.lock();
          recorder.tick();
          recorder.span(KIND_CODE.wait, asked);
          computing = recorder.at;
        } else {
          recorder.tick();
        }
        const acquired = recorder.at;
        countHandoff(words, gil + GIL.lastHolder, lane);
        ended = work.update();
        recorder.tick();
        mutex.unlock();
        recorder.span(KIND_CODE.hold, acquired);
      }
      recorder.span(KIND_CODE.compute, computing);
    },
  };
}
