import { KIND_CODE } from '../../../recording/spans.js';
import type { LockContext, LockMode } from './lock-mode.js';
import { Mutex } from './mutex.js';

/**
 * A lock for each matrix, held while a task works on it: the per-object locking of PEP 703
 * (free-threaded CPython). Tasks on different matrices never meet.
 */
export function perObject({ words, layout }: LockContext): LockMode {
  const first = layout.locks / 4;
  return {
    run(work, recorder, task) {
      const mutex = new Mutex(words, first + task);
      const asked = recorder.at;
      const waited = !mutex.tryLock();
      if (waited) mutex.lock();
      // Stamped once the lock is ours, and again before it is not: holds never overlap.
      recorder.tick();
      if (waited) recorder.span(KIND_CODE.wait, asked);
      const acquired = recorder.at;
      work.advance();
      recorder.tick();
      mutex.unlock();
      recorder.span(work.kind, acquired);
      recorder.span(KIND_CODE.hold, acquired);
    },
  };
}
