/** A view that takes longer than this to paint is painted coarsely while it moves, in ms. */
const BUDGET_MS = 4;

/** Paintings that follow each other so soon, in ms, are of a view that moves. */
const MOVING_MS = 100;

/** Wider columns would be seen as such. */
const WIDEST_COLUMN_PX = 3;

/**
 * Chooses how wide the timeline's columns are: one pixel, or a few while the view moves and painting
 * takes longer than a frame allows. It measures each painting, so that fast machines always paint
 * finely and slow ones still move smoothly.
 */
export class AdaptiveResolution {
  #columnPx = 1;
  /** When the last painting began, and what the last fine one took, in ms. */
  #beganMs = -Infinity;
  #fineMs = 0;

  /** Time after which a view that was painted coarsely is to be painted finely, in ms. */
  static readonly RESTED_MS = MOVING_MS + 20;

  /** A painting begins: how wide its columns are, in px. */
  begin(nowMs: number): number {
    const isMoving = nowMs - this.#beganMs < MOVING_MS;
    const needed = Math.ceil(this.#fineMs / BUDGET_MS);
    this.#columnPx = isMoving ? Math.min(WIDEST_COLUMN_PX, Math.max(1, needed)) : 1;
    this.#beganMs = nowMs;
    return this.#columnPx;
  }

  /** It has ended. */
  end(nowMs: number): void {
    if (!this.isCoarse) this.#fineMs = nowMs - this.#beganMs;
  }

  /** The last painting was a coarse one. */
  get isCoarse(): boolean {
    return this.#columnPx > 1;
  }
}
