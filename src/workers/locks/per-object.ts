import { heldForTask } from './gil-held.js';
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
      heldForTask(new Mutex(words, first + task)).run(work, recorder, task);
    },
  };
}
