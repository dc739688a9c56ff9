/**
 * Attributes of instances, which CPython keeps in another way every few versions. Source:
 * Objects/dictobject.c, Include/internal/pycore_object.h.
 */
import { readDict, readDictKeys } from './dicts.js';
import { type Address, type Block, readBlock, readLink, unlessDoubtful } from './memory.js';
import type { ObjectReader } from './objects.js';

const INLINE_VALUES = 1 << 2;
const MANAGED_DICT = 1 << 4;

/** The longest name that is compared. */
const MAX_NAME_LENGTH = 100;

/** How many strings that say the same are remembered. */
const MAX_KEYS = 64;

/** Finds attributes and keys by name. All methods throw MemoryDoubt where there is no object. */
export class Attributes {
  readonly #objects: ObjectReader;
  /** The strings that were found to say a name: CPython has one string for a name nearly always. */
  readonly #keys = new Map<string, Set<Address>>();

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** Reads an attribute that an object itself has, not its class; null where it has none. */
  of(object: Address, name: string): Address | null {
    const { memory, layout } = this.#objects;
    const type = readBlock(memory, object + layout.object.type, 8).pointer(0);
    const { flags, dictOffset, basicSize, cachedKeys } = layout.type;
    const block = readBlock(memory, type, Math.max(flags, dictOffset, basicSize, cachedKeys) + 8);
    const values = valuesOf(this.#objects, object, block);
    if (values !== null) {
      const { keys } = readDictKeys(this.#objects, block.pointer(cachedKeys));
      const index = this.#indexOf(name, keys);
      return index === -1 ? null : readLink(memory, values + layout.dictValues + index * 8);
    }
    const dict = dictOf(this.#objects, object, block);
    return dict === null ? null : this.in(dict, name);
  }

  /** Reads the value of a name in a dictionary; null where it is not there. */
  in(dict: Address, name: string): Address | null {
    const entries = readDict(this.#objects, dict);
    const index = this.#indexOf(
      name,
      entries.map(({ key }) => key),
    );
    return entries[index]?.value ?? null;
  }

  /** Where a name is among keys; -1 where it is not. */
  #indexOf(name: string, keys: readonly (Address | null)[]): number {
    const known = this.#keys.get(name) ?? new Set();
    const index = keys.findIndex((key) => key !== null && known.has(key));
    if (index !== -1) return index;
    const found = keys.findIndex((key) => key !== null && this.#says(key, name));
    const key = keys[found];
    if (key != null) {
      if (known.size >= MAX_KEYS) known.clear();
      this.#keys.set(name, known.add(key));
    }
    return found;
  }

  #says(key: Address, text: string): boolean {
    return unlessDoubtful(() => this.#objects.text(key, MAX_NAME_LENGTH), null) === text;
  }
}

/** Where an object has its values apart from a dictionary; null where it has a dictionary. */
function valuesOf(objects: ObjectReader, object: Address, type: Block): Address | null {
  const { memory, layout } = objects;
  const flags = type.u32(layout.type.flags);
  if ((flags & MANAGED_DICT) === 0) return null;
  switch (layout.attributes) {
    case 'dict':
      return null;
    case 'values-before':
      return readLink(memory, object + layout.managedDict - 8);
    case 'values-or-dict-before': {
      // An odd word points one byte before the values.
      const word = readBlock(memory, object + layout.managedDict, 8).u64(0);
      return word % 2 === 1 ? word + 1 : null;
    }
    case 'values-inline': {
      if ((flags & INLINE_VALUES) === 0) return null;
      const values = object + type.u64(layout.type.basicSize);
      const isValid = readBlock(memory, values, 4).u8(3) !== 0;
      return isValid ? values : null;
    }
  }
}

function dictOf({ memory, layout }: ObjectReader, object: Address, type: Block): Address | null {
  const isManaged =
    layout.attributes !== 'dict' && (type.u32(layout.type.flags) & MANAGED_DICT) !== 0;
  const offset = type.u64(layout.type.dictOffset);
  if (isManaged) return readLink(memory, object + layout.managedDict);
  return offset > 0 && offset < MAX_DICT_OFFSET ? readLink(memory, object + offset) : null;
}

/** Negative offsets count from the end of an object of a varying size, which threads are none of. */
const MAX_DICT_OFFSET = 1 << 16;
