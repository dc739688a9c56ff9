import { SPECIFICATIONS } from '../../../experiment/specifications.js';
import { Gil } from './gil.js';
import type { LockContext, LockMode } from './lock-mode.js';
import { underGil } from './under-gil.js';

/** `sys.getswitchinterval()`, unless a program sets it. */
const INTERVAL_MS = SPECIFICATIONS.switchIntervalMs.fallback;

/**
 * The process-wide lock held for each whole task: a Numba function with `nogil=False`, or any
 * extension that computes without Py_BEGIN_ALLOW_THREADS. A waiter asks after CPython's own switch
 * interval, and is heard when the task has ended and the thread is back in the interpreter.
 */
export function gilHeld(context: LockContext): LockMode {
  const gil = new Gil(context, { intervalMs: INTERVAL_MS, interrupts: false });
  return underGil(gil, context.words);
}
