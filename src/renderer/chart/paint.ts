import { ColumnStrip, strength, type NewSurface } from './column-strip.js';
import { Hatch } from './hatch.js';
import {
  laneBands,
  lanesInSight,
  laneTop,
  type LaneBands,
  type LaneRows,
  type Stripe,
} from './lane-rows.js';
import { taskAround } from './hit-test.js';
import { laneColour, type Palette } from './palette.js';
import { outline, paintLabels, paintTrack, paintWaits, type Pen } from './paint-lane.js';
import { Holders } from './holders.js';
import { eachRun } from './pixel-runs.js';
import type { Geometry, Scene } from './scene.js';

/** The part of a 2D context that the chart is painted with. */
export type ChartPen = Pen &
  Clipping &
  Pick<CanvasRenderingContext2D, 'font' | 'textAlign' | 'textBaseline'>;

type Clipping = Pick<
  CanvasRenderingContext2D,
  'save' | 'restore' | 'translate' | 'clip' | 'beginPath' | 'rect'
>;

/** Sizes of type, in px. */
const NAME_PX = 12;
const SMALL_NAME_PX = 11;
const LABEL_PX = 11;
/** A block at least so high, in px, has room for a label. */
const LABELLED_HEIGHT = 15;

/** Places in the gutter left of the plot, in canvas pixels. */
const BAR_LEFT = 4;
const BAR_WIDTH = 3;
const NAME_LEFT = 14;

/** The bar that shows how far the lanes are scrolled. */
const SCROLLBAR_WIDTH = 4;

/** Paints scenes: the lock's row, the lanes in sight with their names, and the marked span. */
export class Painter {
  readonly #strip: ColumnStrip;
  readonly #hatch: Hatch;

  constructor(newSurface: NewSurface) {
    this.#strip = new ColumnStrip(newSurface);
    this.#hatch = new Hatch(newSurface);
  }

  /** Paints a scene; `ratio` is how many of the screen's pixels a CSS pixel is. */
  paint(pen: ChartPen, scene: Scene, geometry: Geometry, ratio: number): void {
    this.paintSpans(pen, scene, geometry, ratio);
    this.paintMarks(pen, scene, geometry);
  }

  /** Paints what points at spans: little, and quick however many there are. */
  paintMarks(pen: ChartPen, scene: Scene, geometry: Geometry): void {
    clipped(pen, geometry.plot, geometry.rows.area, () => {
      paintHover(pen, scene, geometry);
    });
  }

  /** Paints all but the marks. */
  paintSpans(pen: ChartPen, scene: Scene, geometry: Geometry, ratio: number): void {
    const { rows, plot } = geometry;
    const { palette } = scene;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    if (rows.lock !== null) paintLock(pen, scene, geometry, rows.lock);
    clipped(pen, { left: 0, width: plot.left }, rows.area, () => {
      paintNames(pen, rows, palette);
    });
    this.#hatch.use(palette.wait, ratio);
    clipped(pen, plot, rows.area, () => {
      this.#paintWork(pen, scene, geometry);
    });
    paintScrollbar(pen, geometry, palette);
  }

