import { ringOf } from '../../shared/layout.js';
import type { RingTotals } from '../../shared/run-record.js';
import { SpanRingReader } from '../../shared/span-ring.js';
import { SPAN_WORDS, joinSpans } from '../../shared/spans.js';
import type { PreparedRun } from './run-memory.js';

/** Empties the lanes' rings of one repeat, and hands on what was in them. */
export class Drain {
  readonly #readers: readonly SpanRingReader[];
  readonly #spans: number[];
  readonly #onDrained: (words: Float64Array<ArrayBuffer>) => void;

  /** Made while all lanes rest. `onDrained` takes the spans of one drain, all lanes together. */
  constructor(run: PreparedRun, onDrained: (words: Float64Array<ArrayBuffer>) => void) {
    const { layout, buffer } = run;
    this.#readers = Array.from(
      { length: layout.lanes },
      (_, lane) => new SpanRingReader(buffer, ringOf(layout, lane)),
    );
    this.#spans = this.#readers.map(() => 0);
    this.#onDrained = onDrained;
    // What a stopped repeat left is not of this one.
    for (const reader of this.#readers) reader.reset();
  }

  /** Takes what is in the rings now. */
  drain(): void {
    const pieces = this.#readers.flatMap((reader, lane) => {
      const read = reader.read();
      for (const piece of read) {
        this.#spans[lane] = (this.#spans[lane] ?? 0) + piece.length / SPAN_WORDS;
      }
      return read;
    });
    this.#onDrained(joinSpans(pieces));
  }

  /** What went through each lane's ring so far. */
  totals(): readonly RingTotals[] {
    return this.#readers.map((reader, lane) => ({
      spans: this.#spans[lane] ?? 0,
      dropped: reader.dropped,
    }));
  }
}
