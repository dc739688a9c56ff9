/** Python's objects as they lie in another process: strings, bytes and integers, each with its type checked. */
import type { Layout } from './layout.js';
import {
  type Address,
  type Block,
  MemoryDoubt,
  type ProcessMemory,
  readBlock,
  readCString,
} from './memory.js';

/** The types that are asked for, by the names that CPython has for them. */
export type TypeName = 'code' | 'str' | 'bytes' | 'dict' | 'int' | 'module';

const TYPE_NAMES: ReadonlySet<string> = new Set<TypeName>([
  'code',
  'str',
  'bytes',
  'dict',
  'int',
  'module',
]);

const MAX_TYPE_NAME = 64;

/** Each is there once, unless the process lies. */
const MAX_TYPES = 16;

/** Of which a name or a path is longer no name is made. */
export const MAX_TEXT_LENGTH = 4096;

/** Reads objects of one process. All methods throw MemoryDoubt where what is there is something else. */
export class ObjectReader {
  readonly memory: ProcessMemory;
  readonly layout: Layout;
  /** The built-in types that were met; they lie where they are for as long as the process lives. */
  readonly #types = new Map<Address, string>();

  constructor(memory: ProcessMemory, layout: Layout) {
    this.memory = memory;
    this.layout = layout;
  }

  /** Reads the first bytes of an object of a type. */
  read(address: Address, type: TypeName, length: number): Block {
    const block = readBlock(this.memory, address, length);
    this.check(block, type);
    return block;
  }

  /** Checks that what was read of an object is of a type. */
  check(block: Block, type: TypeName): void {
    if (this.#nameOf(block.pointer(this.layout.object.type)) !== type) {
      throw new MemoryDoubt('another type');
    }
  }

  /** Reads a string of so many characters at most. */
  text(address: Address, maxLength = MAX_TEXT_LENGTH): string {
    const { length, state, kindBit, ascii, compact } = this.layout.text;
    const header = this.read(address, 'str', Math.max(length, state) + 8);
    const bits = header.u32(state) >>> kindBit;
    const [width, isCompact, isAscii] = [bits & 7, (bits & 8) !== 0, (bits & 16) !== 0];
    const characters = header.u64(length);
    const isWidth = width === 1 || width === 2 || width === 4;
    if (!isCompact || !isWidth || characters > maxLength) throw new MemoryDoubt('no text');
    const data = readBlock(this.memory, address + (isAscii ? ascii : compact), characters * width);
    return decoded(data.bytes, width);
  }

  /** Reads the contents of a bytes object of so many bytes at most. */
  bytes(address: Address, maxLength: number): Uint8Array {
    const { size, data } = this.layout.bytes;
    const length = this.read(address, 'bytes', size + 8).u64(size);
    if (length > maxLength) throw new MemoryDoubt('too many bytes');
    return readBlock(this.memory, address + data, length).bytes;
  }

  /** Reads an integer from 0 to 2^60. */
  integer(address: Address): number {
    const { tag, tagBits, digits } = this.layout.integer;
    const block = this.read(address, 'int', digits + 8);
    const count = Math.floor(block.u64(tag) / 2 ** tagBits);
    if (count > 2) throw new MemoryDoubt('too large');
    const [low, high] = [block.u32(digits), count === 2 ? block.u32(digits + 4) : 0];
    return count === 0 ? 0 : low + high * 2 ** DIGIT_BITS;
  }

  #nameOf(type: Address): string {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const nameAt = readBlock(this.memory, type + this.layout.type.name, 8).pointer(0);
    const name = readCString(this.memory, nameAt, MAX_TYPE_NAME);
    if (this.#types.size < MAX_TYPES && TYPE_NAMES.has(name)) this.#types.set(type, name);
    return name;
  }
}

/** Integers are made of digits of so many bits (Include/cpython/longintrepr.h). */
const DIGIT_BITS = 30;

function decoded(bytes: Uint8Array, width: 1 | 2 | 4): string {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (width === 1) return data.toString('latin1');
  if (width === 2) return data.toString('utf16le');
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const point = data.readUInt32LE(at);
    if (point > 0x10ffff) throw new MemoryDoubt('no character');
    text += String.fromCodePoint(point);
  }
  return text;
}
