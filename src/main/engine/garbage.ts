import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now, which takes about 10 ms. A WebAssembly memory's pages go back to the system
 * only when its last reference is collected, and V8, to which gigabytes of it are one small object,
 * would see no reason to for minutes.
 */
export function collectGarbage(): void {
  // V8 hands out its collector to contexts made while this flag is set, and to no others.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
