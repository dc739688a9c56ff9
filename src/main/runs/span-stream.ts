import * as v from 'valibot';
import {
  AcknowledgementSchema,
  BATCHES_IN_FLIGHT,
  BATCH_BYTES,
  type History,
  type Pace,
  type StreamMessage,
} from '../../ipc/index.js';
import { isRecord } from '../../ipc/record-message.js';
import { SPAN_BYTES, SPAN_WORDS } from '../../recording/spans.js';

/** What the stream needs of a port; Electron's MessagePortMain has it. */
export interface StreamPort {
  postMessage(message: StreamMessage | History): void;
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
 * News is only as good as it is new: it overtakes what waits, and of several that wait the latest
 * is sent alone, one for each acknowledgement while there are any to come.
 *
 * With a pace, spans that come within a beat of it go out together, as every message that the
 * window takes in costs it a frame; so does news, with beats that are further apart, and where there
 * is a turn without spans not beside them: drawn together, they have all that lies between them put
 * together anew. A command's effect goes out at once, and so do a run's first spans.
 */
export class SpanStream {
  readonly #now: () => number;
  readonly #onSend: (message: StreamMessage) => void;
  /** What is announced to the next page. */
  readonly #unannounced: StreamMessage[] = [];
  #port: StreamPort | undefined;
  /** What waits for the next beat of the pace. */
  #held: StreamMessage[] = [];
  /** What may go out, as soon as enough is acknowledged. */
  #queue: StreamMessage[] = [];
  /** The latest news, where it has not been sent. */
  #news: StreamMessage | undefined;
  /** News was sent, and nothing was acknowledged since. */
  #isNewsInFlight = false;
  #sequence = 0;
  /** The newest batch that needs no acknowledgement any more. */
  #acknowledged = 0;
  #pace: Pace | null = null;
  /** When spans and news went out last in pace, in ms. */
  #beatMs = -Infinity;
  #newsMs = -Infinity;
  /** Spans went out since there was news last, and news has let them go first. */
  #isBeside = false;
  #hasWaited = false;
  /** No spans were sent since there has been a pace. */
  #isFirst = true;

  /**
   * @param now a clock in ms
   * @param onSend given each message that is sent at once
   */
  constructor(
    now = () => performance.now(),
    onSend: (message: StreamMessage) => void = () => undefined,
  ) {
    this.#now = now;
    this.#onSend = onSend;
  }

  /** How many batches of spans have been sent. */
  get batches(): number {
    return this.#sequence;
  }

  /** How many batches of spans are on their way. */
  get #inFlight(): number {
    return this.#sequence - this.#acknowledged;
  }

  /** Connects a window's port, which has the history first; one that was connected before is closed. */
  connect(port: StreamPort, history: readonly StreamMessage[]): void {
    this.disconnect();
    this.#port = port;
    port.postMessage({ type: 'history', messages: [...history] });
    port.on('message', (event) => {
      if (port === this.#port) this.#acknowledge(event.data);
    });
    port.start();
    for (const message of this.#unannounced.splice(0)) this.send(message);
  }

  /** Sends a message to the page that is connected, or else to the next one, after its history. */
  announce(message: StreamMessage): void {
    if (this.#port === undefined) this.#unannounced.push(message);
    else this.send(message);
  }

  /** Lets go of the window's port, and of all that waits for it. */
  disconnect(): void {
    this.#port?.close();
    this.#port = undefined;
    this.#held = [];
    this.#queue = [];
    this.#news = undefined;
    this.#isNewsInFlight = false;
    this.#acknowledged = this.#sequence;
  }

  /** Sets how often spans and news are sent from now on; null where all goes out as it comes. */
  setPace(pace: Pace | null): void {
    const isNew = pace === null || this.#pace === null;
    this.#pace = pace;
    if (!isNew) return;
    this.#beatMs = -Infinity;
    this.#newsMs = -Infinity;
    this.#isFirst = true;
    this.#release();
  }

  /** Sends a message at once, after all that were sent before. */
  send(message: StreamMessage): void {
    this.#onSend(message);
    this.#news = undefined;
    this.#hold(message);
    this.#release();
  }

  /**
   * Sends a message with the next beat. Where another repeat begins in its time, what is held of
   * those before is left out: the window, which has one repeat of a run, would take it in and show
   * nothing of it. What begins goes out with what comes of it, as by itself it is an empty picture.
   */
  sendInPace(message: StreamMessage): void {
    const begins = message.type === 'timeline' && this.#pace !== null;
    if (begins) {
      this.#held = this.#held.filter((held) => !(isRecord(held) && held.run === message.run));
    }
    this.#hold(message);
    if (!begins) this.#releaseInPace();
  }

  /** Sends news, and not at all where newer news comes before its turn. */
  sendNews(message: StreamMessage): void {
    if (this.#port === undefined) return;
    this.#news = message;
    this.#releaseInPace();
    if (this.#isNewsDue()) this.#pumpNews();
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
    if (this.#isFirst && words.length > 0) {
      this.#isFirst = false;
      this.#beatMs = -Infinity;
      this.#newsMs = -Infinity;
    }
    this.#releaseInPace();
  }

  #hold(message: StreamMessage): void {
    if (this.#port !== undefined) this.#held.push(message);
  }

  /**
   * Lets out what is held, if it is time. Asked by all that comes, so that what goes out is new:
   * a run has news thirty times a second, so that nothing waits for long.
   */
  #releaseInPace(): void {
    if (this.#pace !== null) {
      const now = this.#now();
      if (now < this.#beatMs + this.#pace.beatMs) return;
      this.#beatMs = now;
    }
    this.#release();
  }

  #release(): void {
    this.#isBeside = this.#held.length > 0;
    this.#queue.push(...this.#held);
    this.#held = [];
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
      if (next.type === 'spans' && this.#inFlight >= BATCHES_IN_FLIGHT) return;
      this.#queue.shift();
      this.#port?.postMessage(next.type === 'spans' ? this.#numbered(next) : next);
    }
  }

  /** Whether the pace lets news go out now. */
  #isNewsDue(): boolean {
    const isBeside = this.#isBeside;
    this.#isBeside = false;
    if (this.#pace === null) return true;
    const now = this.#now();
    if (this.#isNewsInFlight || now < this.#newsMs + this.#pace.newsMs) return false;
    this.#hasWaited = isBeside && !this.#hasWaited;
    if (this.#hasWaited) return false;
    this.#newsMs = now;
    return true;
  }

  /** Sends the latest news, if it is its turn. */
  #pumpNews(): void {
    if (this.#news === undefined || this.#isNewsInFlight) return;
    this.#port?.postMessage(this.#news);
    this.#news = undefined;
    this.#isNewsInFlight = this.#inFlight > 0;
  }

  #numbered(message: SpansMessage): SpansMessage {
    this.#sequence += 1;
    return { ...message, sequence: this.#sequence };
  }

  #acknowledge(data: unknown): void {
    const { success, output } = v.safeParse(AcknowledgementSchema, data);
    // What is no acknowledgement, or one of what was not sent or is acknowledged, changes nothing.
    if (!success || output.sequence > this.#sequence || output.sequence <= this.#acknowledged) {
      return;
    }
    this.#acknowledged = output.sequence;
    this.#isNewsInFlight = false;
    this.#pump();
    // In pace there is newer news soon.
    if (this.#pace === null) this.#pumpNews();
  }
}
