import type { StreamMessage } from '../shared/contract.js';

/** A message of what a run records. */
export type RecordMessage = StreamMessage & { readonly type: 'timeline' | 'spans' | 'timelineEnd' };

const RECORDS: ReadonlySet<StreamMessage['type']> = new Set<RecordMessage['type']>([
  'timeline',
  'spans',
  'timelineEnd',
]);

/** Whether a message is of what a run records. */
export function isRecord(message: StreamMessage): message is RecordMessage {
  return RECORDS.has(message.type);
}

/** While a run that needs every core goes on, the whole window is brought up to date so seldom, in ms. */
const CATCH_UP_MS = 10_000;

/**
 * Whether a run has recorded what only its picture has followed as yet: where the lanes need every
 * core, the rest of the window follows seldom, as working it out would take time from them.
 */
export class QuietRecords {
  readonly #now: () => number;
  #isBehind = false;
  /** What began the repeat that is on, where the window is behind in that too. */
  #begun: RecordMessage | null = null;
  #caughtUpMs = -Infinity;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Another run has begun, whose first news the window is to follow. */
  begin(): void {
    this.#caughtUpMs = -Infinity;
  }

  /** Takes in that the picture alone has followed a message. */
  hold(message: RecordMessage): void {
    this.#isBehind = true;
    if (message.type === 'timeline') this.#begun = message;
  }

  /** Whether the window is to catch up before it takes in a message: progress by itself can wait. */
  isDueBefore({ type }: StreamMessage): boolean {
    if (!this.#isBehind) return false;
    return type !== 'progress' || this.#now() >= this.#caughtUpMs + CATCH_UP_MS;
  }

  /** The window catches up; gives what began the repeat that is on, where it does not know that yet. */
  release(): RecordMessage | null {
    const begun = this.#begun;
    if (this.#isBehind) this.#caughtUpMs = this.#now();
    this.#isBehind = false;
    this.#begun = null;
    return begun;
  }
}
