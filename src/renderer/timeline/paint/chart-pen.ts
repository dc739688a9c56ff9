import type { Stripe } from '../model/lane-rows.js';
import type { Pen } from './paint-lane.js';

/** The part of a 2D context that the chart is painted with. */
export type ChartPen = Pen &
  Clipping &
  Pick<CanvasRenderingContext2D, 'font' | 'textAlign' | 'textBaseline'>;

type Clipping = Pick<
  CanvasRenderingContext2D,
  'save' | 'restore' | 'translate' | 'clip' | 'beginPath' | 'rect'
>;

/** Paints within the part of a stripe that begins at `left`, which becomes x = 0. */
export function clipped(
  pen: Clipping,
  part: { readonly left: number; readonly width: number },
  stripe: Stripe,
  paint: () => void,
): void {
  pen.save();
  clip(pen, part, stripe);
  paint();
  pen.restore();
}

/** Narrows what is painted to the part of a stripe that begins at `left`, which becomes x = 0. */
export function clip(
  pen: Clipping,
  { left, width }: { readonly left: number; readonly width: number },
  { top, height }: Stripe,
): void {
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.translate(left, 0);
}
