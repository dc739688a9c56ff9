import type { LockMode } from './lock-mode.js';

/** No lock: Numba's `nogil=True`, or a free-threaded build. */
export function none(): LockMode {
  return {
    run(work, recorder) {
      const start = recorder.at;
      work.advance();
      recorder.tick();
      recorder.span(work.kind, start);
    },
  };
}
