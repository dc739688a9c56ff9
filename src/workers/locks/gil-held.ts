import { GIL, gilWord, type LockContext, type LockMode } from './lock-mode.js';
import { Mutex, countHandoff } from './mutex.js';

/**
 * One process-wide lock held for each whole task: a Numba function with `nogil=False`, or any
 * extension that computes without Py_BEGIN_ALLOW_THREADS.
 */
export function gilHeld({ words, layout, lane }: LockContext): LockMode {
  const gil = gilWord(layout);
  return heldForTask(new Mutex(words, gil + GIL.locked), () => {
    countHandoff(words, gil + GIL.lastHolder, lane);
  });
}

/** Holds a mutex for the whole of a task. `onAcquired` runs with it held. */
export function heldForTask(mutex: Mutex, onAcquired?: () => void): LockMode {
  return {
    run(work, recorder) {
      const asked = recorder.at;
      const waited = !mutex.tryLock();
      if (waited) mutex.lock();
      onAcquired?.();
      // Stamped once the lock is ours, and again before it is not: holds never overlap.
      recorder.tick();
      if (waited) recorder.span('wait', asked);
      const acquired = recorder.at;
      work.advance();
      recorder.tick();
      mutex.unlock();
      recorder.span(work.kind, acquired);
      recorder.span('hold', acquired);
    },
  };
}
