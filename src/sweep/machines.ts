import type { Machine } from '../recording/machine.js';

/** What must be equal for two machines' repeats to be pooled. */
const LIKE = [
  'cpu',
  'usableCores',
  'logicalCores',
  'runtime',
  'kernel',
] as const satisfies readonly (keyof Machine)[];

/** Whether repeats of one machine may stand for those of another: equal processor, cores, runtime and kernel. */
export function isLikeMachine(a: Machine, b: Machine): boolean {
  return LIKE.every((fact) => a[fact] === b[fact]);
}
