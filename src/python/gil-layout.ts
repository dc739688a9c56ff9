/**
 * Where the fields of `_gil_runtime_state` lie. Source: Include/internal/pycore_gil.h, the same from 3.8 to
 * 3.15 but for what free-threaded builds put first, and glibc's sizes of a condition and a mutex.
 */
export interface GilLayout {
  /** Whether the lock is in use at all; null in builds that cannot do without. */
  readonly enabled: number | null;
  /** The switch interval in µs. */
  readonly interval: number;
  /** The thread state that had it last, also after it was released. */
  readonly lastHolder: number;
  readonly locked: number;
  readonly switchNumber: number;
  /** Where the conditions and mutexes begin, that threads wait on. */
  readonly conditions: number;
  /** The length of all. */
  readonly bytes: number;
}

const CONDITION_BYTES = 48;

/** The layout in a build for this processor. */
export function gilLayout(freeThreaded: boolean): GilLayout {
  const start = freeThreaded ? 8 : 0;
  const mutexBytes = process.arch === 'arm64' ? 48 : 40;
  const conditions = start + 32;
  return {
    enabled: freeThreaded ? 0 : null,
    interval: start,
    lastHolder: start + 8,
    locked: start + 16,
    switchNumber: start + 24,
    conditions,
    bytes: conditions + 2 * (CONDITION_BYTES + mutexBytes),
  };
}
