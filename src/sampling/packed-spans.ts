import {
  halvesOf,
  KIND_CODE,
  packKindAndLane,
  SPAN_WORDS,
  type SpanKind,
} from '../recording/spans.js';

/** Spans that are handed on together, at most, unless it is said otherwise. */
const BATCH_SPANS = 4096;

/** Packs spans, and hands them on in batches. */
export class PackedSpans {
  readonly #flush: (words: Float64Array<ArrayBuffer>) => void;
  readonly #words: Float64Array<ArrayBuffer>;
  readonly #halves: Uint32Array;
  #filled = 0;

  /**
   * @param flush takes packed spans, which are its own from then on
   * @param batch spans that are handed on together, at most
   */
  constructor(flush: (words: Float64Array<ArrayBuffer>) => void, batch = BATCH_SPANS) {
    this.#flush = flush;
    this.#words = new Float64Array(batch * SPAN_WORDS);
    this.#halves = halvesOf(this.#words);
  }

  /** Adds a span; times are in ns from the recording's start. */
  push(kind: SpanKind, lane: number, label: number, startNs: number, endNs: number): void {
    const at = this.#filled;
    this.#words[at] = startNs;
    this.#words[at + 1] = endNs;
    this.#halves[2 * at + 4] = label;
    this.#halves[2 * at + 5] = packKindAndLane(KIND_CODE[kind], lane);
    this.#filled += SPAN_WORDS;
    if (this.#filled === this.#words.length) this.flush();
  }

  /** Hands on the spans that there are. */
  flush(): void {
    if (this.#filled === 0) return;
    this.#flush(this.#words.slice(0, this.#filled));
    this.#filled = 0;
  }
}
