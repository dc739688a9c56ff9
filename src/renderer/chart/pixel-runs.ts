import type { SpanTrack } from '../../shared/timeline-track.js';
import { timeOf, xOf, type TimeWindow } from './time-window.js';

/**
 * Spans as rectangles, in time that depends on the width and not on how many spans there are.
 *
 * A span of at least a pixel is a rectangle of its own, exact to the fraction of a pixel. Shorter
 * ones share their pixel column, which gets one rectangle with the share of its time that they
 * cover. The rectangles do not overlap, every span lies in one, and width times coverage summed is
 * the covered time: so nothing is lost and nothing flickers, at whichever zoom. Where hundreds of
 * spans lie in a column, the track's blocks tell where one column ends and the next begins, to
 * within a quarter of a pixel; the sum stays what it is.
 */

/**
 * A rectangle: from `x` to `right` in pixels, the share of it that spans cover (0 to 1), and the
 * spans that it shows, from `first` to before `next`. A span that reaches over a column's edge is
 * shown in both columns.
 */
export type VisitRun = (
  x: number,
  right: number,
  coverage: number,
  first: number,
  next: number,
) => void;

/** Spans at least so wide, in pixels, are shown on their own. */
const OWN_WIDTH_PX = 1;

/** Visits the rectangles of a track, from left to right. */
export function eachRun(track: SpanTrack, window: TimeWindow, visit: VisitRun): void {
  const { widthPx } = window;
  const covered = new CoveredTime(track, window);
  let index = track.firstAt(window.startNs);
  /** All left of here has been visited. */
  let x = 0;
  while (index < track.length && x < widthPx) {
    const spanX = xOf(window, track.startNs(index));
    const spanRight = xOf(window, track.endNs(index));
    if (spanX >= widthPx) return;
    const left = Math.max(spanX, x);
    if (spanRight - spanX >= OWN_WIDTH_PX) {
      const right = Math.min(spanRight, widthPx);
      if (right > left) visit(left, right, 1, index, index + 1);
      x = Math.max(x, right);
      index += 1;
      continue;
    }
    const column = Math.floor(left);
    const from = Math.max(column, x);
    let to = Math.min(column + 1, widthPx);
    const next = covered.seek(to, index);
    let shown = next;
    const nextX = next < track.length ? xOf(window, track.startNs(next)) : widthPx;
    if (nextX < to) {
      const isWide = xOf(window, track.endNs(next)) - nextX >= OWN_WIDTH_PX;
      if (isWide) to = nextX;
      else shown = next + 1;
    }
    if (to > from) visit(from, to, covered.share(from, index, to), index, shown);
    x = Math.max(x, to);
    index = next;
  }
}

/** A track with so many spans in a pixel, on the mean over the view, is asked for its blocks. */
const DENSE_SPANS_PER_PX = 64;
/** How long a block may be, in pixels, to stand for its spans. */
const BLOCK_PX = 0.25;

/** The time that a track covers between two x; asked from left to right, each x is looked up once. */
class CoveredTime {
  readonly #track: SpanTrack;
  readonly #window: TimeWindow;
  /** 0 where spans are looked at one by one. */
  readonly #toleranceNs: number;
  #x = NaN;
  #coveredNs = 0;
  /** The x that was sought last, and the time covered before it. */
  #soughtX = NaN;
  #soughtNs = 0;

  constructor(track: SpanTrack, window: TimeWindow) {
    const spans =
      track.firstEndingAfter(timeOf(window, window.widthPx)) -
      track.firstEndingAfter(window.startNs);
    const isDense = spans > DENSE_SPANS_PER_PX * window.widthPx;
    this.#track = track;
    this.#window = window;
    this.#toleranceNs = isDense ? BLOCK_PX * window.nsPerPx : 0;
  }

  /**
   * The first span that ends after an x and is not before `from`; where blocks are as good, the
   * first of the block there, which may end by as much as a block before x.
   */
  seek(x: number, from: number): number {
    const track = this.#track;
    const timeNs = timeOf(this.#window, x);
    this.#soughtX = x;
    if (this.#toleranceNs > 0) {
      const first = track.blockAround(timeNs, this.#toleranceNs, from);
      if (first !== undefined) {
        this.#soughtNs = track.coveredInBlock(first, timeNs);
        return Math.max(first, from);
      }
    }
    const next = track.firstEndingAfter(timeNs, from);
    this.#soughtNs = track.coveredBefore(timeNs, next);
    return next;
  }

  /** The share covered, 0 to 1; `first` is the span that `from` was reached with. */
  share(from: number, first: number, to: number): number {
    const after = to === this.#soughtX ? this.#soughtNs : this.#before(to, first);
    const before = from === this.#x ? this.#coveredNs : this.#before(from, first);
    this.#coveredNs = after;
    this.#x = to;
    const share = (after - before) / ((to - from) * this.#window.nsPerPx);
    return Math.min(1, Math.max(0, share));
  }

  #before(x: number, from: number): number {
    const timeNs = timeOf(this.#window, x);
    return this.#track.coveredBefore(timeNs, this.#track.firstEndingAfter(timeNs, from));
  }
}
