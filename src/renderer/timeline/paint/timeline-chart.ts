import { Chart, type ChartConfiguration, type Plugin } from 'chart.js';
import type { Compositing } from '../../../ipc/compositing.js';
import type { Scene } from './scene.js';
import { TimeAxis } from './time-axis.js';
import { LaneElement, TimelineController } from './timeline-controller.js';

Chart.register(TimelineController, TimeAxis, LaneElement);

/** Room left of the plot for the lanes' names and pins, and right of it for the scroll bar, in px. */
export const GUTTER = 82;
export const RIGHT_MARGIN = 8;

/**
 * Makes the chart of a scene on a canvas, as large as the canvas's parent.
 *
 * The canvas is opaque, so that nothing under it is drawn. In software it is `desynchronized` too,
 * which makes it a layer of its own: otherwise each frame redraws the page's tiles under it,
 * measured as a third of all that the frame costs.
 */
export function timelineChart(
  canvas: HTMLCanvasElement,
  scene: Scene,
  compositing: Compositing,
): Chart<'timeline'> {
  // Chart.js asks for the context again, and gets this one.
  canvas.getContext('2d', {
    alpha: false,
    desynchronized: compositing === 'software',
  });
  const configuration = timelineConfiguration(scene);
  return new Chart(canvas, { ...configuration, plugins: [groundOf(scene)] });
}

/**
 * Paints a chart's scene as it is now. Chart.js's own update would resolve all options and lay the
 * chart out again, for each frame of a view that moves.
 */
export function repaint(chart: Chart<'timeline'>): void {
  timeAxisOf(chart).refresh();
  chart.draw();
}

/** The time axis of a chart. */
export function timeAxisOf(chart: Chart<'timeline'>): TimeAxis {
  const axis = chart.scales['x'];
  if (!(axis instanceof TimeAxis)) throw new Error('a timeline chart has no time axis');
  return axis;
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
          // The marks are as they are made, and drawn by the axis itself.
          ticks: { autoSkip: false, maxRotation: 0 },
        },
      },
    },
  };
}
