import type { MinimapColumns } from './minimap.js';
import type { Palette } from './palette.js';

/** The part of a 2D context that a minimap is painted with. */
export type MinimapPen = Pick<
  CanvasRenderingContext2D,
  'clearRect' | 'fillRect' | 'fillStyle' | 'globalAlpha'
>;

/**
 * Paints the whole run's activity over time: from below how much of the lanes' time goes into
 * computing and sleeping, from above how much into waiting.
 */
export function paintMinimap(
  pen: MinimapPen,
  { busy, waiting }: MinimapColumns,
  widthPx: number,
  heightPx: number,
  palette: Palette,
): void {
  pen.clearRect(0, 0, widthPx, heightPx);
  const columnPx = widthPx / busy.length;
  const paint = (shares: Float32Array, colour: string, fromTop: boolean) => {
    pen.fillStyle = colour;
    shares.forEach((share, column) => {
      const height = Math.min(1, share) * heightPx;
      const top = fromTop ? 0 : heightPx - height;
      if (height > 0) pen.fillRect(column * columnPx, top, columnPx, height);
    });
  };
  pen.globalAlpha = 0.5;
  paint(waiting, palette.wait, true);
  pen.globalAlpha = 1;
  paint(busy, palette.compute, false);
}