  #paintWork(pen: ChartPen, { timeline, palette }: Scene, { rows, window }: Geometry): void {
    pen.font = `${LABEL_PX}px ${palette.fontFamily}`;
    const widthOf = labelRuler(pen);
    eachLaneInSight(rows, (index, bands) => {
      const lane = timeline.lane(index);
      const paint = (kind: 'sleep' | 'compute' | 'hold', stripe: Stripe, colour: string) =>
        paintTrack(pen, this.#strip, lane[kind], window, stripe, colour);
      paintWaits(pen, this.#strip, lane.wait, window, bands.wait, this.#hatch);
      const sleeps = paint('sleep', bands.sleep, palette.sleep);
      const computes = paint('compute', bands.block, palette.compute);
      paint('hold', bands.hold, laneColour(palette, index));
      if (bands.block.height < LABELLED_HEIGHT) return;
      paintLabels(pen, lane.sleep, sleeps, bands.sleep, palette.onSleep, widthOf);
      paintLabels(pen, lane.compute, computes, bands.block, palette.onCompute, widthOf);
    });
  }
}

/** The lock's row: its holder over time, in the holder's colour. */
function paintLock(pen: ChartPen, scene: Scene, geometry: Geometry, stripe: Stripe): void {
  const { palette } = scene;
  const { lock } = scene.timeline;
  const holders = new Holders(scene.timeline);
  pen.font = `${NAME_PX}px ${palette.fontFamily}`;
  pen.fillStyle = palette.text;
  pen.fillText('lock', NAME_LEFT, Math.round(stripe.top + stripe.height / 2));
  clipped(pen, geometry.plot, stripe, () => {
    eachRun(lock, geometry.window, (x, right, coverage, first, next) => {
      const isBlock = right - x >= 4;
      const left = Math.round(x);
      pen.globalAlpha = strength(coverage);
      pen.fillStyle = laneColour(palette, holders.of(first, next));
      if (isBlock) pen.fillRect(left, stripe.top, Math.round(right) - left - 1, stripe.height);
      else pen.fillRect(x, stripe.top, right - x, stripe.height);
    });
    pen.globalAlpha = 1;
  });
}

/** The lanes' names, each with a bar in its colour. */
function paintNames(pen: ChartPen, rows: LaneRows, palette: Palette): void {
  const size = rows.laneHeight >= 18 ? NAME_PX : SMALL_NAME_PX;
  pen.font = `${size}px ${palette.fontFamily}`;
  eachLaneInSight(rows, (lane, { block, hold }) => {
    const height = block.top + block.height - hold.top;
    pen.fillStyle = laneColour(palette, lane);
    pen.fillRect(BAR_LEFT, hold.top, BAR_WIDTH, height);
    pen.fillStyle = palette.textMuted;
    pen.fillText(`lane ${lane}`, NAME_LEFT, Math.round(block.top + block.height / 2));
  });
}

/** The outlines of the span under the pointer and of the whole task that it belongs to. */
function paintHover(pen: ChartPen, scene: Scene, { rows, window }: Geometry): void {
  const { hover, palette, timeline } = scene;
  if (hover === null) return;
  const bands = laneBands(laneTop(rows, hover.lane), rows.laneHeight);
  const { block, hold, sleep, wait } = bands;
  const whole = { top: hold.top, height: hold.height + block.height };
  const task = taskAround(timeline, hover);
  if (task !== null) outline(pen, window, task, whole, palette.textMuted);
  const stripes = { task: whole, wait, hold, compute: block, sleep };
  outline(pen, window, hover, stripes[hover.kind], palette.text);
}

function paintScrollbar(pen: ChartPen, { rows, plot }: Geometry, palette: Palette): void {
  if (rows.maxScroll === 0) return;
  const { area, scroll, maxScroll } = rows;
  const height = Math.max(24, area.height ** 2 / (area.height + maxScroll));
  const top = area.top + (scroll / maxScroll) * (area.height - height);
  pen.globalAlpha = 0.5;
  pen.fillStyle = palette.textMuted;
  pen.beginPath();
  pen.roundRect(plot.left + plot.width + 2, top, SCROLLBAR_WIDTH, height, SCROLLBAR_WIDTH / 2);
  pen.fill();
  pen.globalAlpha = 1;
}

function eachLaneInSight(rows: LaneRows, visit: (lane: number, bands: LaneBands) => void): void {
  const { first, next } = lanesInSight(rows);
  for (let lane = first; lane < next; lane += 1) {
    visit(lane, laneBands(laneTop(rows, lane), rows.laneHeight));
  }
}

/** Paints within the part of a stripe that begins at `left`, which becomes x = 0. */
function clipped(
  pen: Clipping,
  { left, width }: { readonly left: number; readonly width: number },
  { top, height }: Stripe,
  paint: () => void,
): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.translate(left, 0);
  paint();
  pen.restore();
}

/** Measures labels of `#` and digits by their number of characters, with one look at the font. */
function labelRuler(pen: Pen): (label: string) => number {
  const digit = pen.measureText('0').width;
  const sign = pen.measureText('#').width;
  return (label) => sign + (label.length - 1) * digit;
}
