import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { SourceRange } from './line-table.js';

/** Larger files are not read. */
const MAX_FILE_BYTES = 2 << 20;

/** How many files are kept. */
const MAX_FILES = 64;

/** Longer texts are cut. */
const MAX_TEXT_LENGTH = 80;

/** How far the system's clock and a process's start, counted in ticks, may lie apart. */
const START_TOLERANCE_MS = 100;

/** A file and where its lines begin. */
interface SourceFile {
  readonly bytes: Buffer;
  readonly lineStarts: Uint32Array;
}

/**
 * The source files of a process, as it sees them. A file that was changed after the process started is left
 * out: what runs may be another text.
 */
export class SourceFiles {
  readonly #pid: number;
  readonly #startedMs: number;
  readonly #files = new Map<string, SourceFile | null>();

  /** @param startedMs when the process started, in ms of Date.now() */
  constructor(pid: number, startedMs: number) {
    this.#pid = pid;
    this.#startedMs = startedMs;
  }

  /** Returns the text of a range, its first line where it has more; null where it is not known. */
  readonly text = (file: string, { line, endLine, column, endColumn }: SourceRange) => {
    const found = this.#fileOf(file);
    const start = found?.lineStarts[line - 1];
    if (found === null || start === undefined || column < 0) return null;
    const lineEnd = found.lineStarts[line] ?? found.bytes.length;
    const end = endLine > line ? lineEnd : Math.min(start + endColumn, lineEnd);
    const whole = found.bytes.toString('utf8', start + column, end).trim();
    const text = endLine > line ? `${whole} …` : whole;
    if (text === '') return null;
    return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH - 1)}…`;
  };

  #fileOf(file: string): SourceFile | null {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const read = this.#read(file);
    const [oldest] = this.#files.keys();
    if (this.#files.size >= MAX_FILES && oldest !== undefined) this.#files.delete(oldest);
    this.#files.set(file, read);
    return read;
  }

  #read(file: string): SourceFile | null {
    // `<string>`, `<frozen importlib._bootstrap>`, and what else is no file.
    if (file.startsWith('<') || file.includes('\0')) return null;
    const folder = `/proc/${this.#pid}/${isAbsolute(file) ? 'root' : 'cwd'}`;
    try {
      const path = join(folder, resolve('/', file));
      const stat = statSync(path);
      // The kernel's own files say a size of 0, and reading some waits for ever.
      if (!stat.isFile() || stat.size === 0 || stat.size > MAX_FILE_BYTES) return null;
      if (stat.mtimeMs > this.#startedMs + START_TOLERANCE_MS) return null;
      const bytes = readFileSync(path);
      return { bytes, lineStarts: lineStartsOf(bytes) };
    } catch {
      return null;
    }
  }
}

function lineStartsOf(bytes: Buffer): Uint32Array {
  const starts = [0];
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
