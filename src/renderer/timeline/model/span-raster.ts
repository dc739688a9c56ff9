import { SpanTrack } from '../../../recording/span-track.js';
import { timeOf, type TimeWindow } from './time-window.js';

/** Spans at least so wide, in pixels, are shown on their own. */
const OWN_WIDTH_PX = 1;

/** A track with so many spans in a pixel, on the mean over the view, is asked for its blocks. */
const DENSE_SPANS_PER_PX = 16;
/** How long a block may be, in pixels, to stand for its spans. */
const BLOCK_PX = 0.5;
/** So many spans are looked at one after another before a search is begun. */
const NEAR_SPANS = 32;

/**
 * Rasters spans into rectangles, in time that depends on the width and not on how many spans there are.
 *
 * A span of at least a pixel is a rectangle of its own, exact to the fraction of a pixel. Shorter
 * ones share their pixel column, which gets one rectangle with the share of its time that they
 * cover. The rectangles do not overlap, every span lies in one, and width times coverage summed is
 * the covered time: so nothing is lost and nothing flickers, at whichever zoom. Where dozens of
 * spans lie in a column, the track's blocks tell where one column ends and the next begins, to
 * within half a pixel; the sum stays what it is.
 *
 * A run goes from `x` to `right` in pixels, of which spans cover a share (`coverage`, 0 to 1), those
 * from `first` to before `next`. A span that reaches over a column's edge is shown in both columns.
 * Runs are kept in columns that are used again for the next track: thousands are found for each
 * frame, and an object or a call for each would cost more than finding them.
 */
export class SpanRaster {
  #length = 0;
  /** How wide a column is, in px; all x are kept in columns. */
  #columnPx = 1;
  #x = new Float64Array(0);
  #right = new Float64Array(0);
  #coverage = new Float64Array(0);
  #first = new Uint32Array(0);
  #next = new Uint32Array(0);
  /** The track that the runs are of. */
  #track = new SpanTrack();

  /** How many runs there are. */
  get length(): number {
    return this.#length;
  }

  x(run: number): number {
    return this.#columnPx * (this.#x[run] ?? NaN);
  }

  right(run: number): number {
    return this.#columnPx * (this.#right[run] ?? NaN);
  }

