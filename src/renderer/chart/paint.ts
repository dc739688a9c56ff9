import { ColumnStrip, strength, type NewSurface, type Strip } from './column-strip.js';
import { Hatch } from './hatch.js';
import {
  laneBands,
  laneTop,
  sectionsInSight,
  type LaneBands,
  type LaneRows,
  type Section,
  type Stripe,
} from './lane-rows.js';
import { laneColour, type Palette } from './palette.js';
import { Holders } from './holders.js';
import { paintLabels, paintTrack, paintWaits, type Pen } from './paint-lane.js';
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

/** Paints scenes: the lock's row, and the lanes in sight with their names. */
export class Painter {
  readonly #strip: Strip;
  readonly #hatch: Hatch;

  constructor(newSurface: NewSurface, strip: Strip = new ColumnStrip(newSurface)) {
    this.#strip = strip;
    this.#hatch = new Hatch(newSurface);
  }

  /** Paints a scene; `ratio` is how many of the screen's pixels a CSS pixel is. */
  paint(pen: ChartPen, scene: Scene, geometry: Geometry, ratio: number): void {
    const { rows, plot } = geometry;
    const { palette } = scene;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    if (rows.lock !== null) paintLock(pen, scene, geometry, rows.lock);
    this.#hatch.use(palette.wait, ratio);
    for (const section of sectionsInSight(rows)) {
      clipped(pen, { left: 0, width: plot.left }, section.area, () => {
        paintNames(pen, rows, section, palette);
      });
      clipped(pen, plot, section.area, () => {
        this.#paintWork(pen, scene, geometry, section);
      });
    }
    paintScrollbar(pen, geometry, palette);
  }

  #paintWork(
    pen: ChartPen,
    { timeline, palette }: Scene,
    { rows, window }: Geometry,
    section: Section,
  ): void {
    pen.font = `${LABEL_PX}px ${palette.fontFamily}`;
    const widthOf = labelRuler(pen);
    eachLane(rows, section, (index, bands) => {
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
function paintNames(pen: ChartPen, rows: LaneRows, section: Section, palette: Palette): void {
  const size = rows.laneHeight >= 18 ? NAME_PX : SMALL_NAME_PX;
  pen.font = `${size}px ${palette.fontFamily}`;
  eachLane(rows, section, (lane, { block, hold }) => {
    const height = block.top + block.height - hold.top;
    pen.fillStyle = laneColour(palette, lane);
    pen.fillRect(BAR_LEFT, hold.top, BAR_WIDTH, height);
    pen.fillStyle = palette.textMuted;
    pen.fillText(`lane ${lane}`, NAME_LEFT, Math.round(block.top + block.height / 2));
  });
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

function eachLane(
  rows: LaneRows,
  { lanes }: Section,
  visit: (lane: number, bands: LaneBands) => void,
): void {
  for (const lane of lanes) visit(lane, laneBands(laneTop(rows, lane), rows.laneHeight));
}

/** Paints within the part of a stripe that begins at `left`, which becomes x = 0. */
export function clipped(
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
