/**
 * Checks what an Arrow file says of itself before the library reads it: that its lists are no longer than those
 * of a table of ours. The library believes a list's length, and makes as many elements.
 *
 * The file (https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format) ends with a footer, a FlatBuffer
 * (https://flatbuffers.dev/internals) that names the places of messages, each with a FlatBuffer of its own.
 */

/** Elements of any list, at most. */
const LENGTH_MAX = 10_000;

/** Fields inside fields, at most; our tables have none. */
const DEPTH_MAX = 4;

const MAGIC = 'ARROW1';
const UNION = 14;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;

/** @throws RangeError where a file is cut, or a list is too long; Error where it is no Arrow file */
export function checkArrowFile(bytes: Uint8Array): void {
  for (let index = 0; index < MAGIC.length; index += 1) {
    if (bytes[index] !== MAGIC.charCodeAt(index)) throw new Error('it is no Arrow file');
  }
  const file = new FlatBuffer(bytes);
  const end = bytes.length - MAGIC.length - 4;
  const footer = end - file.int32(end);
  checkSchema(file, file.slot(footer, 6));
  file.list(file.slot(footer, 12), 4);
  for (const list of [8, 10]) {
    for (const block of file.list(file.slot(footer, list), 24)) {
      checkMessage(file, Number(file.int64(block)));
    }
  }
}

function checkMessage(file: FlatBuffer, at: number): void {
  // Where a message begins with -1, its length follows; else that is its length.
  const root = file.int32(at) === -1 ? at + 8 : at + 4;
  const type = file.slot(root, 6);
  const header = file.slot(root, 8);
  if (type === undefined || header === undefined) return;
  if (file.byte(type) === RECORD_BATCH) checkBatch(file, header);
  else if (file.byte(type) === DICTIONARY_BATCH) checkWords(file, file.slot(header, 6));
  else checkSchema(file, header);
}

function checkBatch(file: FlatBuffer, at: number | undefined): void {
  if (at === undefined) return;
  file.list(file.slot(at, 6), 16);
  file.list(file.slot(at, 8), 16);
  file.list(file.slot(at, 12), 8);
}

/** Checks a batch of words, all of which the library makes at once: each takes four bytes at least. */
function checkWords(file: FlatBuffer, at: number | undefined): void {
  if (at === undefined) return;
  checkBatch(file, at);
  for (const node of file.list(file.slot(at, 6), 16)) {
    const length = file.int64(node);
    if (length < 0n || length > file.bytes / 4) throw new RangeError(`a list of ${length} words`);
  }
}

function checkSchema(file: FlatBuffer, at: number | undefined): void {
  if (at === undefined) return;
  for (const field of file.list(file.slot(at, 6), 4)) checkField(file, field, 0);
  file.list(file.slot(at, 8), 4);
}

function checkField(file: FlatBuffer, at: number, depth: number): void {
  const type = file.slot(at, 8);
  if (depth > DEPTH_MAX || (type !== undefined && file.byte(type) === UNION)) {
    throw new RangeError('a column of a type that no table of ours has');
  }
  for (const child of file.list(file.slot(at, 14), 4)) checkField(file, child, depth + 1);
  file.list(file.slot(at, 16), 4);
}

/** Reads FlatBuffers. Whatever lies beyond the bytes is a RangeError. */
class FlatBuffer {
  readonly #view: DataView;

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.#view = new DataView(buffer, byteOffset, length);
  }

  /** Bytes of the file. */
  get bytes(): number {
    return this.#view.byteLength;
  }

  byte(at: number): number {
    return this.#view.getUint8(at);
  }

  int32(at: number): number {
    return this.#view.getInt32(at, true);
  }

  int64(at: number): bigint {
    return this.#view.getBigInt64(at, true);
  }

  /** Returns where a slot's value lies of the table that is named at a place; undefined where it has none. */
  slot(at: number, slot: number): number | undefined {
    const table = at + this.int32(at);
    const slots = table - this.int32(table);
    if (slot >= this.#view.getInt16(slots, true)) return undefined;
    const offset = this.#view.getInt16(slots + slot, true);
    return offset === 0 ? undefined : table + offset;
  }

  /** Returns the places of a list's elements, each of so many bytes; none where there is no list. */
  list(at: number | undefined, bytes: number): number[] {
    if (at === undefined) return [];
    const first = at + this.int32(at);
    const length = this.int32(first);
    if (length < 0 || length > LENGTH_MAX || first + 4 + length * bytes > this.#view.byteLength) {
      throw new RangeError(`a list of ${length} elements`);
    }
    return Array.from({ length }, (_, index) => first + 4 + index * bytes);
  }
}
