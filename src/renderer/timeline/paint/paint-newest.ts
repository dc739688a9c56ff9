import type { SpanTrack } from '../../../recording/span-track.js';
import { Columns, strength } from './column-strip.js';
import { HATCH_STRENGTH } from './hatch.js';
import { dominantHolderAmong } from '../model/dominant-holder.js';
import { laneBands, laneTop, sectionsInSight, type Stripe } from '../model/lane-rows.js';
import { crisp } from './paint-lane.js';
import { laneColour } from '../../ui/palette.js';
import { SpanRaster } from '../model/span-raster.js';
import type { Geometry, Scene } from './scene.js';
import { timeOf, xOf, type TimeWindow } from '../model/time-window.js';

/** The part of a 2D context that newest spans are painted with; its origin is the plot's corner. */
export type NewestPen = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'globalAlpha' | 'fillRect' | 'save' | 'restore' | 'beginPath' | 'rect' | 'clip'
>;

/** Rectangles at least so wide, in px, are set on whole pixels. */
const CRISP_PX = 3;

/** The kinds that a lane's row shows, those that lie over others last. */
const KINDS = ['wait', 'queued', 'blocked', 'sleep', 'compute', 'hold'] as const;

/** What lies under the spans: the surface with the marks' lines at some x. */
interface Ground {
  readonly surface: string;
  readonly grid: string;
  readonly linesX: readonly number[];
}

/**
 * Paints what a timeline has got since it was painted last: in each row the columns from the first
 * new span on, and nothing else. So what it takes does not depend on the size of the picture. It is
 * coarser than a whole painting: without the tasks' numbers and without hatching.
 */
export class NewestPainter {
  /** For each lane and kind, how many spans have been painted. */
  readonly #painted = new Map<SpanTrack, number>();

  /** Forgets the timeline that was painted: nothing of it counts as painted. */
  forget(): void {
    this.#painted.clear();
  }

  /** All that the timeline has is painted. */
  settle({ timeline }: Scene): void {
    this.forget();
    for (let lane = 0; lane < timeline.lanes; lane += 1) {
      for (const kind of KINDS) {
        const track = timeline.lane(lane)[kind];
        this.#painted.set(track, track.length);
      }
    }
  }

  /** Nothing is painted of a timeline yet. */
  clear(pen: NewestPen, { plot }: Geometry, ground: Ground): void {
    this.forget();
    erase(pen, ground, { top: 0, height: plot.height }, 0, plot.width);
  }

