import { SPAN_WORDS, packKindAndLane } from '../recording/spans.js';

/**
 * The ring that carries a lane's spans to the main thread: one writer, one reader, no lock.
 *
 *     header (two cache lines, so that writer and reader do not share one)
 *       int32[0]    head     spans ever published (mod 2^32), stored by the lane
 *       int32[1]    dropped  spans that found the ring full, stored by the lane
 *       int32[16]   tail     spans ever read (mod 2^32), stored by the main thread
 *
 *     records, capacity = a power of two, index = counter & (capacity - 1)
 *       +-------+-------+-------+-------+-------+-------+
 *       |       | oldest|  ...  | newest|       |       |
 *       +-------+-------+-------+-------+-------+-------+
 *                 ^ tail                  ^ head
 *
 *     empty: head == tail. full: head - tail == capacity. Counters only grow, so the two differ.
 *
 * Nothing is overwritten: a span that finds no room is counted in `dropped`. As an operation of
 * Atomics costs as much as all else of a span, the lane stores the head once for several spans, and
 * loads the tail only when it has used the room that it knew of.
 */

/** Bytes of a ring's header. */
export const RING_HEADER_BYTES = 128;

const HEAD = 0;
const DROPPED = 1;
const TAIL = 16;

/** Where a ring's header and records lie in the shared buffer, in bytes. */
export interface RingPlace {
  readonly header: number;
  readonly records: number;
  /** Spans that fit; a power of two. */
  readonly capacity: number;
}

/** The lane's end. Only one thread may hold it. */
export class SpanRingWriter {
  readonly #header: Int32Array;
  readonly #words: Float64Array;
  readonly #halves: Uint32Array;
  readonly #capacity: number;
  readonly #lane: number;
  /** Spans ever written, those not yet published included. */
  #head: number;
  /** The head at which the room that the writer knows of is used up. */
  #roomEnd: number;

  constructor(buffer: ArrayBufferLike, place: RingPlace, lane: number) {
    this.#header = new Int32Array(buffer, place.header, RING_HEADER_BYTES / 4);
    this.#words = new Float64Array(buffer, place.records, place.capacity * SPAN_WORDS);
    this.#halves = new Uint32Array(buffer, place.records, place.capacity * SPAN_WORDS * 2);
    this.#capacity = place.capacity;
    this.#lane = lane;
    this.#head = this.#roomEnd = Atomics.load(this.#header, HEAD);
  }

  /** Takes up where the ring is: another writer may have had it since this one last wrote. */
  resume(): void {
    this.#head = this.#roomEnd = Atomics.load(this.#header, HEAD);
  }

  /** Appends a span, to be published, or counts it as dropped where the ring is full. */
  push(kindCode: number, task: number, startNs: number, endNs: number): void {
    const head = this.#head;
    if (head === this.#roomEnd && !this.#findRoom()) return;
    const word = (head & (this.#capacity - 1)) * SPAN_WORDS;
    const words = this.#words;
    const halves = this.#halves;
    words[word] = startNs;
    words[word + 1] = endNs;
    halves[2 * word + 4] = task;
    halves[2 * word + 5] = packKindAndLane(kindCode, this.#lane);
    this.#head = (head + 1) | 0;
  }

  /** Lets the reader have all spans so far. */
  publish(): void {
    // Release: the records are written before the reader can see the new head.
    Atomics.store(this.#header, HEAD, this.#head);
  }

  /**
   * Looks how much room there is. Where there is none, all of the ring is published, the span that
   * looks for room is counted as dropped, and the answer is no.
   */
  #findRoom(): boolean {
    // Acquire: pairs with the reader's store, so that the slots read out may be written again.
    const tail = Atomics.load(this.#header, TAIL);
    this.#roomEnd = (tail + this.#capacity) | 0;
    if (this.#head !== this.#roomEnd) return true;
    this.publish();
    Atomics.add(this.#header, DROPPED, 1);
    return false;
  }
}

/** The main thread's end. Only one thread may hold it. */
export class SpanRingReader {
  readonly #header: Int32Array;
  readonly #words: Float64Array;
  readonly #capacity: number;
  #tail: number;

  constructor(buffer: ArrayBufferLike, place: RingPlace) {
    this.#header = new Int32Array(buffer, place.header, RING_HEADER_BYTES / 4);
    this.#words = new Float64Array(buffer, place.records, place.capacity * SPAN_WORDS);
    this.#capacity = place.capacity;
    this.#tail = Atomics.load(this.#header, TAIL);
  }

  /** Spans that found the ring full since the last reset. */
  get dropped(): number {
    // A counter of its own: nothing is ordered by it. Unsigned, as it may pass 2^31.
    return Atomics.load(this.#header, DROPPED) >>> 0;
  }

  /** Forgets what is in the ring and what was dropped. Only while the lane is at rest. */
  reset(): void {
    this.#tail = Atomics.load(this.#header, HEAD);
    Atomics.store(this.#header, TAIL, this.#tail);
    Atomics.store(this.#header, DROPPED, 0);
  }

  /** Takes what is in the ring, in at most two pieces (the end and the start of the records). */
  read(): Float64Array[] {
    // Acquire: every record before the head that is seen here has been written.
    const head = Atomics.load(this.#header, HEAD);
    const count = (head - this.#tail) | 0;
    if (count === 0) return [];
    const from = this.#tail & (this.#capacity - 1);
    const first = Math.min(count, this.#capacity - from);
    const pieces = [this.#copy(from, first)];
    if (count > first) pieces.push(this.#copy(0, count - first));
    this.#tail = head;
    // Release: the copies above are made before the writer can see the room.
    Atomics.store(this.#header, TAIL, head);
    return pieces;
  }

  /** Copies out of shared memory, as the writer goes on there. */
  #copy(from: number, count: number): Float64Array {
    return this.#words.slice(from * SPAN_WORDS, (from + count) * SPAN_WORDS);
  }
}
