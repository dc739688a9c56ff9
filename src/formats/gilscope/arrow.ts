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
  tableToIPC,
  utf8,
  type Batch,
  type DataType,
  type TypedArray,
} from '@uwdata/flechette';

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
  // A list without words would be written without a batch, and not be read again.
  const listed = words.length === 0 ? [''] : [...words];
  (batch as WordBatch).setDictionary(columnFromArray(listed, text));
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
