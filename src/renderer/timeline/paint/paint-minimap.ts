import type { MinimapColumns } from '../model/minimap.js';
import type { Palette } from '../../ui/palette.js';

/** The part of a 2D context that a minimap is painted with. */
export type MinimapPen = Pick<
  CanvasRenderingContext2D,
  'clearRect' | 'fillRect' | 'fillStyle' | 'globalAlpha'
>;

/** However little of a kind there is in a column, so much of its height is painted, in px. */
const LEAST_PX = 1;

/**
 * Paints a whole repeat's activity over time: from below how much of the lanes' time goes into
 * computing and, on top of it, into sleeping, from above how much into waiting.
 */
export function paintMinimap(
  pen: MinimapPen,
  { computing, sleeping, waiting }: MinimapColumns,
  widthPx: number,
  heightPx: number,
  palette: Palette,
): void {
  pen.clearRect(0, 0, widthPx, heightPx);
  const columnPx = widthPx / computing.length;
  const heightOf = (share = 0) =>
    share > 0 ? Math.max(LEAST_PX, Math.min(1, share) * heightPx) : 0;
  const paint = (
    shares: Float32Array,
    colour: string,
    topOf: (height: number, column: number) => number,
  ) => {
    pen.fillStyle = colour;
    shares.forEach((share, column) => {
      const height = heightOf(share);
      if (height > 0) pen.fillRect(column * columnPx, topOf(height, column), columnPx, height);
    });
  };
  pen.globalAlpha = 0.5;
  paint(waiting, palette.wait, () => 0);
  pen.globalAlpha = 1;
  paint(computing, palette.compute, (height) => heightPx - height);
  paint(sleeping, palette.sleep, (height, column) =>
    Math.max(0, heightPx - heightOf(computing[column]) - height),
  );
}
