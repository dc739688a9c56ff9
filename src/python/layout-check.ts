import { unlessDoubtful } from './memory.js';
import type { PlaceReader } from './places.js';
import type { Structures } from './structures.js';

/** A running program changes what is read: one of so many tries must be clean. */
const STRUCTURE_TRIES = 40;

/** Frames are checked again later. */
const FRAME_TRIES = 10;

/**
 * Checks the layout of interpreters and threads against the process: there is a main interpreter, its threads
 * belong to it and are linked both ways (which reading them checks), and the system has one of them at least:
 * states may outlive their threads.
 */
export function hasRightStructures(
  structures: Structures,
  taskIds: () => readonly number[],
): boolean {
  return succeedsOnce(() => {
    const interpreters = structures.interpreters();
    const before = taskIds();
    const threads = structures.threads();
    // Threads may come and end meanwhile.
    const tids = new Set([...before, ...taskIds()]);
    return interpreters.at(-1)?.id === 0 && threads.some(({ tid }) => tids.has(tid));
  }, STRUCTURE_TRIES);
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
  }, FRAME_TRIES);
}

function succeedsOnce(check: () => boolean, tries: number): boolean {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (unlessDoubtful(check, false)) return true;
  }
  return false;
}
