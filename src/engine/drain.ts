import type { ExperimentRepeat } from '../experiment/recording.js';
import { ringOf } from '../memory/layout.js';
import { SpanRingReader } from '../memory/span-ring.js';
import { SPAN_WORDS, joinSpans, spanCount } from '../recording/spans.js';
import type { PreparedRun } from './run-memory.js';

/**
 * Empties the lanes' rings of one repeat, and hands on what was in them: of each lane the first
 * spans, as many as it may have. Later ones are dropped, and counted with those that found the
 * ring full.
 */
export class Drain {
  readonly #lanes: readonly LaneDrain[];
  readonly #onDrained: (words: Float64Array<ArrayBuffer>) => void;

  /**
   * Made while all lanes rest. `onDrained` takes the spans of one drain, all lanes together.
   *
   * @param spansOfLane spans of each lane that are handed on at most
   */
  constructor(
    { layout, buffer }: PreparedRun,
    spansOfLane: number,
    onDrained: (words: Float64Array<ArrayBuffer>) => void,
  ) {
    this.#lanes = Array.from(
      { length: layout.lanes },
      (_, lane) => new LaneDrain(new SpanRingReader(buffer, ringOf(layout, lane)), spansOfLane),
    );
    this.#onDrained = onDrained;
  }

  /** Takes what is in the rings now, hands it on, and returns it. */
  drain(): Float64Array<ArrayBuffer> {
    const words = joinSpans(this.#lanes.flatMap((lane) => lane.take()));
    this.#onDrained(words);
    return words;
  }

  /** What came of each lane's spans so far. */
  totals(): Pick<ExperimentRepeat, 'spanCounts' | 'keptUntilNs'> {
    const cuts = this.#lanes.filter(({ beyond }) => beyond > 0).map(({ lastEndNs }) => lastEndNs);
    return {
      spanCounts: this.#lanes.map(({ kept, dropped }) => ({ kept, dropped })),
      keptUntilNs: cuts.length === 0 ? null : Math.min(...cuts),
    };
  }
}

/** One lane's part of it. */
class LaneDrain {
  /** Spans handed on. */
  kept = 0;
  /** Spans that came after as many as the lane may have. */
  beyond = 0;
  /** The end of the last span handed on; a lane's spans come in order of their ends. */
  lastEndNs = 0;
  readonly #reader: SpanRingReader;
  readonly #most: number;

  constructor(reader: SpanRingReader, most: number) {
    this.#reader = reader;
    this.#most = most;
    // What a stopped repeat left is not of this one.
    reader.reset();
  }

  get dropped(): number {
    return this.#reader.dropped + this.beyond;
  }

  take(): Float64Array[] {
    return this.#reader.read().map((piece) => {
      const count = Math.min(spanCount(piece), this.#most - this.kept);
      const words = piece.subarray(0, count * SPAN_WORDS);
      this.kept += count;
      this.beyond += spanCount(piece) - count;
      this.lastEndNs = words.at(1 - SPAN_WORDS) ?? this.lastEndNs;
      return words;
    });
  }
}
