import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { SourceRange } from './line-table.js';

/** Larger files are not read. */
const MAX_FILE_BYTES = 4 << 20;

/** How many files' lines are kept. */
const MAX_FILES = 64;

/** Longer texts are cut. */
const MAX_TEXT_LENGTH = 80;

/** How far the system's clock and a process's start, counted in ticks, may lie apart. */
const START_TOLERANCE_MS = 100;

/**
 * The source files of a process, as it sees them. A file that was changed after the process started is left
 * out: what runs may be another text.
 */
export class SourceFiles {
  readonly #pid: number;
  readonly #startedMs: number;
  readonly #lines = new Map<string, readonly Buffer[] | null>();

  /** @param startedMs when the process started, in ms of Date.now() */
  constructor(pid: number, startedMs: number) {
    this.#pid = pid;
    this.#startedMs = startedMs;
  }

  /** Returns the text of a range, its first line where it has more; null where it is not known. */
  readonly text = (file: string, { line, endLine, column, endColumn }: SourceRange) => {
    const bytes = this.#linesOf(file)?.[line - 1];
    if (bytes === undefined || column < 0) return null;
    const end = endLine > line ? bytes.length : endColumn;
    const whole = bytes.subarray(column, end).toString('utf8').trim();
    const text = endLine > line ? `${whole} …` : whole;
    if (text === '') return null;
    return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH - 1)}…`;
  };

  #linesOf(file: string): readonly Buffer[] | null {
    const known = this.#lines.get(file);
    if (known !== undefined) return known;
    const read = this.#read(file);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size >= MAX_FILES && oldest !== undefined) this.#lines.delete(oldest);
    this.#lines.set(file, read);
    return read;
  }

  #read(file: string): readonly Buffer[] | null {
    // `<string>`, `<frozen importlib._bootstrap>`, and what else is no file.
    if (file.startsWith('<') || file.includes('\0')) return null;
    const folder = `/proc/${this.#pid}/${isAbsolute(file) ? 'root' : 'cwd'}`;
    try {
      const path = join(folder, file);
      const stat = statSync(path);
      const isOlder = stat.mtimeMs <= this.#startedMs + START_TOLERANCE_MS;
      if (!stat.isFile() || stat.size > MAX_FILE_BYTES || !isOlder) return null;
      return linesOf(readFileSync(path));
    } catch {
      return null;
    }
  }
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end === -1 ? bytes.length : end));
    start = end === -1 ? bytes.length + 1 : end + 1;
  }
  return lines;
}
