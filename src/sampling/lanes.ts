import type { ThreadFacts } from '../process/recording.js';
import { halvesOf, KIND_CODE, packKindAndLane, SPAN_WORDS } from '../recording/spans.js';
import { LaneStates } from './lane-states.js';

/** Spans that are handed on together, at most. */
const BATCH_SPANS = 4096;

/** Lanes of a recording, at most: those that a saved one may have. */
const MOST_LANES = 65_536;

/** What is found out about a lane's thread as it goes on. */
export type ThreadNotes = { -readonly [Fact in keyof ThreadFacts]: ThreadFacts[Fact] };

/** A lane: what its thread is in, and what is known of it. */
export interface Lane {
  readonly states: LaneStates;
  readonly notes: ThreadNotes;
}

/** The lanes of a recording, one for each thread, in the order in which they were found. */
export class Lanes {
  readonly #startNs: number;
  readonly #flush: (words: Float64Array<ArrayBuffer>) => void;
  readonly #lanes: Lane[] = [];
  readonly #counts: number[] = [];
  readonly #words = new Float64Array(BATCH_SPANS * SPAN_WORDS);
  readonly #halves = halvesOf(this.#words);
  #filled = 0;
  #refused = 0;

  /**
   * @param startNs where the spans' zero lies
   * @param flush takes packed spans, which are its own from then on
   */
  constructor(startNs: number, flush: (words: Float64Array<ArrayBuffer>) => void) {
    this.#startNs = startNs;
    this.#flush = flush;
  }

  /** What is known of each lane's thread. */
  get threads(): readonly ThreadFacts[] {
    return this.#lanes.map(({ notes }) => notes);
  }

  /** How many spans each lane has. */
  get spanCounts(): readonly number[] {
    return this.#counts;
  }

  /** Threads that found no lane left. */
  get refused(): number {
    return this.#refused;
  }

  /** Adds a lane for a thread; null where there are as many as there can be. */
  add(thread: Pick<ThreadFacts, 'pid' | 'tid' | 'name' | 'native'>): Lane | null {
    const lane = this.#lanes.length;
    if (lane >= MOST_LANES) {
      this.#refused += 1;
      return null;
    }
    const states = new LaneStates((kind, label, startNs, endNs) => {
      this.#push(KIND_CODE[kind], label, lane, startNs, endNs);
    });
    const notes = { ...thread, aliveNs: 0, lock: null, heldBlockedNs: 0, heldQueuedNs: 0 };
    const made = { states, notes };
    this.#lanes.push(made);
    this.#counts.push(0);
    return made;
  }

  /** Has all lanes end what they are in, at a time after which nothing is known for a while. */
  pause(timeNs: number): void {
    for (const { states } of this.#lanes) states.pause(timeNs);
  }

  /** Hands on the spans that there are. */
  flush(): void {
    if (this.#filled === 0) return;
    this.#flush(this.#words.slice(0, this.#filled));
    this.#filled = 0;
  }

  #push(kind: number, label: number, lane: number, startNs: number, endNs: number): void {
    const words = this.#words;
    const halves = this.#halves;
    const at = this.#filled;
    words[at] = startNs - this.#startNs;
    words[at + 1] = endNs - this.#startNs;
    halves[2 * at + 4] = label;
    halves[2 * at + 5] = packKindAndLane(kind, lane);
    this.#filled += SPAN_WORDS;
    this.#counts[lane] = (this.#counts[lane] ?? 0) + 1;
    if (this.#filled === words.length) this.flush();
  }
}
