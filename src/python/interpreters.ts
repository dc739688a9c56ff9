import type { Layout } from './layout.js';
import { type Address, MemoryDoubt, type ProcessMemory, readBlock, readLink } from './memory.js';

/** One interpreter of a process: the main one, or a sub-interpreter. */
export interface Interpreter {
  readonly address: Address;
  /** 0 is the main one's. */
  readonly id: number;
  /** Its lock, which it may share with others; null while it is being made. */
  readonly gil: Address | null;
  /** Its newest thread state. */
  readonly threads: Address | null;
}

/** A list that is longer goes in a circle, or is none. */
const MAX_INTERPRETERS = 1000;

/**
 * Reads the list of interpreters, newest first.
 *
 * @param sharedGil the lock of all where they have none of their own, as before 3.12
 * @throws MemoryDoubt where it is none
 */
export function readInterpreters(
  memory: ProcessMemory,
  runtime: Address,
  layout: Layout,
  sharedGil: Address | null,
): Interpreter[] {
  const { next, id, threads, gil } = layout.interpreter;
  const length = Math.max(next, id, threads, gil ?? 0) + 8;
  const found: Interpreter[] = [];
  let address = readLink(memory, runtime + layout.runtime.interpreters);
  while (address !== null) {
    if (found.length === MAX_INTERPRETERS) throw new MemoryDoubt('no end of interpreters');
    const block = readBlock(memory, address, length);
    found.push({
      address,
      id: block.u64(id),
      gil: gil === null ? sharedGil : block.link(gil),
      threads: block.link(threads),
    });
    address = block.link(next);
  }
  return found;
}
