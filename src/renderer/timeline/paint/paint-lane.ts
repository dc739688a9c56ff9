import type { SpanTrack } from '../../../recording/span-track.js';
import type { Columns } from './column-strip.js';
import type { Stripe } from '../model/lane-rows.js';
import type { SpanRaster } from '../model/span-raster.js';
import { timeOf, xOf, type TimeWindow } from '../model/time-window.js';

/** The part of a 2D context that spans are painted with; x = 0 is the plot's left edge. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'beginPath'
  | 'rect'
  | 'roundRect'
  | 'fill'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'measureText'
  | 'drawImage'
>;

/** Rectangles at least so wide, in px, are set on whole pixels. */
const CRISP_PX = 3;
/** Those at least so wide end a pixel early, so that neighbours stay distinct. */
const GAP_FROM_PX = 5;
/** Those at least so wide have round corners, and room for a label. */
const BLOCK_PX = 10;
const CORNER_PX = 2;
const LABEL_PADDING_PX = 6;
/** A task at least so wide has a band that binds together what its lane did in it. */
const BAND_PX = 6;
/** How strong the band is, 0 to 1. */
const BAND_ALPHA = 0.09;

/** A span that is seen by itself, on whole pixels. */
export interface Block {
  /** Its place on its track. */
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

/** Sets a rectangle on whole pixels, with a gap after it where there is room for one and it does not go on. */
export function crisp(x: number, right: number, goesOn = false): { x: number; width: number } {
  const left = Math.round(x);
  return { x: left, width: crispRight(x, right, goesOn) - left };
}

function crispRight(x: number, right: number, goesOn: boolean): number {
  return Math.round(right) - (right - x >= GAP_FROM_PX && !goesOn ? 1 : 0);
}

/**
 * Adds runs to columns, those that are wide enough on whole pixels. `onBlock` gets what is wide
 * enough to be a block, and says whether the block is painted by itself.
 */
export function addRuns(
  runs: SpanRaster,
  columns: Columns,
  onBlock: (block: Block) => boolean,
): void {
  for (let run = 0; run < runs.length; run += 1) addRun(runs, run, columns, onBlock);
}

/** Adds one of the runs, as `addRuns` does. */
export function addRun(
  runs: SpanRaster,
  run: number,
  columns: Columns,
  onBlock: (block: Block) => boolean,
): void {
  const x = runs.x(run);
  const right = runs.right(run);
  if (right - x < CRISP_PX) {
    columns.add(x, right, runs.coverage(run));
    return;
  }
  const goesOn = runs.goesOn(run);
  // Pieces of one span have no corners between them.
  const isBlock = right - x >= BLOCK_PX && !goesOn && !runs.comesFrom(run);
  // Thousands of these make a frame, and an object for each would be felt.
  const isOwn = isBlock && onBlock({ index: runs.first(run), ...crisp(x, right) });
  if (!isOwn) columns.add(Math.round(x), crispRight(x, right, goesOn), 1);
}

/** Paints blocks with round corners. */
export function paintBlocks(
  pen: Pen,
  blocks: readonly Block[],
  { widthPx }: TimeWindow,
  { top, height }: Stripe,
  colour: string,
): void {
  if (blocks.length === 0) return;
  pen.fillStyle = colour;
  pen.beginPath();
  for (const { x, width } of blocks) {
    // What goes on beyond an edge of the plot has no corners there.
    const left = x <= 0 ? -CORNER_PX : x;
    const right = x + width >= widthPx - 1 ? widthPx + CORNER_PX : x + width;
    pen.roundRect(left, top, right - left, height, CORNER_PX);
  }
  pen.fill();
}

/**
 * The tasks that are wide enough for a band. Each of them reaches over one of the places a band's
 * width apart, so that looking there finds them all, however many tasks there are.
 */
export function bandedTasks(tasks: SpanTrack, window: TimeWindow): Block[] {
  const found: Block[] = [];
  const leastNs = BAND_PX * window.nsPerPx;
  let next = 0;
  let last = -1;
  for (let x = 0; x < window.widthPx + BAND_PX && next < tasks.length; x += BAND_PX) {
    const timeNs = timeOf(window, x);
    next = tasks.firstEndingAfter(timeNs, next);
    if (next === last || next >= tasks.length) continue;
    if (tasks.startNs(next) > timeNs || tasks.durationNs(next) < leastNs) continue;
    last = next;
    const left = Math.max(-CORNER_PX, xOf(window, tasks.startNs(next)));
    const right = Math.min(window.widthPx + CORNER_PX, xOf(window, tasks.endNs(next)));
    found.push({ index: next, ...crisp(left, right) });
  }
  return found;
}

/** Paints a faint band behind each task. */
export function paintBands(
  pen: Pen,
  bands: readonly Block[],
  { top, height }: Stripe,
  colour: string,
): void {
  if (bands.length === 0) return;
  pen.globalAlpha = BAND_ALPHA;
  pen.fillStyle = colour;
  pen.beginPath();
  for (const { x, width } of bands) pen.rect(x, top, width, height);
  pen.fill();
  pen.globalAlpha = 1;
}

/** What labels are written with: their colours, and how wide each is, in px. */
export interface LabelStyle {
  readonly colour: string;
  /** What lies behind the label; nothing where it is null. */
  readonly plate: string | null;
  readonly widthOf: (label: string) => number;
}

/** Writes the numbers of tasks onto those blocks that have room for them. */
export function paintLabels(
  pen: Pen,
  track: SpanTrack,
  blocks: readonly Block[],
  { top, height }: Stripe,
  { colour, plate, widthOf }: LabelStyle,
): void {
  const middle = Math.round(top + height / 2);
  for (const { index, x, width } of blocks) {
    const label = `#${track.tag(index)}`;
    const labelWidth = widthOf(label);
    if (width < labelWidth + 2 * LABEL_PADDING_PX) continue;
    if (plate !== null) {
      pen.fillStyle = plate;
      pen.fillRect(x + LABEL_PADDING_PX - 3, top + 1, labelWidth + 6, height - 2);
    }
    pen.fillStyle = colour;
    pen.fillText(label, x + LABEL_PADDING_PX, middle);
  }
}

/** Outlines a span in a stripe. */
export function outline(
  pen: Pen,
  window: TimeWindow,
  span: { readonly startNs: number; readonly endNs: number },
  { top, height }: Stripe,
  colour: string,
): void {
  const x = Math.max(-4, xOf(window, span.startNs));
  const right = Math.min(window.widthPx + 4, xOf(window, span.endNs));
  const place = crisp(x, Math.max(right, x + 2));
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.strokeRect(place.x - 0.5, top - 0.5, place.width + 1, height + 1);
}
