import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { NO_INTERRUPTIONS, type Interruptions } from './interruptions.js';
import { SPAN_KINDS, SPAN_WORDS, byKind, kindOf, laneOf, type SpanKind } from './spans.js';
import { LockTrack, holdersDuring, type HolderShare } from './lock-track.js';
import { laneName } from './recording.js';
import { SpanTrack } from './span-track.js';

/** What one lane did: a track for each kind of span, the spans tagged with their tasks. */
export type LaneTrack = Readonly<Record<SpanKind, SpanTrack>>;

/** Marks how much of a timeline there was at some moment, for `snapshotAt`. */
export interface SnapshotMark {
  /** How many spans each of its tracks had. */
  readonly lengths: readonly number[];
  /** The lanes that held the lock, in order of time. */
  readonly holders: Uint32Array;
  /** How many times `snapshotAt` yields. */
  readonly slices: number;
}

const NO_SPANS: LaneTrack = emptyLane();

/**
 * The spans of one repeat, as far as they have come. Spans are added as they arrive, packed as
 * spans.ts says, each lane's in order of their ends; the lanes need no order among each other.
 */
export class Timeline {
  /** When its lanes could not go on; known once the repeat has ended. */
  interruptions: Interruptions = NO_INTERRUPTIONS;
  /**
   * What spans are labelled with, by the index in the place of a task: such spans follow one another.
   * Null where they are of tasks, in which the others lie.
   */
  labels: readonly string[] | null = null;
  /** The same for those that hold a lock, with the lines on which they held it longest. */
  holderLabels: readonly string[] | null = null;
  readonly #lanes: LaneTrack[];
  /** The tracks of all lanes, lane by lane, at lane x kinds + the kind's code. */
  readonly #tracks: SpanTrack[];
  #hasOneOrder: boolean;
  #laneNames: readonly string[];
  readonly #lock = new LockTrack();
  #spanCount = 0;
  #endNs = 0;

  /**
   * @param hasOneOrder whether all holds are of one lock, so that they have one order in time
   * @param laneNames the names of those lanes that have one
   */
  constructor(lanes: number, hasOneOrder = true, laneNames: readonly string[] = []) {
    this.#hasOneOrder = hasOneOrder;
    this.#laneNames = laneNames;
    this.#lanes = Array.from({ length: lanes }, (_, lane) => emptyLane(lane, lanes));
    this.#tracks = this.#lanes.flatMap((lane) => SPAN_KINDS.map((kind) => lane[kind]));
  }

  /** How many lanes there are. */
  get lanes(): number {
    return this.#lanes.length;
  }

  /** How many spans there are. */
  get spanCount(): number {
    return this.#spanCount;
  }

  /** The latest end of a span, in ns from the repeat's start; 0 where there is none. */
  get endNs(): number {
    return this.#endNs;
  }

  /** The name of a lane: that of the thread, or `lane 3`. */
  laneName(lane: number): string {
    return this.#laneNames[lane] ?? laneName(lane);
  }

  /**
   * More is known of the lanes of a recording that goes on: there may be more of them, with other names,
   * and locks.
   */
  grow(laneNames: readonly string[], hasOneOrder: boolean): void {
    this.#laneNames = laneNames;
    this.#hasOneOrder = hasOneOrder;
    while (this.#lanes.length < laneNames.length) {
      const lane = emptyLane(this.#lanes.length, laneNames.length);
      this.#lanes.push(lane);
      this.#tracks.push(...SPAN_KINDS.map((kind) => lane[kind]));
    }
  }

  /** The tracks of a lane; those of a lane that there is not are empty. */
  lane(index: number): LaneTrack {
    return this.#lanes[index] ?? NO_SPANS;
  }

  /**
   * The holds of the process-wide lock in order of time, tagged with the lanes that held it. Empty
   * where no lock was held, and where each object has a lock of its own.
   */
  get lock(): SpanTrack {
    return this.#hasOneOrder ? this.#lock.update(this.#lanes) : NO_SPANS.hold;
  }

  /** Marks how much there is now; `snapshotAt` copies as much later, whatever is added meanwhile. */
  mark(): SnapshotMark {
    const lengths = this.#tracks.map(({ length }) => length);
    const holders = this.lock.tags;
    const slices = slicesFor(this.#spanCount) + slicesFor(holders.length);
    return { lengths, holders, slices };
  }

  /** Copies the timeline as it was when it was marked. */
  *snapshotAt({ lengths, holders }: SnapshotMark): CooperativeTask<Timeline> {
    const copy = new Timeline(this.lanes, this.#hasOneOrder, this.#laneNames);
    for (const [place, copied] of copy.#tracks.entries()) {
      const [track, length = 0] = [this.#tracks[place], lengths[place]];
      if (track === undefined || length === 0) continue;
      for (let index = 0; index < length; index += 1) {
        copied.push(track.startNs(index), track.endNs(index), track.tag(index));
        copy.#spanCount += 1;
        if (copy.#spanCount % SPANS_A_SLICE === 0) yield;
      }
      copy.#endNs = Math.max(copy.#endNs, copied.endNs(length - 1));
    }
    yield* copy.#lock.fill(copy.#lanes, holders);
    copy.interruptions = this.interruptions;
    copy.labels = this.labels;
    copy.holderLabels = this.holderLabels;
    return copy;
  }

  /** Which lanes held a lock in [startNs, endNs), whoever held it longest first. */
  holders(startNs: number, endNs: number): HolderShare[] {
    return holdersDuring(this.#lanes, startNs, endNs);
  }

  /** Adds packed spans. A lane or a kind that there is not is an error of the writer. */
  append(words: Float64Array): void {
    const halves = new Uint32Array(words.buffer, words.byteOffset, words.length * 2);
    for (let word = 0; word + SPAN_WORDS <= words.length; word += SPAN_WORDS) {
      const packed = halves[2 * word + 5] ?? 0;
      const track = this.#tracks[laneOf(packed) * SPAN_KINDS.length + (packed & 0xff)];
      if (track === undefined || (packed & 0xff) >= SPAN_KINDS.length) this.#refuse(packed);
      const endNs = words[word + 1] ?? 0;
      track.push(words[word] ?? 0, endNs, halves[2 * word + 4] ?? 0);
      if (endNs > this.#endNs) this.#endNs = endNs;
      this.#spanCount += 1;
    }
  }

  #refuse(packed: number): never {
    const kind = kindOf(packed);
    throw new RangeError(`${kind} span on lane ${laneOf(packed)} of ${this.lanes} lanes`);
  }
}

function slicesFor(spans: number): number {
  return Math.floor(spans / SPANS_A_SLICE);
}

/** Tracks without spans, of which no two of the lanes grow at the same length. */
function emptyLane(lane = 0, lanes = 1): LaneTrack {
  return byKind(
    (kind) => new SpanTrack((lane + SPAN_KINDS.indexOf(kind) / SPAN_KINDS.length) / lanes),
  );
}
