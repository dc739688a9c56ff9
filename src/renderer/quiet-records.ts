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
 * What a run has recorded that only its picture has followed as yet: where the lanes need every core,
 * the rest of the window follows seldom, as working it out would take time from them.
 */
export class QuietRecords {
  readonly #now: () => number;
  #messages: RecordMessage[] = [];
  #caughtUpMs = -Infinity;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps a message until the window catches up. */
  hold(message: RecordMessage): void {
    this.#messages.push(message);
  }

  /** Whether the window is to catch up before it takes in a message: progress by itself can wait. */
  isDueBefore({ type }: StreamMessage): boolean {
    if (this.#messages.length === 0) return false;
    return type !== 'progress' || this.#now() >= this.#caughtUpMs + CATCH_UP_MS;
  }

  /** All that was held, in order; then nothing is. */
  release(): readonly RecordMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#caughtUpMs = this.#now();
    return messages;
  }
}
