import type { StreamMessage } from '../../ipc/index.js';
import type { RecordMessage } from '../../ipc/record-message.js';

/** The window shows what misleads no longer than until the first news after so long, in ms. */
const MISLEADING_MS = 1000;

/**
 * What the run that is on has recorded and only its picture has followed as yet: the rest of the
 * window follows seldom, as that takes far more processor time, which the lanes may need.
 */
export class QuietRecords {
  readonly #now: () => number;
  #isBehind = false;
  /** What began the repeat that is on, where the window is behind in that too. */
  #begun: RecordMessage | null = null;
  #caughtUpMs = -Infinity;
  /** No spans of the run have come yet. */
  #isFirst = true;
  /** The window has not followed anything of the run yet. */
  #isFresh = true;
  /** What the window shows is of hardly anything, or of a repeat that is over. */
  #isMisleading = false;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Another run has begun, whose first spans and first news the window is to follow. */
  begin(): void {
    this.release();
    this.#caughtUpMs = -Infinity;
    this.#isFirst = true;
    this.#isFresh = true;
  }

  /** Whether the picture alone is to follow a message of the run that is on. */
  takes({ type }: RecordMessage): boolean {
    if (type !== 'spans' || !this.#isFirst) return true;
    this.#isFirst = false;
    return false;
  }

  /** Takes in that the picture alone has followed a message. */
  hold(message: RecordMessage): void {
    this.#isBehind = true;
    if (message.type !== 'timeline') return;
    this.#begun = message;
    this.#isMisleading = true;
  }

  /** Whether the window is to catch up before it takes in a message: progress by itself can wait. */
  isDueBefore(message: StreamMessage): boolean {
    if (!this.#isBehind) return false;
    if (message.type !== 'progress') return true;
    const { wholeMs } = message.pace;
    const afterMs = this.#isMisleading ? Math.min(wholeMs, MISLEADING_MS) : wholeMs;
    return this.#now() >= this.#caughtUpMs + afterMs;
  }

  /** The window catches up; gives what began the repeat that is on, where it does not know that yet. */
  release(): RecordMessage | null {
    const begun = this.#begun;
    if (this.#isBehind) {
      this.#caughtUpMs = this.#now();
      this.#isMisleading = this.#isFresh;
      this.#isFresh = false;
    }
    this.#isBehind = false;
    this.#begun = null;
    return begun;
  }
}
