import type { LineTable } from './line-table.js';
import { type Address, type Block, MAX_READ_BYTES } from './memory.js';
import type { ObjectReader } from './objects.js';

/** What a code object is called and where it was written. */
export interface CodeInfo {
  /** With the names of what it stands in from 3.11 on: `Reader.read`. */
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
}

/** A code object as it was read: the same object for as long as it is kept. */
export interface Code extends CodeInfo {
  readonly address: Address;
  readonly lines: LineTable;
}

/** The pointers and numbers by which a code object is known again. */
interface Mark {
  readonly name: Address;
  readonly file: Address;
  readonly lines: Address;
  readonly firstLine: number;
}

/** What is kept at most, in bytes: programs that compile code all the time must not grow us. */
const MAX_KEPT_BYTES = 32 << 20;

/** What a code object takes beside its table of lines, about. */
const CODE_BYTES = 1000;

/** A line beyond is none. */
const MAX_LINE = 1e8;

/** The code objects of one process, each decoded once. */
export class CodeObjects {
  readonly #objects: ObjectReader;
  readonly #known = new Map<Address, { readonly mark: Mark; readonly code: Code }>();
  #keptBytes = 0;

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /**
   * Returns the code object at an address. Addresses are used again: what is known is checked in one read.
   *
   * @throws MemoryDoubt where it is none
   */
  at(address: Address): Code {
    const { name, file, lines, firstLine } = this.#objects.layout.code;
    const length = Math.max(name, file, lines, firstLine) + 8;
    const block = this.#objects.read(address, 'code', length);
    const mark = this.#markOf(block);
    const known = this.#known.get(address);
    if (known !== undefined && isSame(known.mark, mark)) return known.code;
    const code = this.#read(address, mark);
    this.#keep(address, { mark, code });
    return code;
  }

  #markOf(block: Block): Mark {
    const { name, file, lines, firstLine } = this.#objects.layout.code;
    return {
      name: block.pointer(name),
      file: block.pointer(file),
      lines: block.pointer(lines),
      firstLine: Math.min(block.u32(firstLine), MAX_LINE),
    };
  }

  #read(address: Address, { name, file, lines, firstLine }: Mark): Code {
    return {
      address,
      function: this.#objects.text(name),
      file: this.#objects.text(file),
      firstLine,
      lines: {
        format: this.#objects.layout.lineFormat,
        bytes: this.#objects.bytes(lines, MAX_READ_BYTES),
        firstLine,
      },
    };
  }

  /** Keeps a code object; those that were kept first make room. */
  #keep(address: Address, entry: { readonly mark: Mark; readonly code: Code }): void {
    this.#drop(address);
    this.#known.set(address, entry);
    this.#keptBytes += bytesOf(entry.code);
    for (const oldest of this.#known.keys()) {
      if (this.#keptBytes <= MAX_KEPT_BYTES) break;
      this.#drop(oldest);
    }
  }

  #drop(address: Address): void {
    const entry = this.#known.get(address);
    if (entry === undefined) return;
    this.#keptBytes -= bytesOf(entry.code);
    this.#known.delete(address);
  }
}

function bytesOf({ lines }: Code): number {
  return CODE_BYTES + lines.bytes.length;
}

function isSame(one: Mark, other: Mark): boolean {
  return (
    one.name === other.name &&
    one.file === other.file &&
    one.lines === other.lines &&
    one.firstLine === other.firstLine
  );
}