  /** Paints what is new into its columns; `geometry` is that of the picture as a whole. */
  paint(pen: NewestPen, scene: Scene, { plot, rows, window }: Geometry, ground: Ground): void {
    const { timeline, palette } = scene;
    const right = Math.min(window.widthPx, Math.ceil(xOf(window, timeline.endNs)));
    const lockX = rows.lock === null ? Infinity : this.#firstNewHoldX(scene, window);
    for (const { area, lanes } of sectionsInSight(rows)) {
      pen.save();
      pen.beginPath();
      pen.rect(0, area.top - plot.top, window.widthPx, area.height);
      pen.clip();
      for (const index of lanes) {
        const lane = timeline.lane(index);
        const x = Math.min(...KINDS.map((kind) => this.#firstNewX(window, lane[kind])));
        if (x >= right) continue;
        const top = laneTop(rows, index) - plot.top;
        const bands = laneBands(top, rows.laneHeight);
        erase(pen, ground, { top, height: rows.laneHeight }, x, right);
        const colours = { ...palette, hold: laneColour(palette, index) };
        const hold = timeline.labels === null ? bands.hold : bands.block;
        const stripes = { ...bands, compute: bands.block, hold };
        for (const kind of KINDS) {
          pen.fillStyle = colours[kind];
          // As strong as the hatch is on the mean, which would take too long here.
          const most = kind === 'wait' ? HATCH_STRENGTH : 1;
          paintSpans(pen, lane[kind], window, stripes[kind], x, right, most);
        }
      }
      pen.restore();
    }
    if (rows.lock !== null && lockX < right) {
      const stripe = { top: rows.lock.top - plot.top, height: rows.lock.height };
      erase(pen, ground, stripe, lockX, right);
      paintHolds(pen, scene, window, stripe, lockX, right);
    }
    this.settle(scene);
  }

  /** Of all lanes, also those that are out of sight. */
  #firstNewHoldX({ timeline }: Scene, window: TimeWindow): number {
    let x = Infinity;
    for (let lane = 0; lane < timeline.lanes; lane += 1) {
      x = Math.min(x, this.#firstNewX(window, timeline.lane(lane).hold));
    }
    return x;
  }

  /** Where the first span lies that is not painted; Infinity where all are. */
  #firstNewX(window: TimeWindow, track: SpanTrack): number {
    const painted = this.#painted.get(track) ?? 0;
    if (painted >= track.length) return Infinity;
    const startNs = track.startNs(painted);
    // Where it goes on from the span before, that had a gap after it.
    const gapPx = track.endNs(painted - 1) === startNs ? 1 : 0;
    return Math.max(0, Math.floor(xOf(window, startNs)) - gapPx);
  }
}

/** The runs of the track that is being painted, and how much they cover of each column. */
const runs = new SpanRaster();
const columns = new Columns();

/** Paints a track's spans between two whole x, each column as strongly as it is covered, up to `most`. */
function paintSpans(
  pen: NewestPen,
  track: SpanTrack,
  window: TimeWindow,
  { top, height }: Stripe,
  x: number,
  right: number,
  most: number,
): void {
  columns.begin(right - x);
  for (const { left, end, coverage } of placesOf(track, window, x, right)) {
    columns.add(left - x, end - x, coverage);
  }
  // Column by column, as neighbours that meet within a pixel would leave a seam.
  const { coverage } = columns;
  for (let from = 0, to = 1; from < coverage.length; from = to, to += 1) {
    const shown = strength(coverage[from] ?? 0);
    while (to < coverage.length && strength(coverage[to] ?? 0) === shown) to += 1;
    if (shown === 0) continue;
    pen.globalAlpha = most * shown;
    pen.fillRect(x + from, top, to - from, height);
  }
  pen.globalAlpha = 1;
}

/** Paints the lock's holds between two whole x, each column in a colour of those who hold in it. */
function paintHolds(
  pen: NewestPen,
  { timeline, palette }: Scene,
  window: TimeWindow,
  { top, height }: Stripe,
  x: number,
  right: number,
): void {
  const { lock } = timeline;
  for (const { left, end, coverage, first, next } of placesOf(lock, window, x, right)) {
    const from = Math.floor(left);
    const holds = { first, next, startNs: timeOf(window, left), endNs: timeOf(window, end) };
    pen.globalAlpha = strength(coverage);
    pen.fillStyle = laneColour(palette, dominantHolderAmong(timeline, holds));
    pen.fillRect(from, top, Math.ceil(end) - from, height);
  }
  pen.globalAlpha = 1;
}

/** A run's place in the picture. */
interface RunPlace {
  readonly left: number;
  readonly end: number;
  readonly coverage: number;
  readonly first: number;
  readonly next: number;
}

/** The places of a track's runs between two whole x. */
function* placesOf(
  track: SpanTrack,
  window: TimeWindow,
  x: number,
  right: number,
): Generator<RunPlace> {
  const { nsPerPx } = window;
  runs.find(track, { startNs: timeOf(window, x), nsPerPx, widthPx: right - x });
  for (let run = 0; run < runs.length; run += 1) {
    const first = runs.first(run);
    const next = runs.next(run);
    // A block that begins further left ends where it would if all of it were painted.
    const startX = xOf(window, track.startNs(first));
    const endX = xOf(window, track.endNs(first));
    const isBlock = next - first === 1 && endX - startX >= CRISP_PX;
    const place = isBlock
      ? crisp(startX, endX, runs.goesOn(run))
      : { x: x + runs.x(run), width: runs.right(run) - runs.x(run) };
    const left = Math.max(x, place.x);
    const end = Math.min(right, place.x + place.width);
    if (end > left) yield { left, end, coverage: runs.coverage(run), first, next };
  }
}

function erase(
  pen: NewestPen,
  { surface, grid, linesX }: Ground,
  { top, height }: Stripe,
  x: number,
  right: number,
): void {
  pen.fillStyle = surface;
  pen.fillRect(x, top, right - x, height);
  pen.fillStyle = grid;
  for (const lineX of linesX) {
    if (lineX >= x && lineX < right) pen.fillRect(lineX, top, 1, height);
  }
}
