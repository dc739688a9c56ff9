import { formatDuration } from '../../../base/units.js';
import { suspendedNs } from '../../../recording/interruptions.js';
import type { Palette } from '../../ui/palette.js';
import { xOf } from '../model/time-window.js';
import { clipped, type ChartPen } from './chart-pen.js';
import type { Geometry, PlotArea, Scene } from './scene.js';
import { textPlace } from './text-place.js';

/** How much of what lies below a gap it covers, 0 to 1: spans that reach over it are still seen. */
const COVER_ALPHA = 0.8;
const LABEL_PX = 11;
const LABEL_HEIGHT = 18;
const LABEL_PADDING_PX = 4;

/**
 * Paints the gaps in which the whole process stood still over all rows, each between two lines, with
 * how long it was. A machine that slept while its clock stood still leaves a line alone.
 */
export function paintSuspensions(
  pen: ChartPen,
  { timeline, palette }: Pick<Scene, 'timeline' | 'palette'>,
  { plot, window }: Geometry,
): void {
  const { suspensions } = timeline.interruptions;
  if (suspensions.length === 0) return;
  clipped(pen, plot, plot, () => {
    pen.font = `${LABEL_PX}px ${palette.fontFamily}`;
    for (const suspension of suspensions) {
      const x = Math.max(-2, Math.round(xOf(window, suspension.startNs)));
      const right = Math.min(plot.width + 2, Math.round(xOf(window, suspension.endNs)));
      if (right < 0 || x > plot.width) continue;
      pen.fillStyle = palette.surface;
      pen.globalAlpha = COVER_ALPHA;
      pen.fillRect(x, plot.top, right - x, plot.height);
      pen.globalAlpha = 1;
      pen.fillStyle = palette.textMuted;
      pen.fillRect(x, plot.top, 1, plot.height);
      pen.fillRect(right - 1, plot.top, 1, plot.height);
      const texts = [`suspended ${formatDuration(suspendedNs(suspension))}`, 'suspended'];
      texts.some((text) => write(pen, text, { x, right }, palette, plot));
    }
  });
}

/** Writes a text in the middle of the rows, about a gap; says whether there is room for it. */
function write(
  pen: ChartPen,
  text: string,
  { x, right }: { readonly x: number; readonly right: number },
  { surface, text: colour }: Palette,
  plot: PlotArea,
): boolean {
  const width = pen.measureText(text).width;
  const place = textPlace(x, right, width, plot.width);
  if (place === null) return false;
  const middle = plot.top + Math.round(plot.height / 2);
  // What lies below would cross what is written.
  pen.fillStyle = surface;
  pen.fillRect(
    place - LABEL_PADDING_PX,
    middle - LABEL_HEIGHT / 2,
    width + 2 * LABEL_PADDING_PX,
    LABEL_HEIGHT,
  );
  pen.fillStyle = colour;
  pen.fillText(text, place, middle);
  return true;
}
