import type { Move } from './commands.js';
import type { TimeRange } from './time-window.js';
import { durationOf, panned, zoomed } from './view.js';

/** How fast a held key pans, in views a second, and zooms, as the exponent a second. */
const PAN_PER_SECOND = 1.1;
const ZOOM_PER_SECOND = 2.7;
/** A key moves the view for at least so long, however shortly it is pressed, in ms. */
const LEAST_MS = 150;
/** A frame counts for no longer than this, in ms, so that the view does not leap after a pause. */
const LONGEST_FRAME_MS = 50;

/** The range after moving it for a time. */
export function moved(range: TimeRange, whole: TimeRange, move: Move, forMs: number): TimeRange {
  const seconds = forMs / 1000;
  const panNs = durationOf(range) * PAN_PER_SECOND * seconds;
  const factor = Math.exp(ZOOM_PER_SECOND * seconds);
  const middle = (range.startNs + range.endNs) / 2;
  switch (move) {
    case 'pan left':
      return panned(range, whole, -panNs);
    case 'pan right':
      return panned(range, whole, panNs);
    case 'zoom in':
      return zoomed(range, whole, middle, factor);
    case 'zoom out':
      return zoomed(range, whole, middle, 1 / factor);
  }
}

/** Moves the view for as long as keys are held, frame by frame; in steps where motion is reduced. */
export class Motion {
  readonly #advance: (move: Move, forMs: number) => void;
  readonly #isReduced: () => boolean;
  /** The moves that are on: for how long they still go at least, in ms, and whether they are held. */
  readonly #moves = new Map<Move, { leastMs: number; held: boolean }>();
  #frame = 0;
  #lastMs = 0;

  constructor(advance: (move: Move, forMs: number) => void, isReduced: () => boolean) {
    this.#advance = advance;
    this.#isReduced = isReduced;
  }

  /** Handles a key press, and its repeats while the key is held. */
  begin(move: Move): void {
    if (this.#isReduced()) {
      this.#advance(move, LEAST_MS);
      return;
    }
    if (this.#moves.get(move)?.held === true) return;
    this.#moves.set(move, { leastMs: LEAST_MS, held: true });
    if (this.#frame !== 0) return;
    this.#lastMs = NaN;
    this.#request();
  }

  /** Handles a key release. */
  end(move: Move): void {
    const state = this.#moves.get(move);
    if (state !== undefined) state.held = false;
  }

  /** No key is held any longer, as far as can be known. */
  endAll(): void {
    for (const move of this.#moves.keys()) this.end(move);
  }

  /** Ends all moves at once, also those that would go on for a little: something else moves the view. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#moves.clear();
  }

  #request(): void {
    this.#frame = requestAnimationFrame((nowMs) => {
      this.#frame = 0;
      // Of the first frame it is not known how long it took.
      const sinceMs = Number.isNaN(this.#lastMs) ? 1000 / 60 : nowMs - this.#lastMs;
      this.#lastMs = nowMs;
      this.#run(Math.min(sinceMs, LONGEST_FRAME_MS));
      if (this.#moves.size > 0) this.#request();
    });
  }

  #run(frameMs: number): void {
    for (const [move, state] of this.#moves) {
      const forMs = state.held ? frameMs : Math.min(frameMs, state.leastMs);
      state.leastMs = Math.max(0, state.leastMs - frameMs);
      this.#advance(move, forMs);
      if (!state.held && state.leastMs === 0) this.#moves.delete(move);
    }
  }
}
