import type { Chart } from 'chart.js';
import type { Timeline } from '../../../recording/timeline.js';
import { laneRows, type LaneRows } from '../model/lane-rows.js';
import type { Palette } from '../../ui/palette.js';
import { windowOf, type TimeRange, type TimeWindow } from '../model/time-window.js';

/** All that a frame of the chart shows. One object for a chart, changed in place. */
export interface Scene {
  timeline: Timeline;
  /** The part of time in view. */
  range: TimeRange;
  /** How far the lanes are scrolled, in pixels. */
  scroll: number;
  /** The lanes that stay on top, in that order. */
  pins: readonly number[];
  /** The time axis stands above the plot; else it is that of the timeline above this one. */
  hasAxis: boolean;
  palette: Palette;
  /** How wide the columns are that narrow spans share, in px: more than one is quicker, and coarser. */
  columnPx: number;
}

/** The plot's rectangle, in canvas pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where all things of a scene are, given the plot's area. */
export interface Geometry {
  readonly plot: PlotArea;
  readonly window: TimeWindow;
  readonly rows: LaneRows;
}

/** The scene of a timeline's chart, which is all of its data. */
export function sceneOf(chart: Chart): Scene {
  const scene = (chart as unknown as Chart<'timeline'>).data.datasets[0]?.data[0];
  if (scene === undefined) throw new Error('a timeline chart has no scene');
  return scene;
}

/** Lays a scene out in an area. */
export function geometryOf(scene: Scene, plot: PlotArea): Geometry {
  const { timeline, range, scroll, pins } = scene;
  return {
    plot,
    window: windowOf(range, Math.max(1, plot.width)),
    rows: laneRows(timeline.lanes, plot, timeline.lock.length > 0, scroll, pins),
  };
}
