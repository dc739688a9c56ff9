import {
  batchType,
  bool,
  Column,
  columnFromArray,
  dictionary,
  float64,
  int32,
  int64,
  int8,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  Type,
  utf8,
  type Batch,
  type DataType,
  type Table,
  type TypedArray,
} from '@uwdata/flechette';
import { ContentError } from '../../base/content-error.js';

/**
 * Columns of Arrow IPC files (https://arrow.apache.org/docs/format/Columnar.html) as typed arrays.
 * Numbers that are whole travel as int64, so that every reader has them exactly.
 */

/** Whole numbers from 0 to 2^53 - 1, as the column of them has them in memory. */
export class WholeNumbers {
  readonly #words: BigInt64Array;
  readonly #halves: Int32Array;

  constructor(length: number) {
    this.#words = new BigInt64Array(length);
    this.#halves = new Int32Array(this.#words.buffer);
  }

  set(index: number, value: number): void {
    this.#halves[2 * index] = value | 0;
    this.#halves[2 * index + 1] = Math.floor(value / 2 ** 32);
  }

  column(): Column<unknown> {
    return columnOf(int64(), this.#words);
  }
}

/** A column of whole numbers from 0 to 2^53 - 1. */
export function wholeColumn(values: Float64Array): Column<unknown> {
  const numbers = new WholeNumbers(values.length);
  for (const [index, value] of values.entries()) numbers.set(index, value);
  return numbers.column();
}

/** A column of numbers of 64 bits. */
export function numberColumn(values: Float64Array): Column<unknown> {
  return columnOf(float64(), values);
}

/** A column of whole numbers of 32 bits. */
export function integerColumn(values: Int32Array): Column<unknown> {
  return columnOf(int32(), values);
}

/** A column of flags, each true where it is not 0: a bit each, the first in the lowest place. */
export function flagColumn(values: Uint8Array): Column<unknown> {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) {
    if (value !== 0) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return columnOf(bool(), bits, values.length);
}

/** A column of texts by their places in a list, in which no text is twice. */
export function wordColumn(
  words: readonly string[],
  places: Int8Array | Int32Array,
): Column<unknown> {
  // The library distinguishes dictionaries by the type of their words.
  const text = utf8();
  const index = places instanceof Int8Array ? int8() : int32();
  const column = columnOf(dictionary(text, index), places);
  const [batch] = column.data;
  if (batch === undefined || !('setDictionary' in batch)) {
    throw new TypeError('a dictionary type has a dictionary batch');
  }
  (batch as WordBatch).setDictionary(columnFromArray([...words], text));
  return column;
}

interface WordBatch {
  setDictionary(words: Column<unknown>): void;
}

/** A column of one batch, also where it is empty: all columns of a table have the same batches. */
function columnOf(type: DataType, values: TypedArray, length = values.length): Column<unknown> {
  // The library exports the class without its type.
  const OwnBatch = batchType(type) as new (options: object) => Batch<unknown>;
  const batch = new OwnBatch({ length, nullCount: 0, type, validity: new Uint8Array(), values });
  return new Column([batch], type);
}

/** Makes an Arrow IPC file, in pieces one after another: most are the memory of its columns, not copied. */
export function tableFile(columns: Readonly<Record<string, Column<unknown>>>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const options = {
    format: 'file' as const,
    sink: {
      write: (bytes: Uint8Array) => void pieces.push(bytes),
      pad: (length: number) => void pieces.push(new Uint8Array(length)),
      finish: () => null,
    },
  };
  tableToIPC(tableFromColumns({ ...columns }), options);
  return pieces;
}

/**
 * Reads a table of so many rows.
 *
 * @throws ContentError where it is none, or has other rows
 */
export function readTable(name: string, bytes: Uint8Array, rows: number): ReadTable {
  let table: Table;
  try {
    table = tableFromIPC(bytes, { useBigInt: true });
  } catch (error) {
    throw new ContentError(`${name} is no Arrow file`, { cause: error });
  }
  return new ReadTable(name, table, rows);
}

/** A table of a file that nobody vouches for: each column is checked when it is read. */
export class ReadTable {
  readonly #name: string;
  readonly #table: Table;
  readonly #rows: number;

  constructor(name: string, table: Table, rows: number) {
    this.#name = name;
    this.#table = table;
    this.#rows = rows;
  }

