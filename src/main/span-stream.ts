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
 *
 * With a pace, what comes within it goes out together, as every message that the window takes in
 * costs it a frame; a command's effect and the first spans go out at once.
 */
export class SpanStream {
  #port: StreamPort | undefined;
  /** What waits for the next beat of the pace. */
  #held: StreamMessage[] = [];
  /** What may go out, as soon as enough is acknowledged. */
  #queue: StreamMessage[] = [];
  /** The latest news that waits for the next beat. */
  #heldNews: StreamMessage | undefined;
  /** The latest news that may go out, as soon as nothing else waits. */
  #news: StreamMessage | undefined;
  #sequence = 0;
  #unacknowledged = 0;
  #paceMs = 0;
  #beat: NodeJS.Timeout | undefined;
  /** No spans were sent since the pace was set. */
  #isFirst = true;

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
    this.#held = [];
    this.#queue = [];
    this.#heldNews = undefined;
    this.#news = undefined;
    this.#unacknowledged = 0;
  }

  /** Sets how many ms lie between what is sent from now on; 0 where it goes out as it comes. */
  setPace(paceMs: number): void {
    this.#endBeat();
    this.#paceMs = paceMs;
    this.#isFirst = true;
    this.#release();
  }

  /** Sends a message at once, after all that were sent before. */
  send(message: StreamMessage): void {
    this.#heldNews = undefined;
    this.#news = undefined;
    this.#hold(message);
    this.#release();
  }

  /** Sends a message with the next beat. */
  sendInPace(message: StreamMessage): void {
    this.#hold(message);
    this.#releaseInPace();
  }

  /** Sends news after all that waits, and not at all where newer news comes before that. */
  sendNews(message: StreamMessage): void {
    if (this.#port === undefined) return;
    this.#heldNews = message;
    this.#releaseInPace();
  }

  /** Sends spans of a run, in batches of at most BATCH_BYTES. */
  sendSpans(run: number, words: Float64Array<ArrayBuffer>): void {
    for (let from = 0; from < words.length; from += BATCH_WORDS) {
      const piece = words.subarray(from, from + BATCH_WORDS);
      if (!this.#joinWithLast(run, piece)) {
        // Copied where it is part of a larger array, which would be sent as a whole otherwise.
        const own = piece.length === words.length ? words : piece.slice();
        this.#hold({ type: 'spans', run, sequence: 0, words: own });
      }
    }
    if (this.#isFirst && words.length > 0) this.#endBeat();
    this.#isFirst &&= words.length === 0;
    this.#releaseInPace();
  }

  #hold(message: StreamMessage): void {
    if (this.#port !== undefined) this.#held.push(message);
  }

  /** Lets out what is held, now or with the next beat. */
  #releaseInPace(): void {
    if (this.#paceMs === 0) {
      this.#release();
    } else if (this.#beat === undefined) {
      this.#release();
      this.#beat = setTimeout(() => {
        this.#beat = undefined;
        if (this.#held.length > 0 || this.#heldNews !== undefined) this.#releaseInPace();
      }, this.#paceMs);
    }
  }

  #endBeat(): void {
    clearTimeout(this.#beat);
    this.#beat = undefined;
  }

  #release(): void {
    this.#queue.push(...this.#held);
    this.#held = [];
    this.#news = this.#heldNews ?? this.#news;
    this.#heldNews = undefined;
    this.#pump();
  }

  /** Joins spans with the batch that waits last, where they fit into it. */
  #joinWithLast(run: number, words: Float64Array<ArrayBuffer>): boolean {
    const waiting = this.#held.length > 0 ? this.#held : this.#queue;
    const last = waiting.at(-1);
    if (last?.type !== 'spans' || last.run !== run) return false;
    if (last.words.length + words.length > BATCH_WORDS) return false;
    const joined = new Float64Array(last.words.length + words.length);
    joined.set(last.words);
    joined.set(words, last.words.length);
    waiting[waiting.length - 1] = { ...last, words: joined };
    return true;
  }

  #pump(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (next.type === 'spans' && this.#unacknowledged >= BATCHES_IN_FLIGHT) return;
      this.#queue.shift();
      this.#port?.postMessage(next.type === 'spans' ? this.#numbered(next) : next);
    }
    if (this.#news !== undefined) {
      this.#port?.postMessage(this.#news);
      this.#news = undefined;
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