  /** The column that it begins in. */
  column(run: number): number {
    return Math.floor(this.#x[run] ?? NaN);
  }

  coverage(run: number): number {
    return this.#coverage[run] ?? NaN;
  }

  first(run: number): number {
    return this.#first[run] ?? NaN;
  }

  next(run: number): number {
    return this.#next[run] ?? NaN;
  }

  /** Whether a run's last span goes on without a break in the next one, as pieces of one span do. */
  goesOn(run: number): boolean {
    return goesOnAfter(this.#track, this.next(run) - 1);
  }

  /** Whether a run's first span goes on from the one before. */
  comesFrom(run: number): boolean {
    return goesOnAfter(this.#track, this.first(run) - 1);
  }

  /**
   * Finds the runs of a track, from left to right, in place of those found before. Written out in
   * one piece, as it is most of the work of a frame: calls in its loop were measured to double it.
   *
   * @param columnPx how wide a column is, in px; what is narrower than that shares one
   */
  find(track: SpanTrack, inPx: TimeWindow, columnPx = 1): this {
    const window = {
      startNs: inPx.startNs,
      nsPerPx: inPx.nsPerPx * columnPx,
      widthPx: inPx.widthPx / columnPx,
    };
    this.#track = track;
    this.#columnPx = columnPx;
    this.#begin(window.widthPx);
    if (track.length === 0) return this;
    const { startNs: originNs, nsPerPx, widthPx } = window;
    const { length } = track;
    const { ends, sums } = track.columns;
    const blockNs = longestBlockNs(track, window);
    const ownNs = OWN_WIDTH_PX * nsPerPx;
    let index = track.firstAt(originNs);
    /** All left of x has been visited, and the time covered before it is known where it is a number. */
    let x = 0;
    let coveredNs = NaN;
    while (index < length && x < widthPx) {
      // Many short spans to a column: its blocks hold all of it, and its spans are not looked at.
      if (blockNs > 0 && !Number.isNaN(coveredNs)) {
        const to = x + 1 < widthPx ? x + 1 : widthPx;
        const toNs = originNs + to * nsPerPx;
        const next = track.blockAround(toNs, blockNs, index) ?? 0;
        if (next > index) {
          const afterNs = track.coveredInBlock(next, toNs);
          const share = (afterNs - coveredNs) / ((to - x) * nsPerPx);
          this.#add(x, to, share < 0 ? 0 : share > 1 ? 1 : share, index, next);
          x = to;
          coveredNs = afterNs;
          index = next;
          continue;
        }
      }
      const sumNs = index > 0 ? (sums[index - 1] ?? 0) : 0;
      const endNs = ends[index] ?? 0;
      const durationNs = (sums[index] ?? 0) - sumNs;
      const spanNs = endNs - durationNs;
      const spanX = (spanNs - originNs) / nsPerPx;
      if (spanX >= widthPx) break;
      const left = spanX > x ? spanX : x;
      if (durationNs >= ownNs) {
        const right = Math.min((endNs - originNs) / nsPerPx, widthPx);
        if (right > left) this.#add(left, right, 1, index, index + 1);
        if (right > x) x = right;
        coveredNs = NaN;
        index += 1;
        continue;
      }
      // A column of short spans: from where its first one may be to the column's end.
      const column = Math.floor(left);
      let from = x;
      if (column > x) {
        from = column;
        coveredNs = NaN;
      }
      const beforeNs = Number.isNaN(coveredNs)
        ? sumNs + Math.max(0, originNs + from * nsPerPx - spanNs)
        : coveredNs;
      let to = column + 1;
      if (to > widthPx) to = widthPx;
      const toNs = originNs + to * nsPerPx;
      // The first span that ends after the column, and the time covered up to there.
      let next = index;
      const near = Math.min(length, index + NEAR_SPANS);
      while (next < near && (ends[next] ?? 0) <= toNs) next += 1;
      if (next === near && near < length) next = track.firstEndingAfter(toNs, near);
      let afterNs = next > 0 ? (sums[next - 1] ?? 0) : 0;
      if (next < length) {
        const begin = (ends[next] ?? 0) - ((sums[next] ?? 0) - afterNs);
        if (toNs > begin) afterNs += toNs - begin;
      }
      // A wide span that begins in the column ends it; a short one is shown in it too.
      let shown = next;
      if (next < length) {
        const sumNextNs = next > 0 ? (sums[next - 1] ?? 0) : 0;
        const longNs = (sums[next] ?? 0) - sumNextNs;
        const nextX = ((ends[next] ?? 0) - longNs - originNs) / nsPerPx;
        if (nextX < to) {
          if (longNs >= ownNs) {
            to = nextX;
            afterNs = sumNextNs;
          } else shown = next + 1;
        }
      }
      if (to > from) {
        const share = (afterNs - beforeNs) / ((to - from) * nsPerPx);
        this.#add(from, to, Math.min(1, Math.max(0, share)), index, shown);
      }
      if (to > x) x = to;
      coveredNs = afterNs;
      index = next;
    }
    return this;
  }

  #add(x: number, right: number, coverage: number, first: number, next: number): void {
    const run = this.#length;
    this.#x[run] = x;
    this.#right[run] = right;
    this.#coverage[run] = coverage;
    this.#first[run] = first;
    this.#next[run] = next;
    this.#length = run + 1;
  }

  /** Makes room: a column has at most a part of its own and a span that begins in it. */
  #begin(widthPx: number): void {
    this.#length = 0;
    const most = 2 * Math.ceil(widthPx) + 2;
    if (this.#x.length >= most) return;
    this.#x = new Float64Array(most);
    this.#right = new Float64Array(most);
    this.#coverage = new Float64Array(most);
    this.#first = new Uint32Array(most);
    this.#next = new Uint32Array(most);
  }
}

/** Whether the span after another begins where that ends, with the same tag. */
function goesOnAfter(track: SpanTrack, index: number): boolean {
  const next = index + 1;
  if (index < 0 || next >= track.length) return false;
  return track.endNs(index) === track.startNs(next) && track.tag(index) === track.tag(next);
}

/** How long a block may be to stand for its spans, in ns; 0 where spans are looked at one by one. */
function longestBlockNs(track: SpanTrack, window: TimeWindow): number {
  const { startNs, nsPerPx, widthPx } = window;
  const first = track.firstEndingAfter(startNs);
  const spans = track.firstEndingAfter(timeOf(window, widthPx), first) - first;
  return spans > DENSE_SPANS_PER_PX * widthPx ? BLOCK_PX * nsPerPx : 0;
}
