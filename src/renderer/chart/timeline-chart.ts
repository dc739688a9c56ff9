import { Chart, type ChartConfiguration, type Plugin } from 'chart.js';
import { DRAWN_IN_SOFTWARE } from '../../shared/drawing.js';
import type { Scene } from './scene.js';
import { AXIS_HEIGHT, TICK_ROW_HEIGHT, TimeAxis } from './time-axis.js';
import { LaneElement, TimelineController } from './timeline-controller.js';

Chart.register(TimelineController, TimeAxis, LaneElement);

/** Room left of the plot for the lanes' names and pins, and right of it for the scroll bar, in px. */
export const GUTTER = 82;
export const RIGHT_MARGIN = 8;

/** Size of the axis's type and the gap between a mark and its label, in px. */
const TICK_PX = 11;
const TICK_GAP = 5;

/**
 * Makes the chart of a scene on a canvas, as large as the canvas's parent.
 *
 * The canvas is opaque, so that nothing under it is drawn. In software it is `desynchronized` too,
 * which makes it a layer of its own: otherwise each frame has the page's tiles under it drawn anew,
 * measured as a third of all that the frame costs.
 */
export function timelineChart(canvas: HTMLCanvasElement, scene: Scene): Chart<'timeline'> {
  // Chart.js asks for the context again, and gets this one.
  canvas.getContext('2d', {
    alpha: false,
    desynchronized: location.search === DRAWN_IN_SOFTWARE,
  });
  const configuration = timelineConfiguration(scene);
  return new Chart(canvas, { ...configuration, plugins: [groundOf(scene)] });
}

/** Paints the surface that the chart is drawn on. */
function groundOf(scene: Scene): Plugin<'timeline'> {
  return {
    id: 'ground',
    beforeDraw({ ctx, width, height }) {
      ctx.fillStyle = scene.palette.surface;
      ctx.fillRect(0, 0, width, height);
    },
  };
}

/** How Chart.js is to draw a scene. */
export function timelineConfiguration(scene: Scene): ChartConfiguration<'timeline'> {
  return {
    type: 'timeline',
    data: { datasets: [{ data: [scene], clip: false }] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      // The view has its own hit test and its own tooltip.
      events: [],
      layout: { autoPadding: false, padding: { left: GUTTER, right: RIGHT_MARGIN } },
      scales: {
        x: {
          type: 'nanoseconds',
          position: 'top',
          border: { display: false },
          grid: {
            color: () => scene.palette.grid,
            tickColor: () => scene.palette.grid,
            tickLength: AXIS_HEIGHT - 4,
          },
          ticks: {
            color: () => scene.palette.textMuted,
            font: () => ({ family: scene.palette.fontFamily, size: TICK_PX }),
            align: 'start',
            labelOffset: TICK_GAP,
            padding: -TICK_ROW_HEIGHT + TICK_PX,
            autoSkip: false,
            maxRotation: 0,
          },
        },
      },
    },
  };
}
