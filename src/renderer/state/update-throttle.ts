import type { StreamMessage } from '../../ipc/index.js';
import type { RecordMessage } from '../../ipc/record-message.js';

/** A misleading display is updated with the first message after so long, in ms. */
const MISLEADING_MS = 1000;

/**
 * Limits how often the window follows a running recording. The canvas takes every batch of spans; the
 * rest of the window updates at most every so often, as that takes far more processor time, which the
 * lanes may need.
 */
export class UpdateThrottle {
  readonly #now: () => number;
  #isBehind = false;
  /** The message that began the running repeat, if the window has not seen it yet. */
  #begun: RecordMessage | null = null;
  #caughtUpMs = -Infinity;
  /** No spans of the run have arrived yet. */
  #isFirst = true;
  /** The window has shown nothing of the run yet. */
  #isFresh = true;
  /** The window shows hardly any spans, or a repeat that has ended. */
  #isMisleading = false;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins another run: the window takes its first spans and its first progress at once. */
  begin(): void {
    this.release();
    this.#caughtUpMs = -Infinity;
    this.#isFirst = true;
    this.#isFresh = true;
  }

  /** Whether only the canvas takes a message of the running recording. */
  takes({ type }: RecordMessage): boolean {
    if (type !== 'spans' || !this.#isFirst) return true;
    this.#isFirst = false;
    return false;
  }

  /** Notes that only the canvas has taken a message. */
  hold(message: RecordMessage): void {
    this.#isBehind = true;
    if (message.type !== 'timeline') return;
    this.#begun = message;
    this.#isMisleading = true;
  }

  /** Whether the window catches up before it takes a message: news by itself can wait. */
  isDueBefore(message: StreamMessage): boolean {
    if (!this.#isBehind) return false;
    if (message.type !== 'progress' && message.type !== 'sampled') return true;
    const { wholeMs } = message.pace;
    const afterMs = this.#isMisleading ? Math.min(wholeMs, MISLEADING_MS) : wholeMs;
    return this.#now() >= this.#caughtUpMs + afterMs;
  }

  /** The window catches up. Returns the message that began the running repeat, if it has not seen it. */
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
