import type { ThreadFacts } from '../process/recording.js';
import type { SpanKind } from '../recording/spans.js';
import { LaneStates } from './lane-states.js';
import type { ThreadChange } from './messages.js';
import { PackedSpans } from './packed-spans.js';

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
  readonly #spans: PackedSpans;
  readonly #lanes: Lane[] = [];
  readonly #counts: number[] = [];
  /** What was said of each lane's thread last. */
  readonly #said: ThreadChange[] = [];
  #refused = 0;

  /**
   * @param startNs where the spans' zero lies
   * @param flush takes packed spans, which are its own from then on
   */
  constructor(startNs: number, flush: (words: Float64Array<ArrayBuffer>) => void) {
    this.#startNs = startNs;
    this.#spans = new PackedSpans(flush);
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
      this.#push(this.#spans, lane, kind, label, startNs, endNs);
      this.#counts[lane] = (this.#counts[lane] ?? 0) + 1;
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
    this.#spans.flush();
  }

  /** Shows what all lanes are in at a time, as spans of the lanes that they are not among yet. */
  showOpen(timeNs: number, show: (words: Float64Array<ArrayBuffer>) => void): void {
    const open = new PackedSpans(show, 2 * this.#lanes.length);
    this.#lanes.forEach(({ states }, lane) => {
      states.showOpen(timeNs, (kind, label, startNs, endNs) => {
        this.#push(open, lane, kind, label, startNs, endNs);
      });
    });
    open.flush();
  }

  /** The threads that are new since this was asked last, or of which other things are known. */
  takeChanges(): readonly ThreadChange[] {
    return this.#lanes.flatMap(({ notes: { pid, tid, name, native, lock } }, lane) => {
      const said = this.#said[lane];
      if (said?.name === name && said.native === native && said.lock === lock) return [];
      const change = { lane, pid, tid, name, native, lock };
      this.#said[lane] = change;
      return [change];
    });
  }

  #push(
    to: PackedSpans,
    lane: number,
    kind: SpanKind,
    label: number,
    startNs: number,
    endNs: number,
  ): void {
    to.push(kind, lane, label, startNs - this.#startNs, endNs - this.#startNs);
  }
}
