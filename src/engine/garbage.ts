import { runInNewContext } from 'node:vm';
import { withV8Flags } from './v8-flags.js';

/**
 * Collects garbage now, which takes about 10 ms. A WebAssembly memory's pages go back to the system
 * only when its last reference is collected, and V8, to which gigabytes of it are one small object,
 * would see no reason to for minutes.
 */
export function collectGarbage(): void {
  // V8 hands out its collector to contexts made while this flag is set, and to no others.
  const collect = withV8Flags({ 'expose-gc': true }, () => runInNewContext('gc') as () => void);
  collect();
}
