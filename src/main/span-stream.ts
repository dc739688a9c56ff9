import * as v from 'valibot';
import {
  AcknowledgementSchema,
  BATCHES_IN_FLIGHT,
  BATCH_BYTES,
  type StreamMessage,
} from '../shared/contract.js';
import { SPAN_BYTES, SPAN_WORDS } from '../shared/spans.js';

/** What the stream needs of a port; Electron's MessagePortMain has it. */
export interface StreamPort {
  postMessage(message: StreamMessage): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

type SpansMessage = Extract<StreamMessage, { type: 'spans' }>;

const BATCH_WORDS = Math.floor(BATCH_BYTES / SPAN_BYTES) * SPAN_WORDS;

/**
 * The stream of messages to the window, in order. Span batches wait their turn while
 * BATCHES_IN_FLIGHT of them are not acknowledged, so that a slow window slows itself and never
 * fills up its own queue; small batches that wait are joined.
 */
export class SpanStream {
  #port: StreamPort | undefined;
  #queue: StreamMessage[] = [];
  #sequence = 0;
  #unacknowledged = 0;

  /** Connects a window's port; one that was connected before is closed. */
  connect(port: StreamPort): void {
    this.disconnect();
    this.#port = port;
    port.on('message', (event) => {
      if (port === this.#port) this.#acknowledge(event.data);
    });
    port.start();
  }

  /** Lets go of the window's port, and of all that waits for it. */
  disconnect(): void {
    this.#port?.close();
    this.#port = undefined;
    this.#queue = [];
    this.#unacknowledged = 0;
  }

  /** Sends a message after all that were sent before. */
  send(message: StreamMessage): void {
    if (this.#port === undefined) return;
    this.#queue.push(message);
    this.#pump();
  }

  /** Sends a message only where nothing waits before it: for news that newer news replaces. */
  sendIfIdle(message: StreamMessage): void {
    if (this.#queue.length === 0) this.send(message);
  }

  /** Sends spans of a run, in batches of at most BATCH_BYTES. */
  sendSpans(run: number, words: Float64Array<ArrayBuffer>): void {
    for (let from = 0; from < words.length; from += BATCH_WORDS) {
      const piece = words.subarray(from, from + BATCH_WORDS);
      if (!this.#joinWithLast(run, piece)) {
        // Copied where it is part of a larger array, which would be sent as a whole otherwise.
        const own = piece.length === words.length ? words : piece.slice();
        this.send({ type: 'spans', run, sequence: 0, words: own });
      }
    }
  }

  /** Joins spans with the batch that waits last, where they fit into it. */
  #joinWithLast(run: number, words: Float64Array<ArrayBuffer>): boolean {
    const last = this.#queue.at(-1);
    if (last?.type !== 'spans' || last.run !== run) return false;
    if (last.words.length + words.length > BATCH_WORDS) return false;
    const joined = new Float64Array(last.words.length + words.length);
    joined.set(last.words);
    joined.set(words, last.words.length);
    this.#queue[this.#queue.length - 1] = { ...last, words: joined };
    return true;
  }

  #pump(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (next.type === 'spans' && this.#unacknowledged >= BATCHES_IN_FLIGHT) return;
      this.#queue.shift();
      this.#port?.postMessage(next.type === 'spans' ? this.#numbered(next) : next);
    }
  }

  #numbered(message: SpansMessage): SpansMessage {
    this.#sequence += 1;
    this.#unacknowledged += 1;
    return { ...message, sequence: this.#sequence };
  }

  #acknowledge(data: unknown): void {
    const { success, output } = v.safeParse(AcknowledgementSchema, data);
    // What is no acknowledgement of anything sent changes nothing.
    if (!success || output.sequence > this.#sequence) return;
    this.#unacknowledged = this.#sequence - output.sequence;
    this.#pump();
  }
}
