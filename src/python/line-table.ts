import type { Layout } from './layout.js';
import { MemoryDoubt } from './memory.js';

/** Where in the source instructions come from. Lines count from 1, columns from 0 in bytes of UTF-8. */
export interface SourceRange {
  /** 0 where the instructions come from no line. */
  readonly line: number;
  readonly endLine: number;
  /** -1 where the columns are not known, as before 3.11. */
  readonly column: number;
  readonly endColumn: number;
}

/** A code object's table of lines, as it lies in memory. */
export interface LineTable {
  readonly format: Layout['lineFormat'];
  readonly bytes: Uint8Array;
  readonly firstLine: number;
}

/**
 * Finds the range of an instruction by its offset in bytes from the first one.
 *
 * @throws MemoryDoubt where the table breaks off, or the offset lies beyond the code
 */
export function sourceRangeAt(table: LineTable, offset: number): SourceRange {
  const stretches = new Stretches(table);
  const step = STEPS[table.format];
  do step(stretches);
  while (stretches.end <= offset);
  const { line, endLine, column, endColumn } = stretches;
  return { line, endLine, column, endColumn };
}

/** The stretches of instructions of one range, from the first on; it stands on one of them. */
class Stretches implements SourceRange {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Where the next stretch begins. */
  end = 0;
  line = 0;
  endLine = 0;
  column = -1;
  endColumn = -1;
  /** The last line of any stretch; tables say what it grows by. */
  lastLine: number;

  constructor({ bytes, firstLine }: LineTable) {
    this.#bytes = bytes;
    this.lastLine = firstLine;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new MemoryDoubt('the table breaks off');
    this.#at += 1;
    return byte;
  }

  signedByte(): number {
    return (this.byte() << 24) >> 24;
  }

  /** Six bits a byte, the lowest first; bit 6 says that more follow. */
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 64) {
      const byte = this.byte();
      value += (byte & 63) * scale;
      if ((byte & 64) === 0) return value;
    }
  }

  /** The lowest bit is the sign. */
  signedVarint(): number {
    const value = this.varint();
    return value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
  }

  setLine(line: number, endLine = line): void {
    this.line = line;
    this.endLine = endLine;
    this.column = -1;
    this.endColumn = -1;
  }

  setColumns(column: number, endColumn: number): void {
    this.column = column;
    this.endColumn = endColumn;
  }
}

/** Goes on to the next stretch, in each of the formats. */
const STEPS: Record<Layout['lineFormat'], (stretches: Stretches) => void> = {
  lnotab: stepLnotab,
  linetable: stepLinetable,
  locations: stepLocations,
};

/**
 * 3.8 and 3.9: pairs of a stretch's length and what the line grows by after it. The last line's stretch
 * goes on to the end of the code. Source: Objects/lnotab_notes.txt.
 */
function stepLnotab(stretches: Stretches): void {
  stretches.setLine(stretches.lastLine);
  if (stretches.isAtEnd) {
    stretches.end = Infinity;
  } else {
    stretches.end += stretches.byte();
    stretches.lastLine += stretches.signedByte();
  }
}

/**
 * 3.10: pairs of a stretch's length and what the line grows by before it, -128 where there is no line.
 * Source: PEP 626, Objects/codeobject.c (advance).
 */
function stepLinetable(stretches: Stretches): void {
  stretches.end += stretches.byte();
  const growth = stretches.signedByte();
  if (growth !== -128) stretches.lastLine += growth;
  stretches.setLine(growth === -128 ? 0 : stretches.lastLine);
}

const INSTRUCTION_BYTES = 2;

/**
 * From 3.11 on: a byte with the length and the kind of what follows.
 * Source: InternalDocs/code_objects.md, Include/internal/pycore_code.h (PY_CODE_LOCATION_INFO).
 */
function stepLocations(stretches: Stretches): void {
  const head = stretches.byte();
  stretches.end += ((head & 7) + 1) * INSTRUCTION_BYTES;
  const kind = (head >> 3) & 15;
  if (kind === 15) {
    stretches.setLine(0);
  } else if (kind === 14) {
    stretches.lastLine += stretches.signedVarint();
    stretches.setLine(stretches.lastLine, stretches.lastLine + stretches.varint());
    stretches.setColumns(stretches.varint() - 1, stretches.varint() - 1);
  } else if (kind === 13) {
    stretches.lastLine += stretches.signedVarint();
    stretches.setLine(stretches.lastLine);
  } else if (kind >= 10) {
    stretches.lastLine += kind - 10;
    stretches.setLine(stretches.lastLine);
    stretches.setColumns(stretches.byte(), stretches.byte());
  } else {
    const byte = stretches.byte();
    const column = kind * 8 + ((byte >> 4) & 7);
    stretches.setLine(stretches.lastLine);
    stretches.setColumns(column, column + (byte & 15));
  }
}
