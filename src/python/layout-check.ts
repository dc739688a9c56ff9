import { unlessDoubtful } from './memory.js';
import type { PlaceReader } from './places.js';
import type { Structures } from './structures.js';

/** A running program changes what is read: one of so many tries must be clean. */
const TRIES = 10;

/**
 * Checks the layout of interpreters and threads against the process: there is a main interpreter, its threads
 * belong to it and are linked both ways (which reading them checks), and each is one that the system has.
 */
export function hasRightStructures(
  structures: Structures,
  taskIds: () => readonly number[],
): boolean {
  return succeedsOnce(() => {
    const interpreters = structures.interpreters();
    const threads = structures.threads();
    const tids = new Set(taskIds());
    return (
      interpreters.at(-1)?.id === 0 &&
      threads.length > 0 &&
      threads.every(({ tid }) => tids.has(tid))
    );
  });
}

/** Checks the layout of frames and code: one stack is whole, where any thread runs Python at all. */
export function hasRightFrames(structures: Structures, places: PlaceReader): boolean {
  return succeedsOnce(() => {
    let isInDoubt = false;
    for (const { address } of structures.threads()) {
      const stack = unlessDoubtful(() => places.wholeStack(address), null);
      if (stack !== null && stack.length > 0) return true;
      isInDoubt ||= stack === null;
    }
    return !isInDoubt;
  });
}

function succeedsOnce(check: () => boolean): boolean {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (unlessDoubtful(check, false)) return true;
  }
  return false;
}
