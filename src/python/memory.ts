/** An address in another process. User space ends far below 2^53, so that a double holds each exactly. */
export type Address = number;

/** The end of what can be an address of user space on x86-64 and arm64, also with five-level paging. */
const ADDRESS_END: Address = 2 ** 56;

/** The first page is never mapped. */
const ADDRESS_START: Address = 4096;

/** The most bytes that one read takes: larger objects are not what they should be. */
export const MAX_READ_BYTES = 1 << 20;

/** Reads the memory of one process; injected, so that tests bring a memory of their own. */
export interface ProcessMemory {
  /**
   * Fills the target from an address on. Returns the number of bytes read: fewer where a mapping
   * ends, 0 where nothing is mapped and once the process has ended.
   */
  read(this: void, address: Address, target: Uint8Array): number;
}

/**
 * What was read cannot be what it should be: the process changed it meanwhile, has ended, or lies.
 * No caller of this room sees it; what it was needed for is left out.
 */
export class MemoryDoubt extends Error {
  override readonly name = 'MemoryDoubt';
}

/** Returns what a reading yields, or the other value where the memory is in doubt. */
export function unlessDoubtful<Value, Other>(reading: () => Value, other: Other): Value | Other {
  try {
    return reading();
  } catch (error) {
    if (error instanceof MemoryDoubt) return other;
    throw error;
  }
}

/** Whether a word may be an address. */
export function isAddress(word: number): boolean {
  return word >= ADDRESS_START && word < ADDRESS_END;
}

/** Bytes of another process, read at once, with its little-endian numbers. */
export class Block {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(offset: number): number {
    this.#check(offset, 1);
    return this.#view.getUint8(offset);
  }

  u16(offset: number): number {
    this.#check(offset, 2);
    return this.#view.getUint16(offset, true);
  }

  u32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getUint32(offset, true);
  }

  i32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getInt32(offset, true);
  }

  /** A word of 64 bits; above 2^53 not exact, which no address, size or count is. */
  u64(offset: number): number {
    this.#check(offset, 8);
    return this.#view.getUint32(offset, true) + this.#view.getUint32(offset + 4, true) * 2 ** 32;
  }

  /**
   * An address that must be there.
   *
   * @throws MemoryDoubt where it is null or none
   */
  pointer(offset: number): Address {
    const word = this.u64(offset);
    if (!isAddress(word)) throw new MemoryDoubt('not a pointer');
    return word;
  }

  /**
   * An address, or null.
   *
   * @throws MemoryDoubt where it is neither
   */
  link(offset: number): Address | null {
    return this.u64(offset) === 0 ? null : this.pointer(offset);
  }

  /** Offsets come from the other process too, as CPython says its own. */
  #check(offset: number, length: number): void {
    if (!(offset >= 0 && offset + length <= this.bytes.length)) throw new MemoryDoubt('beyond');
  }
}

/**
 * Reads so many bytes, all of them.
 *
 * @throws MemoryDoubt where they are not there or too many
 */
export function readBlock(memory: ProcessMemory, address: Address, length: number): Block {
  if (!(length >= 0 && length <= MAX_READ_BYTES)) throw new MemoryDoubt('too long');
  const bytes = new Uint8Array(length);
  if (!isAddress(address) || memory.read(address, bytes) !== length)
    throw new MemoryDoubt('unread');
  return new Block(bytes);
}

/**
 * Reads a pointer that must be there.
 *
 * @throws MemoryDoubt where it is not
 */
export function readPointer(memory: ProcessMemory, address: Address): Address {
  return readBlock(memory, address, 8).pointer(0);
}

/** Reads a pointer that may be null. */
export function readLink(memory: ProcessMemory, address: Address): Address | null {
  return readBlock(memory, address, 8).link(0);
}

/**
 * Reads a C string of printable ASCII.
 *
 * @throws MemoryDoubt where it is longer than the limit, or something else
 */
export function readCString(memory: ProcessMemory, address: Address, maxLength: number): string {
  const bytes = new Uint8Array(maxLength + 1);
  const length = isAddress(address) ? memory.read(address, bytes) : 0;
  const end = bytes.subarray(0, length).indexOf(0);
  if (end === -1) throw new MemoryDoubt('no end');
  const text = Buffer.from(bytes.buffer, 0, end).toString('latin1');
  if (!/^[ -~]*$/.test(text)) throw new MemoryDoubt('no text');
  return text;
}
