import type { Code, CodeInfo, CodeObjects } from './code-objects.js';
import type { Layout } from './layout.js';
import { type SourceRange, sourceRangeAt } from './line-table.js';
import {
  type Address,
  type Block,
  MemoryDoubt,
  type ProcessMemory,
  readBlock,
  readLink,
  unlessDoubtful,
} from './memory.js';

/** What a thread executes: the same object for the same instruction as long as it is kept. */
export interface Place {
  readonly code: CodeInfo;
  /** 0 where the instruction comes from no line. */
  readonly line: number;
  /** The text being executed, such as `zlib.crc32(data)`; null before 3.11 and where the source is not there. */
  readonly text: string | null;
}

/** Returns the text of a file in a range; null where it is not known. */
export type SourceTexts = (file: string, range: SourceRange) => string | null;

/** A frame of the stack as it was read. */
interface Frame {
  readonly code: Address;
  /** Its instruction: bytes from the code's first one, or where in memory from 3.11 on. */
  readonly instruction: number;
  /** Which copy of the code runs; 0 is the code's own. */
  readonly copy: number;
  readonly previous: Address | null;
  /** Whether C code made it to enter the interpreter: it runs nothing of its own. */
  readonly isEntry: boolean;
}

/** From which owner on a frame is one that C code entered by (`_frameowner`, from 3.12 on). */
const FIRST_ENTRY_OWNER = 3;

/** Entry frames never lie on each other. */
const MAX_ENTRY_FRAMES = 8;

/** Deeper stacks are not followed further. */
const MAX_DEPTH = 1000;

/** How often a thread is looked at that goes on to another frame meanwhile. */
const ATTEMPTS = 3;

/** Instructions of one code object whose places are kept. */
const MAX_PLACES = 10_000;

/** Reads what threads execute. A doubtful place is none. */
export class PlaceReader {
  readonly #memory: ProcessMemory;
  readonly #layout: Layout;
  readonly #codes: CodeObjects;
  readonly #texts: SourceTexts;
  readonly #places = new WeakMap<Code, Map<number, Place>>();
  readonly #frameBytes: number;

  constructor(memory: ProcessMemory, layout: Layout, codes: CodeObjects, texts: SourceTexts) {
    this.#memory = memory;
    this.#layout = layout;
    this.#codes = codes;
    this.#texts = texts;
    const { previous, code, instruction, owner, copy } = layout.frame;
    this.#frameBytes = Math.max(previous, code, instruction, owner ?? 0, copy ?? 0) + 8;
  }

  /** Reads what a thread executes now; null where it runs no Python, or is in doubt. */
  current(thread: Address): Place | null {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = unlessDoubtful(() => this.#currentOnce(thread), undefined);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Reads a thread's stack, innermost first; empty where it runs no Python, or is in doubt. */
  stack(thread: Address): Place[] {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = unlessDoubtful(() => this.wholeStack(thread), null);
      if (found !== null) return found;
    }
    return [];
  }

  /**
   * Reads a thread's stack down to its last frame.
   *
   * @throws MemoryDoubt where it changed meanwhile, or is none
   */
  wholeStack(thread: Address): Place[] {
    const places: Place[] = [];
    const top = this.#topFrame(thread);
    for (let at = top; at !== null && places.length < MAX_DEPTH;) {
      const frame = this.#firstOf(at);
      if (frame === null) break;
      places.push(this.#placeOf(frame));
      at = frame.previous;
    }
    if (this.#topFrame(thread) !== top) throw new MemoryDoubt('another stack');
    return places;
  }

  /** Reads a thread's place, and whether it was still there afterwards; undefined where it was not. */
  #currentOnce(thread: Address): Place | null | undefined {
    const top = this.#topFrame(thread);
    if (top === null) return null;
    const frame = this.#firstOf(top);
    const place = frame === null ? null : this.#placeOf(frame);
    return this.#topFrame(thread) === top ? place : undefined;
  }

  /** The frame on a thread's stack that was entered last; null where it runs no Python. */
  #topFrame(thread: Address): Address | null {
    const frame = readLink(this.#memory, thread + this.#layout.thread.frame);
    const { cframe } = this.#layout;
    return frame === null || cframe === null ? frame : readLink(this.#memory, frame + cframe);
  }

  /** The first frame from one on that runs Python; null where there is none. */
  #firstOf(top: Address): Frame | null {
    let at: Address | null = top;
    for (let count = 0; at !== null && count < MAX_ENTRY_FRAMES; count += 1) {
      const frame = this.#readFrame(at);
      if (!frame.isEntry) return frame;
      at = frame.previous;
    }
    return null;
  }

  #readFrame(address: Address): Frame {
    const { previous, code, instruction, owner, copy } = this.#layout.frame;
    const block = readBlock(this.#memory, address, this.#frameBytes);
    return {
      code: withoutTag(block.u64(code)),
      instruction: this.#instructionOf(block, instruction),
      copy: copy === null ? 0 : block.i32(copy),
      previous: block.link(previous),
      isEntry: owner !== null && block.u8(owner) >= FIRST_ENTRY_OWNER,
    };
  }

  #instructionOf(block: Block, offset: number): number {
    if (this.#layout.code.instructions !== null) return block.u64(offset);
    // `f_lasti` counts instructions from 3.10 on, bytes before.
    return block.i32(offset) * (this.#layout.lineFormat === 'lnotab' ? 1 : 2);
  }

  #placeOf(frame: Frame): Place {
    const code = this.#codes.at(frame.code);
    const offset = frame.instruction - this.#instructionsOf(frame);
    const places = this.#placesOf(code);
    const known = places.get(offset);
    if (known !== undefined) return known;
    const place = this.#placeAt(code, offset);
    if (places.size >= MAX_PLACES) places.clear();
    places.set(offset, place);
    return place;
  }

  #placesOf(code: Code): Map<number, Place> {
    const known = this.#places.get(code);
    if (known !== undefined) return known;
    const places = new Map<number, Place>();
    this.#places.set(code, places);
    return places;
  }

  /** Where the instructions that a frame runs begin; 0 before 3.11, whose frames count from there. */
  #instructionsOf({ code, copy }: Frame): Address {
    const { instructions, copies } = this.#layout.code;
    if (instructions === null) return 0;
    if (copies === null || copy === 0) return code + instructions;
    const list = readBlock(this.#memory, code + copies, 8).pointer(0);
    const count = readBlock(this.#memory, list, 8).u64(0);
    if (!(copy > 0 && copy < count)) throw new MemoryDoubt('no such copy');
    return readBlock(this.#memory, list + 8 + copy * 8, 8).pointer(0);
  }

  #placeAt(code: Code, offset: number): Place {
    if (offset < -2) throw new MemoryDoubt('before the code');
    // Before its first instruction a function is where it is defined.
    if (offset < 0) return { code, line: code.firstLine, text: null };
    const range = sourceRangeAt(code.lines, offset);
    const text = range.column < 0 ? null : this.#texts(code.file, range);
    return { code, line: range.line, text };
  }
}

/** From 3.14 on the lowest two bits of a pointer to a frame's code say who owns it. */
function withoutTag(word: number): Address {
  return word - (word % 4);
}
