import { formatDuration } from '../../../base/units.js';
import { taskAround } from '../model/hit-test.js';
import { laneBands, laneTop, sectionsInSight, type Stripe } from '../model/lane-rows.js';
import type { LaneSpan } from '../model/lane-spans.js';
import { highlightRanges } from '../model/highlight-ranges.js';
import { clipped, type ChartPen } from './chart-pen.js';
import { outline } from './paint-lane.js';
import { laneColour } from '../../ui/palette.js';
import type { Geometry, Scene } from './scene.js';
import type { SnappedTime } from '../model/snap.js';
import { textPlace } from './text-place.js';
import { MEASURE_ROW_HEIGHT, measureRowTop } from './time-axis.js';
import { formatTime } from '../model/time-ticks.js';
import { xOf, type TimeRange } from '../model/time-window.js';

/** What lies over the painted timeline. One object for a chart, changed in place. */
export interface Overlay {
  /** The span under the pointer. */
  hover: LaneSpan | null;
  selected: LaneSpan | null;
  /** The selected part of time. */
  range: TimeRange | null;
  /** The time that a range would begin at. */
  cursor: SnappedTime | null;
  /** The lane whose name is under the pointer. */
  named: number | null;
}

/** The part of a 2D context that overlays are painted with. */
export type OverlayPen = ChartPen & Pick<CanvasRenderingContext2D, 'arc'>;

const MEASURE_PX = 11;
const BAND_ALPHA = 0.13;
/** How thick the frame of what is lit is, in px. */
const LIT_PX = 3;
/** How far a pin is left of the plot, and how large its head is, in px. */
const PIN_FROM_PLOT = 12;
const PIN_RADIUS = 3;

/** Whether anything would be painted over the timeline. */
export function marksAnything(overlay: Overlay, { pins }: Pick<Scene, 'pins'>): boolean {
  return pins.length > 0 || Object.values(overlay).some((mark) => mark !== null);
}

/** Paints all that lies over the timeline, on a canvas of its own that has been cleared. */
export function paintOverlay(
  pen: OverlayPen,
  overlay: Overlay,
  scene: Scene,
  geometry: Geometry,
): void {
  const { plot, rows } = geometry;
  const whole = { top: 0, height: plot.top + plot.height };
  clipped(pen, plot, whole, () => {
    paintBand(pen, overlay, scene, geometry);
    paintLit(pen, overlay, scene, geometry);
    paintCursor(pen, overlay, scene, geometry);
  });
  for (const { area, lanes } of sectionsInSight(rows)) {
    clipped(pen, plot, area, () => {
      paintOutlines(pen, overlay, scene, geometry, lanes);
    });
    clipped(pen, { left: 0, width: plot.left }, area, () => {
      paintPins(pen, overlay, scene, geometry, lanes);
    });
  }
  if (rows.pinned.height > 0 && rows.maxScroll > 0) {
    pen.fillStyle = scene.palette.textMuted;
    pen.fillRect(0, rows.area.top - 1, plot.left + plot.width, 1);
  }
}

/**
 * The selected range as a band between two edges, with its duration in the row below the marks; of
 * two timelines on one axis, the one that has it shows the duration.
 */
function paintBand(
  pen: OverlayPen,
  { range }: Overlay,
  { palette, hasAxis }: Scene,
  { plot, window }: Geometry,
): void {
  if (range === null) return;
  const top = measureRowTop(plot.top, hasAxis);
  const height = plot.top + plot.height - top;
  const x = Math.max(-2, Math.round(xOf(window, range.startNs)));
  const right = Math.min(plot.width + 2, Math.round(xOf(window, range.endNs)));
  if (right < 0 || x > plot.width) return;
  pen.fillStyle = palette.accent;
  pen.globalAlpha = BAND_ALPHA;
  pen.fillRect(x, top, right - x, height);
  pen.globalAlpha = 1;
  pen.fillRect(x, top, 1, height);
  pen.fillRect(right - 1, top, 1, height);
  if (!hasAxis) return;
  write(pen, formatDuration(range.endNs - range.startNs), x, right, palette.text, {
    fontFamily: palette.fontFamily,
    surface: palette.surface,
    width: plot.width,
    top,
  });
}

/** A line at the time that the pointer means, with that time; bright where it is on an edge. */
function paintCursor(
  pen: OverlayPen,
  { cursor, range }: Overlay,
  { palette, hasAxis }: Scene,
  { plot, window }: Geometry,
): void {
  if (cursor === null) return;
  const top = measureRowTop(plot.top, hasAxis);
  const x = Math.round(xOf(window, cursor.timeNs));
  pen.fillStyle = cursor.isEdge ? palette.accent : palette.textMuted;
  pen.fillRect(x, top, 1, plot.top + plot.height - top);
  // The row has room for one text without touching another.
  if (range !== null) return;
  write(pen, formatTime(cursor.timeNs, window.nsPerPx), x, x, palette.text, {
    fontFamily: palette.fontFamily,
    surface: palette.surface,
    width: plot.width,
    top,
  });
}

