import { Gil } from './gil.js';
import type { LockContext, LockMode } from './lock-mode.js';
import { underGil } from './under-gil.js';

/** Held while computing, and given up on request: pure Python code under CPython's lock. */
export function gilSwitching(context: LockContext): LockMode {
  const intervalMs = context.parameters.switchIntervalMs;
  return underGil(new Gil(context, { intervalMs, interrupts: true }), context.words);
}
