import type { Chart, Plugin } from 'chart.js';
import { paintOverlay, type Overlay } from './paint-overlay.js';
import type { Sketch } from './picture.js';
import { geometryOf, type Scene } from './scene.js';
import { timelineConfiguration } from './timeline-chart.js';

/**
 * What a picture of a timeline is painted from: the part of time in view with all lanes, also
 * those that are scrolled out of sight, and what is selected, but nothing that follows the pointer.
 */
export function timelineSketch(
  shown: Scene,
  overlay: Overlay,
  { width, height, chartArea }: Pick<Chart, 'width' | 'height' | 'chartArea'>,
): Sketch {
  const { maxScroll } = geometryOf(shown, chartArea).rows;
  const scene: Scene = { ...shown, scroll: 0, columnPx: 1 };
  const marks: Overlay = { ...overlay, hover: null, cursor: null, named: null };
  const above: Plugin = {
    id: 'marks',
    afterDraw: ({ ctx, chartArea: area }) => {
      paintOverlay(ctx, marks, scene, geometryOf(scene, area));
    },
  };
  return {
    configuration: { ...timelineConfiguration(scene), plugins: [above] },
    widthPx: width,
    heightPx: height + maxScroll,
    palette: scene.palette,
  };
}
