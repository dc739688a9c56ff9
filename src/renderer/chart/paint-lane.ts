import type { SpanTrack } from '../../shared/timeline-track.js';
import type { Strip } from './column-strip.js';
import type { Hatch } from './hatch.js';
import type { Stripe } from './lane-rows.js';
import { eachRun } from './pixel-runs.js';
import { xOf, type TimeWindow } from './time-window.js';

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

/** Rectangles at least so wide, in px, are set on whole pixels; others are columns of a strip. */
const CRISP_PX = 3;
/** Those at least so wide end a pixel early, so that neighbours can be told apart. */
const GAP_FROM_PX = 5;
const CORNER_PX = 2;
const LABEL_PADDING_PX = 6;

/** A block that is seen by itself, on whole pixels. */
export interface Block {
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

/** Sets a rectangle on whole pixels, with a gap after it where there is room for one. */
export function crisp(x: number, right: number): { x: number; width: number } {
  const left = Math.round(x);
  return { x: left, width: Math.round(right) - left - (right - x >= GAP_FROM_PX ? 1 : 0) };
}

/** Paints a track into a stripe in one colour, and gives the blocks that are seen by themselves. */
export function paintTrack(
  pen: Pen,
  strip: Strip,
  track: SpanTrack,
  window: TimeWindow,
  stripe: Stripe,
  colour: string,
): Block[] {
  const blocks: Block[] = [];
  if (track.length === 0) return blocks;
  strip.begin(window.widthPx);
  eachRun(track, window, (x, right, coverage, first, next) => {
    if (next - first === 1 && right - x >= CRISP_PX)
      blocks.push({ index: first, ...crisp(x, right) });
    else strip.add(x, right, coverage);
  });
  strip.paint(pen, stripe, colour);
  pen.fillStyle = colour;
  pen.beginPath();
  for (const { x, width } of blocks) {
    // What goes on beyond an edge of the plot has no corners there.
    const left = x <= 0 ? -CORNER_PX : x;
    const right = x + width >= window.widthPx - 1 ? window.widthPx + CORNER_PX : x + width;
    if (stripe.height < 4 * CORNER_PX) pen.rect(left, stripe.top, right - left, stripe.height);
    else pen.roundRect(left, stripe.top, right - left, stripe.height, CORNER_PX);
  }
  pen.fill();
  return blocks;
}

/** Paints the waits of a lane into a stripe, hatched. */
export function paintWaits(
  pen: Pen,
  strip: Strip,
  track: SpanTrack,
  window: TimeWindow,
  stripe: Stripe,
  hatch: Hatch,
): void {
  if (track.length === 0) return;
  strip.begin(window.widthPx);
  eachRun(track, window, (x, right, coverage) => {
    const isBlock = right - x >= CRISP_PX;
    const place = isBlock ? crisp(x, right) : { x, width: right - x };
    strip.add(place.x, place.x + place.width, coverage);
  });
  strip.paintHatched(pen, stripe, hatch);
}

/** Writes the numbers of tasks onto those blocks that have room for them. */
export function paintLabels(
  pen: Pen,
  track: SpanTrack,
  blocks: readonly Block[],
  { top, height }: Stripe,
  colour: string,
  widthOf: (label: string) => number,
): void {
  pen.fillStyle = colour;
  const middle = Math.round(top + height / 2);
  for (const { index, x, width } of blocks) {
    const label = `#${track.tag(index)}`;
    if (width < widthOf(label) + 2 * LABEL_PADDING_PX) continue;
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
