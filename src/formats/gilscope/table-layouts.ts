import { tableFromIPC, type Column } from '@uwdata/flechette';
import { checkArrowFile } from './arrow-check.js';

/**
 * Arrow files and how they are laid out. All that a thousand tables say of themselves is mostly the same, to the
 * byte, and reading it takes ten times as long as reading their values: so it is read once and then compared.
 */

/** A column as a file has it, unchecked. */
export interface FileColumn {
  /** The library's number of its type. */
  readonly typeId: number;
  /** The words that its values are places of; null where they are no places, or of too many. */
  readonly words: readonly string[] | null;
  readonly batches: readonly ColumnBatch[];
}

/** Values of a column that follow one another. */
export interface ColumnBatch {
  readonly length: number;
  readonly nullCount: number;
  /** Views of the file's bytes; null where they are of a type that no table of ours has. */
  readonly values: TypedValues | null;
}

export type TypedValues =
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

/** The columns of a file. */
export interface FileColumns {
  /** Returns a column by its name; undefined where there is none. */
  get(name: string): FileColumn | undefined;
}

const KINDS = [Float64Array, Int32Array, Int8Array, Uint8Array, BigInt64Array] as const;
type TypedKind = (typeof KINDS)[number];

/** Most words of a column that a table of ours has places of. */
const WORDS_MAX = 127;

/** Layouts that are remembered, at most: some kilobytes each. */
const LAYOUTS_MAX = 1000;

/** Reads Arrow files. Those that differ in values alone are read far faster than the first of them. */
export class TableLayouts {
  /** By the bytes of the file. */
  readonly #known = new Map<number, Layout[]>();
  #count = 0;

  /**
   * Returns the columns of a file.
   *
   * @param bytes begin at a multiple of 8 bytes in their buffer
   * @throws the library's error where it is no Arrow file
   */
  read(bytes: Uint8Array<ArrayBuffer>): FileColumns {
    const known = this.#known.get(bytes.length)?.find((layout) => layout.fits(bytes));
    if (known !== undefined) return known.columnsOf(bytes);
    checkArrowFile(bytes);
    const columns = columnsIn(bytes);
    this.#remember(bytes.length, new Layout(columns, bytes));
    return columns;
  }

  #remember(bytes: number, layout: Layout): void {
    if (this.#count >= LAYOUTS_MAX) {
      this.#known.clear();
      this.#count = 0;
    }
    this.#known.set(bytes, [...(this.#known.get(bytes) ?? []), layout]);
    this.#count += 1;
  }
}

function columnsIn(bytes: Uint8Array<ArrayBuffer>): Map<string, FileColumn> {
  const { names, children } = tableFromIPC(bytes, { useBigInt: true });
  return new Map(children.map((column, index) => [String(names[index]), fileColumn(column)]));
}

function fileColumn({ type, data }: Column<unknown>): FileColumn {
  const words = (data[0] as { dictionary?: Column<unknown> } | undefined)?.dictionary;
  return {
    typeId: type.typeId,
    words: words === undefined || words.length > WORDS_MAX ? null : Array.from(words, String),
    batches: data.map(({ length, nullCount, values }) => ({
      length,
      nullCount,
      values: KINDS.some((Kind) => values instanceof Kind) ? (values as TypedValues) : null,
    })),
  };
}

/** Where the values of a batch lie in their file. */
interface PlacedValues {
  readonly Kind: TypedKind;
  readonly at: number;
  readonly count: number;
  readonly bytes: number;
}

interface PlacedColumn extends Omit<FileColumn, 'batches'> {
  readonly batches: readonly PlacedBatch[];
}

interface PlacedBatch extends Omit<ColumnBatch, 'values'> {
  readonly place: PlacedValues | null;
}

/** Where the values of a file's columns lie, and all its bytes besides. */
class Layout {
  readonly #columns: ReadonlyMap<string, PlacedColumn>;
  /** The bytes before, between and after values, and where they begin. */
  readonly #others: readonly Stretch[];

  constructor(columns: ReadonlyMap<string, FileColumn>, file: Uint8Array<ArrayBuffer>) {
    this.#columns = new Map(
      Array.from(columns, ([name, { batches, ...column }]) => [
        name,
        {
          ...column,
          batches: batches.map(({ values, ...batch }) => ({
            ...batch,
            place: placeOf(values, file),
          })),
        },
      ]),
    );
    const batches = Array.from(this.#columns.values(), (column) => column.batches).flat();
    this.#others = stretchesBeside(
      batches.flatMap(({ place }) => place ?? []),
      file,
    );
  }

  /** Whether a file of as many bytes differs in values alone. */
  fits(file: Uint8Array): boolean {
    return this.#others.every(({ at, bytes }) => {
      for (let index = 0; index < bytes.length; index += 1) {
        if (bytes[index] !== file[at + index]) return false;
      }
      return true;
    });
  }

  /** Returns the columns of a file that fits. */
  columnsOf(file: Uint8Array<ArrayBuffer>): FileColumns {
    return {
      get: (name) => {
        const column = this.#columns.get(name);
        return (
          column && {
            typeId: column.typeId,
            words: column.words,
            batches: column.batches.map(({ length, nullCount, place }) => ({
              length,
              nullCount,
              values: place && valuesAt(place, file),
            })),
          }
        );
      },
    };
  }
}

/** Bytes of a file that begin at a place. */
interface Stretch {
  readonly at: number;
  readonly bytes: Uint8Array;
}

function placeOf(
  values: TypedValues | null,
  { buffer, byteOffset }: Uint8Array<ArrayBuffer>,
): PlacedValues | null {
  const Kind = KINDS.find((kind) => values instanceof kind);
  if (values === null || Kind === undefined) return null;
  // Of no rows the library makes values of its own, which lie nowhere in the file.
  if (values.length === 0) return { Kind, at: 0, count: 0, bytes: 0 };
  if (values.buffer !== buffer) return null;
  const { length: count, byteLength: bytes } = values;
  return { Kind, at: values.byteOffset - byteOffset, count, bytes };
}

function valuesAt({ Kind, at, count }: PlacedValues, file: Uint8Array<ArrayBuffer>): TypedValues {
  return new Kind(file.buffer, file.byteOffset + at, count);
}

/** Copies the bytes of a file that lie in none of some places. */
function stretchesBeside(places: readonly PlacedValues[], file: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const place of [...places].sort((a, b) => a.at - b.at)) {
    if (place.at > at) stretches.push({ at, bytes: file.slice(at, place.at) });
    at = Math.max(at, place.at + place.bytes);
  }
  return [...stretches, { at, bytes: file.slice(at) }];
}
