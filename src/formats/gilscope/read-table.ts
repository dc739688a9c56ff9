import { Type } from '@uwdata/flechette';
import { ContentError } from '../../base/content-error.js';
import type { FileColumn, FileColumns, TableLayouts, TypedValues } from './table-layouts.js';

/** A table of a file that nobody vouches for: each column is checked when it is read. */
export class ReadTable {
  readonly #name: string;
  readonly #columns: FileColumns;
  readonly #rows: number;

  /**
   * @param rows that it must have
   * @param layouts read the file
   * @throws ContentError where it is no table
   */
  constructor(name: string, bytes: Uint8Array<ArrayBuffer>, rows: number, layouts: TableLayouts) {
    this.#name = name;
    this.#rows = rows;
    try {
      this.#columns = layouts.read(bytes);
    } catch (error) {
      throw new ContentError(`${name} is no Arrow file`, { cause: error });
    }
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
    if (this.#column(column).typeId === Type.Bool) return this.#bits(column);
    const values = this.#values(column, Type.Int, Uint8Array);
    if (values.some((value) => value > 1)) this.#refuse(column, 'a flag that is not 0 or 1');
    return values;
  }

  /** The place of each text in a list, in which it must be. */
  words(column: string, list: readonly string[]): Int8Array<ArrayBuffer> {
    const places = this.#values(column, Type.Dictionary, Int8Array);
    const { words } = this.#column(column);
    if (words === null) this.#refuse(column, 'no list of words');
    const known = words.map((word) => list.indexOf(word));
    return places.map((own, index) => {
      const place = known[own] ?? -1;
      if (place < 0) this.#refuse(column, `an unknown word in row ${index + 1}`);
      return place;
    });
  }

  #column(name: string): FileColumn {
    const column = this.#columns.get(name);
    if (column === undefined) this.#refuse(name, 'nothing: the column is missing');
    return column;
  }

  /** The bits of a column, none missing. */
  #bits(name: string): Uint8Array<ArrayBuffer> {
    const batches = this.#batches(name, this.#column(name), Uint8Array, 8);
    const flags = new Uint8Array(this.#rows);
    let at = 0;
    for (const { length, values } of batches) {
      for (let index = 0; index < length; index += 1) {
        flags[at + index] = ((values[index >> 3] ?? 0) >> (index & 7)) & 1;
      }
      at += length;
    }
    return flags;
  }

  /** A column's values, which are of one type, none missing; where they lie together, those of the file itself. */
  #values<Values extends TypedValues>(
    name: string,
    typeId: number,
    Kind: new (length: number) => Values,
  ): Values {
    const column = this.#column(name);
    if (column.typeId !== typeId) this.#refuse(name, 'values of another type');
    const batches = this.#batches(name, column, Kind, 1);
    const [first] = batches;
    if (first !== undefined && batches.length === 1) {
      return first.values.subarray(0, first.length) as Values;
    }
    const values = new Kind(this.#rows);
    let at = 0;
    for (const { length, values: own } of batches) {
      values.set(own.subarray(0, length) as never, at);
      at += length;
    }
    return values;
  }

  /** The batches of a column, which have as many values as the table rows; nothing is made for them before that is known. */
  #batches<Values extends TypedValues>(
    name: string,
    { batches }: FileColumn,
    Kind: new (length: number) => Values,
    valuesAnElement: number,
  ): { readonly length: number; readonly values: Values }[] {
    const own = batches.map(({ length, nullCount, values }) => {
      if (!(values instanceof Kind) || nullCount !== 0)
        this.#refuse(name, 'values of another type');
      if (!(length >= 0 && length <= values.length * valuesAnElement)) {
        this.#refuse(name, 'too many rows');
      }
      return { length, values };
    });
    const rows = own.reduce((sum, { length }) => sum + length, 0);
    if (rows !== this.#rows) this.#refuse(name, `${rows} rows in place of ${this.#rows}`);
    return own;
  }

  #refuse(column: string, what: string): never {
    throw new ContentError(`${this.#name} has ${what}, in column ${column}`);
  }
}
