import { KIND_CODE } from '../../../recording/spans.js';
import { isStopping } from '../work.js';
import type { Gil } from './gil.js';
import type { LockMode } from './lock-mode.js';

/**
 * A lane under CPython's lock: held while computing, looked at where the work is left or done.
 *
 * The lock is kept from one task to the next unless a waiter asks for it, as CPython's threads do
 * not let it go between two pieces of Python: a worker of ThreadPoolExecutor takes the next item off
 * its queue with the lock held, and drops it only to sleep on an empty queue. So it is with serial,
 * static and dynamic; the executor's lanes rest after every ticket, as none can know of a next one.
 */
export function underGil(gil: Pick<Gil, 'hold' | 'isAsked' | 'drop'>, words: Int32Array): LockMode {
  return {
    run(work, recorder) {
      for (let ended = false; !ended;) {
        const before = recorder.at;
        const had = gil.hold();
        // Stamped once the lock is ours, and again before it is not: holds never overlap.
        if (had !== 'kept') recorder.tick();
        if (had === 'waited') recorder.span(KIND_CODE.wait, before);
        const acquired = recorder.at;
        do ended = work.advance() || isStopping(words);
        while (!ended && !gil.isAsked());
        recorder.tick();
        recorder.span(work.kind, acquired);
        recorder.span(KIND_CODE.hold, acquired);
        if (!ended) recorder.publish();
      }
    },
    rest() {
      gil.drop();
    },
  };
}
