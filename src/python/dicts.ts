/**
 * Dictionaries as they lie in another process. Source: Include/internal/pycore_dict.h (3.11 on),
 * Objects/dict-common.h (before).
 */
import { type Address, type Block, isAddress, MemoryDoubt, readBlock } from './memory.js';
import type { ObjectReader } from './objects.js';

/** A key and its value. */
export interface DictEntry {
  readonly key: Address;
  readonly value: Address;
}

/** The keys of a dictionary, in the order in which they came; null where one was deleted. */
export interface DictKeys {
  readonly keys: readonly (Address | null)[];
  /** The values beside them; null where the dictionary has its values elsewhere. */
  readonly values: readonly (Address | null)[];
}

/** A larger dictionary is not read. */
const MAX_ENTRIES = 20_000;

/**
 * Reads the entries of a dictionary.
 *
 * @throws MemoryDoubt where it is none
 */
export function readDict(objects: ObjectReader, address: Address): DictEntry[] {
  const { keys, values } = objects.layout.dict;
  const block = objects.read(address, 'dict', Math.max(keys, values) + 8);
  const table = readDictKeys(objects, block.pointer(keys));
  const split = block.link(values);
  const found = split === null ? table.values : splitValues(objects, split, table.keys.length);
  return table.keys.flatMap((key, index) => {
    const value = found[index] ?? null;
    return key === null || value === null ? [] : { key, value };
  });
}

/** Reads the values that a dictionary has apart from its keys, which it shares with others. */
function splitValues(objects: ObjectReader, values: Address, count: number): (Address | null)[] {
  const block = readBlock(objects.memory, values + objects.layout.dictValues, count * 8);
  return Array.from({ length: count }, (_, index) => addressIn(block, index * 8));
}

/**
 * Reads the keys of a dictionary or of a class's instances.
 *
 * @throws MemoryDoubt where there are none
 */
export function readDictKeys(objects: ObjectReader, address: Address): DictKeys {
  const table =
    objects.layout.keyFormat === 'sizes'
      ? tableOfSizes(readBlock(objects.memory, address, 40))
      : tableOfLogarithms(readBlock(objects.memory, address, 32));
  const { start, count, entryBytes } = table;
  if (count > MAX_ENTRIES) throw new MemoryDoubt('too many entries');
  const block = readBlock(objects.memory, address + start, count * entryBytes);
  const entries = Array.from({ length: count }, (_, index) => index * entryBytes);
  // Entries with a hash have it first.
  const keyAt = entryBytes - 16;
  return {
    keys: entries.map((at) => addressIn(block, at + keyAt)),
    values: entries.map((at) => addressIn(block, at + keyAt + 8)),
  };
}

interface KeyTable {
  /** Where the entries begin, after the indices. */
  readonly start: number;
  readonly count: number;
  readonly entryBytes: 16 | 24;
}

/** Up to 3.10: the number of slots, and the width of their indices follows from it. */
function tableOfSizes(header: Block): KeyTable {
  const slots = header.u64(8);
  const width = slots <= 0xff ? 1 : slots <= 0xffff ? 2 : slots <= 0xffffffff ? 4 : 8;
  return { start: 40 + slots * width, count: header.u64(32), entryBytes: 24 };
}

/** From 3.11 on: logarithms, and entries without a hash where all keys are strings. */
function tableOfLogarithms(header: Block): KeyTable {
  const [indexBytes, kind] = [2 ** header.u8(9), header.u8(10)];
  return { start: 32 + indexBytes, count: header.u64(24), entryBytes: kind === 0 ? 24 : 16 };
}

function addressIn(block: Block, offset: number): Address | null {
  const word = block.u64(offset);
  return isAddress(word) ? word : null;
}