interface Paper {
  readonly fontFamily: string;
  readonly surface: string;
  readonly width: number;
  readonly top: number;
}

/** Writes into the row below the marks, between two places or beside them. */
function write(
  pen: OverlayPen,
  text: string,
  x: number,
  right: number,
  colour: string,
  { fontFamily, surface, width, top }: Paper,
): void {
  pen.font = `${MEASURE_PX}px ${fontFamily}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const textWidth = pen.measureText(text).width;
  const place = textPlace(x, right, textWidth, width);
  if (place === null) return;
  // The marks' lines go through the row.
  pen.fillStyle = surface;
  pen.fillRect(place - 3, top + 1, textWidth + 6, MEASURE_ROW_HEIGHT - 2);
  pen.fillStyle = colour;
  pen.fillText(text, place, top + MEASURE_ROW_HEIGHT / 2);
}

/** What is lit on other lanes, by the kind of the span that they are looked at for. */
const LIT: Partial<Record<LaneSpan['kind'], 'hold' | 'wait'>> = { wait: 'hold', hold: 'wait' };

/**
 * Lights up who held the lock during the wait under the pointer, or who waited during the hold
 * there; else during the selected one.
 */
function paintLit(
  pen: OverlayPen,
  { hover, selected }: Overlay,
  { timeline, palette }: Scene,
  { rows, window }: Geometry,
): void {
  const during = [hover, selected].find((span) => span !== null && span.kind in LIT);
  const kind = during == null ? undefined : LIT[during.kind];
  if (during == null || kind === undefined) return;
  const light = (lane: number, { top, height }: Stripe) => {
    pen.fillStyle = laneColour(palette, lane);
    // Framed, so that what is written in it stays as easy to read.
    for (const { x, right } of highlightRanges(timeline.lane(lane)[kind], during, window)) {
      pen.fillRect(x, top, right - x, LIT_PX);
      pen.fillRect(x, top + height - LIT_PX, right - x, LIT_PX);
    }
  };
  for (const { area, lanes } of sectionsInSight(rows)) {
    clipped(pen, { left: 0, width: window.widthPx }, area, () => {
      for (const lane of lanes) {
        if (lane === during.lane) continue;
        light(lane, { top: laneTop(rows, lane), height: rows.laneHeight });
      }
    });
  }
  const { lock } = rows;
  if (lock === null || kind === 'wait') return;
  const frame = { top: lock.top - 3, height: lock.height + 6 };
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    if (lane !== during.lane) light(lane, frame);
  }
}

/** The outlines of the spans under the pointer and selected, and of the hovered one's whole task. */
function paintOutlines(
  pen: OverlayPen,
  { hover, selected }: Overlay,
  { timeline, palette }: Scene,
  { rows, window }: Geometry,
  lanes: readonly number[],
): void {
  const frame = (span: TimeRange, lane: number, kind: LaneSpan['kind'], colour: string) => {
    const { block, ...bands } = laneBands(laneTop(rows, lane), rows.laneHeight);
    const stripe = { ...bands, compute: block }[kind];
    outline(pen, window, span, stripe, colour);
    return stripe;
  };
  if (hover !== null && lanes.includes(hover.lane)) {
    const task = taskAround(timeline, hover);
    if (task !== null) frame(task, hover.lane, 'task', palette.textMuted);
    frame(hover, hover.lane, hover.kind, palette.text);
  }
  if (selected !== null && lanes.includes(selected.lane)) {
    const { top, height } = frame(selected, selected.lane, selected.kind, palette.accent);
    // Twice, so that it stands out from one that is only pointed at.
    outline(pen, window, selected, { top: top - 1, height: height + 2 }, palette.text);
  }
}

/** A pin beside the name of each lane that is pinned, and of the one that a click would pin. */
function paintPins(
  pen: OverlayPen,
  { named }: Overlay,
  { palette }: Scene,
  { rows, plot }: Geometry,
  lanes: readonly number[],
): void {
  for (const lane of lanes) {
    const isPinned = rows.pins.includes(lane);
    if (!isPinned && lane !== named) continue;
    const { block } = laneBands(laneTop(rows, lane), rows.laneHeight);
    const x = plot.left - PIN_FROM_PLOT;
    const y = Math.round(block.top + block.height / 2) - 2;
    pen.globalAlpha = isPinned ? 1 : 0.5;
    pen.fillStyle = isPinned ? palette.accent : palette.textMuted;
    pen.beginPath();
    pen.arc(x + 0.5, y, PIN_RADIUS, 0, 2 * Math.PI);
    pen.fill();
    pen.fillRect(x, y + PIN_RADIUS, 1, 4);
    pen.globalAlpha = 1;
  }
}
