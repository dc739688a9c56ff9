import { ringOf } from '../../shared/layout.js';
import type { RingTotals } from '../../shared/run-record.js';
import { SpanRingReader } from '../../shared/span-ring.js';
import { SPAN_WORDS } from '../../shared/spans.js';
import type { PreparedRun } from './run-memory.js';

/** Times a second that the rings are emptied: about once a frame of a film, and of the window. */
const DRAINS_PER_SECOND = 30;

/** Empties the lanes' rings while a repeat is on, and hands on what was in them. */
export class Drain {
  readonly #readers: readonly SpanRingReader[];
  readonly #spans: number[];
  readonly #onDrained: (words: Float64Array<ArrayBuffer>) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onDrained takes the spans of one drain, all lanes together, and is also the pulse */
  constructor(run: PreparedRun, onDrained: (words: Float64Array<ArrayBuffer>) => void) {
    const { layout, buffer } = run;
    this.#readers = Array.from(
      { length: layout.lanes },
      (_, lane) => new SpanRingReader(buffer, ringOf(layout, lane)),
    );
    this.#spans = this.#readers.map(() => 0);
    this.#onDrained = onDrained;
    for (const reader of this.#readers) reader.clearDropped();
  }

  /** Begins to drain at an even pace. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#drain();
    }, 1000 / DRAINS_PER_SECOND);
  }

  /** Ends it with one last drain, the lanes being at rest. */
  finish(): readonly RingTotals[] {
    clearInterval(this.#timer);
    this.#drain();
    return this.#readers.map((reader, lane) => ({
      spans: this.#spans[lane] ?? 0,
      dropped: reader.dropped,
    }));
  }

  #drain(): void {
    const pieces = this.#readers.flatMap((reader, lane) => {
      const read = reader.read();
      for (const piece of read) {
        this.#spans[lane] = (this.#spans[lane] ?? 0) + piece.length / SPAN_WORDS;
      }
      return read;
    });
    this.#onDrained(concatenate(pieces));
  }
}

function concatenate(pieces: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
