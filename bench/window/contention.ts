import { KIND_CODE, SPAN_WORDS, packKindAndLane } from '../../src/recording/spans.js';

/** Lanes that contend for one lock, as the spans that they would leave. */
export interface ContentionOptions {
  readonly lanes: number;
  /** Spans of all lanes in a second of the time told of, about. */
  readonly spansPerSecond: number;
  readonly seed: number;
}

/** Turns of the lock in a task, at most; each is a wait, a hold and the computing in it. */
const MOST_TURNS = 6;
const SPANS_PER_TURN = 3;
/** The task's own span over the mean number of its turns. */
const SPANS_PER_TURN_IN_ALL = SPANS_PER_TURN + 2 / (MOST_TURNS + 1);

/** What a lane does beside its turns, between tasks, as a share of a mean turn. */
const REST_SHARE = 0.4;

/**
 * Makes the spans of lanes that take turns at one lock: every turn waits until the lock is free,
 * holds it for a time of any length (exponential, so that few are long and many are short) and
 * computes within. The same seed gives the same spans. A discrete simulation, so the tracks nest
 * and follow each other as those of a real run.
 */
export class Contention {
  readonly #lanes: Lane[];
  readonly #random: () => number;
  readonly #meanTurnNs: number;
  #lockFreeNs = 0;
  #tasks = 0;
  /** The turn that comes next, once it has been drawn. */
  #next: Turn | undefined;

  constructor({ lanes, spansPerSecond, seed }: ContentionOptions) {
    this.#random = randomFrom(seed);
    this.#meanTurnNs = (1e9 * SPANS_PER_TURN_IN_ALL) / spansPerSecond;
    this.#lanes = Array.from({ length: lanes }, (_, lane) => ({
      lane,
      asksNs: Math.round(this.#meanTurnNs * lane * REST_SHARE),
      taskStartNs: 0,
      task: 0,
      turnsLeft: 0,
    }));
  }

  /** The spans that end by a time and have not been given yet, `most` at most (or a task more). */
  spansUntil(timeNs: number, most = Infinity): Float64Array<ArrayBuffer> {
    const words: number[] = [];
    for (;;) {
      const turn = (this.#next ??= this.#draw());
      if (turn.endNs > timeNs || words.length >= most * SPAN_WORDS) break;
      this.#take(turn, words);
      this.#next = undefined;
    }
    return packed(words);
  }

  #draw(): Turn {
    const lane = this.#lanes.reduce((first, other) =>
      other.asksNs < first.asksNs ? other : first,
    );
    const startNs = Math.max(lane.asksNs, this.#lockFreeNs);
    const lengthNs = Math.ceil(-Math.log(1 - this.#random()) * this.#meanTurnNs * 0.97) + 40;
    return { lane, startNs, endNs: startNs + lengthNs };
  }

  #take({ lane, startNs, endNs }: Turn, words: number[]): void {
    if (lane.turnsLeft === 0) {
      lane.turnsLeft = 1 + Math.floor(this.#random() * MOST_TURNS);
      lane.task = this.#tasks++;
      lane.taskStartNs = lane.asksNs;
    }
    const push = (kind: keyof typeof KIND_CODE, from: number, to: number) => {
      words.push(from, to, lane.task * 2 ** 32 + packKindAndLane(KIND_CODE[kind], lane.lane));
    };
    if (startNs > lane.asksNs) push('wait', lane.asksNs, startNs);
    push('compute', startNs + 10, endNs - 10);
    push('hold', startNs, endNs);
    this.#lockFreeNs = endNs + 20;
    lane.turnsLeft -= 1;
    lane.asksNs = endNs + 20;
    if (lane.turnsLeft > 0) return;
    push('task', lane.taskStartNs, endNs);
    lane.asksNs += Math.round(this.#random() * 2 * REST_SHARE * this.#meanTurnNs);
  }
}

interface Lane {
  readonly lane: number;
  /** When it asks for the lock next. */
  asksNs: number;
  task: number;
  taskStartNs: number;
  turnsLeft: number;
}

interface Turn {
  readonly lane: Lane;
  readonly startNs: number;
  readonly endNs: number;
}

/** Spans from starts, ends, and task and kind as one number: task x 2^32 + kind and lane. */
function packed(numbers: readonly number[]): Float64Array<ArrayBuffer> {
  const words = Float64Array.from(numbers);
  const halves = new Uint32Array(words.buffer);
  for (let word = 2; word < words.length; word += SPAN_WORDS) {
    const number = numbers[word] ?? 0;
    halves[2 * word] = Math.floor(number / 2 ** 32);
    halves[2 * word + 1] = number % 2 ** 32;
  }
  return words;
}

/** Uniform numbers in [0, 1) (mulberry32 by Tommy Ettinger, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
