import type { GilLayout } from './gil-layout.js';
import { isPlausibleGil } from './gil-reader.js';
import { isWritable, type Mapping } from './maps.js';
import {
  type Address,
  Block,
  MAX_READ_BYTES,
  type ProcessMemory,
  readBlock,
  unlessDoubtful,
} from './memory.js';

/** The switch interval unless the program changes it, in µs. */
const DEFAULT_INTERVAL_US = 5000;

/**
 * Finds the GIL inside `_PyRuntime` by what it looks like: the default switch interval, then a pointer to
 * writable memory, then whether it is locked. Returns null unless exactly one place looks so.
 */
export function findGilByLook(
  memory: ProcessMemory,
  runtime: { readonly address: Address; readonly size: number },
  mappings: readonly Mapping[],
  layout: GilLayout,
): Address | null {
  const bytes = new Uint8Array(Math.min(runtime.size, MAX_READ_BYTES));
  const block = new Block(bytes.subarray(0, memory.read(runtime.address, bytes)));
  const found: Address[] = [];
  for (let at = 0; at + layout.bytes <= block.length; at += 8) {
    if (block.u32(at + layout.interval) !== DEFAULT_INTERVAL_US) continue;
    const candidate = new Block(block.bytes.subarray(at, at + layout.bytes));
    const holder = candidate.u64(layout.lastHolder);
    if (isPlausibleGil(candidate, layout) && isWritable(mappings, holder)) {
      found.push(runtime.address + at);
    }
  }
  const [only = null] = found;
  return found.length === 1 ? only : null;
}

/** Whether a GIL that has been set up lies at an address. */
export function isGilAt(memory: ProcessMemory, address: Address, layout: GilLayout): boolean {
  return unlessDoubtful(
    () => isPlausibleGil(readBlock(memory, address, layout.bytes), layout),
    false,
  );
}

/** Whether the place of a GIL is empty still: it is not locked, nor free. */
export function isUnsetGilAt(memory: ProcessMemory, address: Address, layout: GilLayout): boolean {
  return unlessDoubtful(() => {
    const block = readBlock(memory, address, layout.bytes);
    return block.i32(layout.locked) === -1 || block.u64(layout.interval) === 0;
  }, false);
}
