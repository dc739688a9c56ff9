import type { Chart, Plugin } from 'chart.js';
import type { CooperativeTask } from '../../base/cooperative-task.js';
import type { Timeline } from '../../recording/timeline.js';
import { laneTop, rowsWithin, type Stripe } from '../timeline/model/lane-rows.js';
import { Painter } from '../timeline/paint/paint.js';
import { paintOverlay, type Overlay } from '../timeline/paint/paint-overlay.js';
import type { Sketch } from './picture.js';
import { geometryOf, type PlotArea, type Scene } from '../timeline/paint/scene.js';
import { SvgPen } from './svg-pen.js';
import { AXIS_HEIGHT } from '../timeline/paint/time-axis.js';
import { GUTTER, RIGHT_MARGIN, timelineConfiguration } from '../timeline/paint/timeline-chart.js';
import { VectorStrips } from './vector-strip.js';

/** A timeline as the page has it. */
export interface TimelineLook {
  readonly scene: Scene;
  readonly overlay: Overlay;
  readonly widthPx: number;
  readonly plot: PlotArea;
}

/** A timeline for a picture, with its name where there is more than one. */
export interface Portrait extends TimelineLook {
  readonly name: string | null;
  /** Spans may come while it is painted. */
  readonly mayGrow: boolean;
}

/** The height of the row that a name stands in, where it begins, and the size of its type, in px. */
const NAME_ROW = 20;
const NAME_LEFT = 14;
const NAME_PX = 11;

/**
 * What a picture of timelines is painted from: the part of time in view on one axis, below it one
 * timeline after another with all its lanes, also those that are scrolled out of sight, and what is
 * selected, but nothing that follows the pointer.
 */
export function timelineSketch(portraits: readonly [Portrait, ...Portrait[]]): Sketch {
  const [{ scene, widthPx, name }] = portraits;
  const configuration = timelineConfiguration({ ...scene, hasAxis: true });
  const placed = placedBelow(portraits);
  const top = name === null ? 0 : NAME_ROW;
  return {
    configuration: {
      ...configuration,
      plugins: [axisAlone],
      options: {
        ...configuration.options,
        layout: { autoPadding: false, padding: { left: GUTTER, right: RIGHT_MARGIN, top } },
      },
    },
    widthPx,
    heightPx: top + AXIS_HEIGHT + placed.reduce((end, { row }) => Math.max(end, endOf(row)), 0),
    palette: scene.palette,
    cutsPx: placed.flatMap(({ portrait, row }) =>
      laneTops(portrait, { ...row, top: top + AXIS_HEIGHT + row.top }),
    ),
    painting: {
      // A painter looks at each lane, and then paints it.
      steps: placed.reduce(
        (sum, { portrait, still }) => sum + still.slices + 2 * portrait.scene.timeline.lanes,
        0,
      ),
      of: (chart, part) => paintedOn(chart, placed, part),
    },
  };
}

/** A portrait with its row below the axis. */
interface Placed {
  readonly portrait: Portrait;
  readonly row: Stripe;
  readonly still: Still;
}

/** A timeline as it was when the picture was begun, so that all parts of it show the same. */
interface Still {
  /** How many times copying it yields. */
  readonly slices: number;
  /** It is copied once it is asked for. */
  readonly timeline: () => CooperativeTask<Timeline>;
}

function placedBelow(portraits: readonly Portrait[]): Placed[] {
  let end = 0;
  return portraits.map((portrait, index) => {
    // The first one's name stands above the axis, in which a range is measured for all of them.
    const { scene, plot } = portrait;
    const top = end + (index === 0 ? 0 : NAME_ROW);
    const height = plot.height + geometryOf(scene, plot).rows.maxScroll;
    end = top + height;
    return { portrait, row: { top, height }, still: stillOf(portrait) };
  });
}

function stillOf({ scene: { timeline }, mayGrow }: Portrait): Still {
  const moment = mayGrow ? timeline.mark() : null;
  let copy: Timeline | null = null;
  return {
    slices: moment?.slices ?? 0,
    *timeline() {
      return moment === null ? timeline : (copy ??= yield* timeline.snapshotAt(moment));
    },
  };
}

/** Where the lanes begin that are not pinned to the top of their row. */
function laneTops({ scene }: Portrait, row: Stripe): number[] {
  const { rows } = geometryOf({ ...scene, scroll: 0 }, { ...row, left: 0, width: 1 });
  const lanes = Array.from({ length: rows.lanes }, (_, lane) => lane);
  return lanes.filter((lane) => !rows.pins.includes(lane)).map((lane) => laneTop(rows, lane));
}

function endOf({ top, height }: Stripe): number {
  return top + height;
}

/** Chart.js draws the axis; the spans, which may take long, are painted a step at a time. */
const axisAlone: Plugin = { id: 'axisAlone', beforeDatasetsDraw: () => false };

function* paintedOn(
  { ctx, chartArea, currentDevicePixelRatio }: Chart,
  placed: readonly Placed[],
  part: Stripe,
): CooperativeTask<void> {
  const painter = painterFor(ctx);
  // Columns of a strip are stretched, never blurred.
  ctx.imageSmoothingEnabled = false;
  for (const [index, { portrait, row, still }] of placed.entries()) {
    const { name, overlay } = portrait;
    const hasAxis = index === 0;
    const timeline = yield* still.timeline();
    const scene: Scene = { ...portrait.scene, timeline, hasAxis, scroll: 0, columnPx: 1 };
    const { left, width } = chartArea;
    const plot = { left, width, top: chartArea.top + row.top, height: row.height };
    const whole = geometryOf(scene, plot);
    const geometry = { ...whole, rows: rowsWithin(whole.rows, part) };
    const above = NAME_ROW + (hasAxis ? AXIS_HEIGHT : 0);
    if (name !== null) paintName(ctx, name, plot, plot.top - above, scene);
    if (timeline.spanCount > 0) {
      yield* painter.painting(ctx, scene, geometry, currentDevicePixelRatio);
    }
    const marks: Overlay = { ...overlay, hover: null, cursor: null, named: null };
    paintOverlay(ctx, marks, scene, geometry);
  }
}

function paintName(
  pen: CanvasRenderingContext2D,
  name: string,
  { left, width }: PlotArea,
  top: number,
  { palette }: Scene,
): void {
  // The marks' lines go through the row.
  pen.fillStyle = palette.surface;
  pen.fillRect(0, top, left + width, NAME_ROW);
  pen.fillStyle = palette.text;
  pen.font = `${NAME_PX}px ${palette.fontFamily}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(name, NAME_LEFT, top + NAME_ROW / 2);
}

function painterFor(pen: unknown): Painter {
  const newSurface = (width: number, height: number) => new OffscreenCanvas(width, height);
  if (!(pen instanceof SvgPen)) return new Painter(newSurface);
  const [plain, hatched] = [new VectorStrips(pen, false), new VectorStrips(pen, true)];
  return new Painter(newSurface, { plain, hatched });
}
