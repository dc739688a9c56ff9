import { closeSync, openSync, readSync } from 'node:fs';

/** What a thread was doing when it was looked at. */
export type Activity = 'running' | 'in-call' | 'gone';

/** Bytes of these files, at most: some ten numbers. */
const FILE_BYTES = 512;

/** The characters that matter, in ASCII. */
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_A = 0x61;
const LOWER_F = 0x66;
const LOWER_R = 0x72;
const LOWER_X = 0x78;
const MINUS = 0x2d;
const SPACE = 0x20;

/**
 * Looks at one thread by its files in /proc (proc(5)): the system call it is in, with the first arguments,
 * and the scheduler's count of its time without a core. The files stay open, so that a look is one read.
 */
export class ThreadProbe {
  /** As of the last look: the number of the system call, -1 where it is blocked outside of one. */
  call = -1;
  /** Its first two arguments. */
  first = 0;
  second = 0;
  readonly #call: number;
  readonly #scheduling: number;

  /** @throws the system's error where the thread has ended or may not be looked at */
  constructor(pid: number, tid: number) {
    this.#call = openSync(`/proc/${pid}/task/${tid}/syscall`, 'r');
    try {
      this.#scheduling = openSync(`/proc/${pid}/task/${tid}/schedstat`, 'r');
    } catch (error) {
      closeSync(this.#call);
      throw error;
    }
  }

  /** Looks at what the thread does. */
  look(): Activity {
    const length = readAt(this.#call);
    if (length === 0) return 'gone';
    if (BYTES[0] === LOWER_R) return 'running';
    const numbers = new NumberReader(length);
    this.call = numbers.next();
    this.first = numbers.next();
    this.second = numbers.next();
    return 'in-call';
  }

  /** Reads how long it was ready without a core, in ns since it began; not a number where it has ended. */
  queuedNs(): number {
    const length = readAt(this.#scheduling);
    if (length === 0) return NaN;
    const numbers = new NumberReader(length);
    numbers.next();
    return numbers.next();
  }

  close(): void {
    closeSync(this.#call);
    closeSync(this.#scheduling);
  }
}

/** What was read last; all probes of a thread of ours take turns with it. */
const BYTES = Buffer.alloc(FILE_BYTES);

/** Reads a file anew from its start; 0 where its thread has ended. */
function readAt(descriptor: number): number {
  try {
    return readSync(descriptor, BYTES, 0, FILE_BYTES, 0);
  } catch {
    return 0;
  }
}

/** Reads numbers one after another, decimal or with 0x before them, and makes no text of them. */
class NumberReader {
  readonly #length: number;
  #at = 0;

  constructor(length: number) {
    this.#length = length;
  }

  next(): number {
    while (this.#at < this.#length && BYTES[this.#at] === SPACE) this.#at += 1;
    const isNegative = BYTES[this.#at] === MINUS;
    if (isNegative) this.#at += 1;
    let base = 10;
    let value = 0;
    for (; this.#at < this.#length; this.#at += 1) {
      const byte = BYTES[this.#at] ?? 0;
      if (byte === LOWER_X) base = 16;
      else {
        const digit = digitOf(byte);
        if (Number.isNaN(digit)) break;
        value = value * base + digit;
      }
    }
    return isNegative ? -value : value;
  }
}

function digitOf(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  if (byte >= LOWER_A && byte <= LOWER_F) return byte - LOWER_A + 10;
  return NaN;
}
