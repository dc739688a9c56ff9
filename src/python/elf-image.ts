import { type Address, MemoryDoubt, type ProcessMemory, readBlock, readCString } from './memory.js';

/** Where a symbol lies in the process, and its length in bytes. */
export interface ElfSymbol {
  readonly address: Address;
  readonly size: number;
}

/**
 * A program or library of 64 bits as it lies in a process's memory. It is read from there, not from its
 * file: that may be another one by now, or lie in another container.
 * Source: the ELF-64 specification, and for the hash table the GNU linker's and glibc's dl-lookup.c.
 */
export class ElfImage {
  readonly #memory: ProcessMemory;
  /** What is added to the image's addresses where it lies. */
  readonly #bias: Address;
  readonly #symbols: Address;
  readonly #strings: Address;
  readonly #hash: Address;

  /** @throws MemoryDoubt where it has no table of dynamic symbols */
  constructor(memory: ProcessMemory, base: Address) {
    this.#memory = memory;
    const { bias, dynamic } = readSegments(memory, base);
    this.#bias = bias;
    const table = readDynamic(memory, dynamic);
    const address = (tag: number): Address => {
      const value = table.get(tag);
      if (value === undefined) throw new MemoryDoubt('no dynamic symbols');
      // The dynamic linker replaces offsets by addresses once it has loaded the image.
      return value >= bias ? value : value + bias;
    };
    this.#symbols = address(DT_SYMTAB);
    this.#strings = address(DT_STRTAB);
    this.#hash = address(DT_GNU_HASH);
  }

  /** Finds a symbol that the image defines; null where it does not. */
  symbol(name: string): ElfSymbol | null {
    const header = readBlock(this.#memory, this.#hash, 16);
    const [buckets, firstHashed, bloomWords] = [header.u32(0), header.u32(4), header.u32(8)];
    if (buckets === 0) return null;
    const hash = gnuHash(name);
    const bucketsAt = this.#hash + 16 + bloomWords * 8;
    const chainsAt = bucketsAt + buckets * 4;
    const first = readBlock(this.#memory, bucketsAt + (hash % buckets) * 4, 4).u32(0);
    if (first < firstHashed) return null;
    for (let index = first; index < first + MAX_CHAIN; index += 1) {
      const chained = readBlock(this.#memory, chainsAt + (index - firstHashed) * 4, 4).u32(0);
      // The lowest bit marks the chain's end.
      if ((chained | 1) === (hash | 1)) {
        const found = this.#symbolAt(index, name);
        if (found !== null) return found;
      }
      if ((chained & 1) === 1) return null;
    }
    return null;
  }

  #symbolAt(index: number, name: string): ElfSymbol | null {
    const entry = readBlock(this.#memory, this.#symbols + index * SYMBOL_BYTES, SYMBOL_BYTES);
    const [section, value, size] = [entry.u16(6), entry.u64(8), entry.u64(16)];
    if (section === SHN_UNDEF) return null;
    const found = readCString(this.#memory, this.#strings + entry.u32(0), MAX_SYMBOL_NAME);
    return found === name ? { address: this.#bias + value, size } : null;
  }
}

/** How many bits the program at an address has; null where there is none. */
export function elfBits(memory: ProcessMemory, base: Address): 32 | 64 | null {
  const magic = new Uint8Array(5);
  if (memory.read(base, magic) < 5) return null;
  const [byte0, byte1, byte2, byte3, bits] = magic;
  if (byte0 !== 0x7f || byte1 !== 0x45 || byte2 !== 0x4c || byte3 !== 0x46) return null;
  return bits === 2 ? 64 : 32;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_NULL = 0;
const DT_STRTAB = 5;
const DT_SYMTAB = 6;
const DT_GNU_HASH = 0x6ffffef5;
const SHN_UNDEF = 0;

const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
const DYNAMIC_BYTES = 16;
const SYMBOL_BYTES = 24;

// No real image comes near these.
const MAX_SEGMENTS = 64;
const MAX_DYNAMIC = 256;
const MAX_CHAIN = 1024;
const MAX_SYMBOL_NAME = 255;

/** Returns what is added to the image's addresses where it lies, and where its dynamic section is. */
function readSegments(memory: ProcessMemory, base: Address): { bias: Address; dynamic: Address } {
  if (elfBits(memory, base) !== 64) throw new MemoryDoubt('no image of 64 bits');
  const header = readBlock(memory, base, HEADER_BYTES);
  const count = Math.min(header.u16(56), MAX_SEGMENTS);
  const segments = readBlock(memory, base + header.u64(32), count * SEGMENT_BYTES);
  let bias: Address | null = null;
  let dynamic: Address | null = null;
  for (let at = 0; at < segments.length; at += SEGMENT_BYTES) {
    const type = segments.u32(at);
    if (type === PT_LOAD) bias ??= base - (segments.u64(at + 16) - segments.u64(at + 8));
    if (type === PT_DYNAMIC) dynamic = segments.u64(at + 16);
  }
  if (bias === null || dynamic === null) throw new MemoryDoubt('not linked dynamically');
  return { bias, dynamic: bias + dynamic };
}

function readDynamic(memory: ProcessMemory, address: Address): Map<number, number> {
  const entries = new Map<number, number>();
  for (let index = 0; index < MAX_DYNAMIC; index += 1) {
    const entry = readBlock(memory, address + index * DYNAMIC_BYTES, DYNAMIC_BYTES);
    const tag = entry.u64(0);
    if (tag === DT_NULL) break;
    entries.set(tag, entry.u64(8));
  }
  return entries;
}

function gnuHash(name: string): number {
  let hash = 5381;
  for (let index = 0; index < name.length; index += 1) {
    hash = (Math.imul(hash, 33) + name.charCodeAt(index)) >>> 0;
  }
  return hash;
}
