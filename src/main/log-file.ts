import { appendFileSync, renameSync, statSync } from 'node:fs';
import { plainLine } from '../base/plain-text.js';
import type { StreamMessage } from '../ipc/index.js';

/** A log of more bytes begins again; the one before it stays beside it as `NAME.old`. */
export const LOG_BYTES_MOST = 2 ** 18;

/** Characters of a line, at most. */
const LINE_LENGTH = 500;

/** What messages quote, which may be what a user's file says. */
const QUOTED = /"[^"]*("|$)|“[^”]*(”|$)/g;

/** The log: a line for each start, failure and lost process, with the time, and nothing that users' files say. */
export class LogFile {
  readonly path: string;
  readonly #now: () => Date;

  /** @param now the time by the wall clock */
  constructor(path: string, now: () => Date) {
    this.path = path;
    this.#now = now;
  }

  /** Writes what has happened, at once, as the process may end next. Where that cannot be, it is not logged. */
  write(event: string): void {
    const line = plainLine(event.replaceAll(QUOTED, '“…”'), LINE_LENGTH);
    try {
      const bytes = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes >= LOG_BYTES_MOST) renameSync(this.path, `${this.path}.old`);
      appendFileSync(this.path, `${this.#now().toISOString()} ${line}\n`);
    } catch {
      // A log is never worth a failure.
    }
  }

  /** Writes a line of a message to the page, if it is of a failure. */
  writeFailureIn(message: StreamMessage): void {
    if ('failure' in message && message.failure !== null) {
      this.write(`failure (${message.type}): ${message.failure.message}`);
    }
  }
}