  /** Whole numbers from 0 to below a limit. */
  whole(column: string, below = 2 ** 53): Float64Array<ArrayBuffer> {
    const words = this.#values(column, Type.Int, BigInt64Array);
    const halves = new Uint32Array(words.buffer, words.byteOffset, 2 * words.length);
    const values = new Float64Array(words.length);
    for (let index = 0; index < values.length; index += 1) {
      const value = (halves[2 * index + 1] ?? 0) * 2 ** 32 + (halves[2 * index] ?? 0);
      if (!(value < below)) this.#refuse(column, `${value} in row ${index + 1}`);
      values[index] = value;
    }
    return values;
  }

  /** Numbers of 64 bits. */
  numbers(column: string): Float64Array<ArrayBuffer> {
    return this.#values(column, Type.Float, Float64Array);
  }

  /** Whole numbers of 32 bits; where there is a limit, from 0 or another least one to below it. */
  integers(column: string, below?: number, least = 0): Int32Array<ArrayBuffer> {
    const values = this.#values(column, Type.Int, Int32Array);
    if (below === undefined) return values;
    const row = values.findIndex((value) => value < least || value >= below);
    if (row >= 0) this.#refuse(column, `${values[row] ?? ''} in row ${row + 1}`);
    return values;
  }

  /** Flags, as 0 or 1. The first files have them as whole numbers of 8 bits. */
  flags(column: string): Uint8Array<ArrayBuffer> {
    if (this.#column(column).type.typeId === Type.Bool) return this.#bits(column);
    const values = this.#values(column, Type.Int, Uint8Array);
    if (values.some((value) => value > 1)) this.#refuse(column, 'a flag that is not 0 or 1');
    return values;
  }

  /** The place of each text in a list, in which it must be. */
  words(column: string, list: readonly string[]): Int8Array<ArrayBuffer> {
    const places = this.#values(column, Type.Dictionary, Int8Array);
    const words = this.#wordsOf(column);
    const known = words.map((word) => list.indexOf(word));
    for (let index = 0; index < places.length; index += 1) {
      const place = known[places[index] ?? -1] ?? -1;
      if (place < 0) this.#refuse(column, `an unknown word in row ${index + 1}`);
      places[index] = place;
    }
    return places;
  }

  #wordsOf(column: string): string[] {
    const [batch] = this.#column(column).data;
    const words = (batch as { dictionary?: Column<unknown> } | undefined)?.dictionary;
    if (words === undefined || words.length > 127) this.#refuse(column, 'no list of words');
    return Array.from(words, String);
  }

  #column(name: string): Column<unknown> {
    const column = this.#table.getChild(name) as Column<unknown> | null | undefined;
    if (column == null) this.#refuse(name, 'nothing: the column is missing');
    return column;
  }

  /** The bits of a column, none missing. */
  #bits(name: string): Uint8Array<ArrayBuffer> {
    const flags = new Uint8Array(this.#rows);
    let at = 0;
    for (const { length, nullCount, values } of this.#column(name).data) {
      if (!(values instanceof Uint8Array) || nullCount !== 0) {
        this.#refuse(name, 'values of another type');
      }
      if (length > 8 * values.length || at + length > this.#rows) {
        this.#refuse(name, 'too many rows');
      }
      for (let index = 0; index < length; index += 1) {
        flags[at + index] = ((values[index >> 3] ?? 0) >> (index & 7)) & 1;
      }
      at += length;
    }
    if (at !== this.#rows) this.#refuse(name, `${at} rows in place of ${this.#rows}`);
    return flags;
  }

  /** A copy of a column's values, which are of one type, none missing. */
  #values<Values extends TypedValues>(
    name: string,
    typeId: number,
    Kind: new (length: number) => Values,
  ): Values {
    const column = this.#column(name);
    if (column.type.typeId !== typeId) this.#refuse(name, 'values of another type');
    const values = new Kind(this.#rows);
    let at = 0;
    for (const { length, nullCount, values: own } of column.data) {
      if (!(own instanceof Kind) || nullCount !== 0) this.#refuse(name, 'values of another type');
      if (length > own.length || at + length > this.#rows) this.#refuse(name, 'too many rows');
      values.set(own.subarray(0, length) as never, at);
      at += length;
    }
    if (at !== this.#rows) this.#refuse(name, `${at} rows in place of ${this.#rows}`);
    return values;
  }

  #refuse(column: string, what: string): never {
    throw new ContentError(`${this.#name} has ${what}, in column ${column}`);
  }
}

type TypedValues =
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;
