import { describe, expect, it } from 'vitest';
import { laneBands, laneTop } from '../../../../src/renderer/timeline/model/lane-rows.js';
import {
  paintOverlay,
  type Overlay,
} from '../../../../src/renderer/timeline/paint/paint-overlay.js';
import { laneColour, readPalette } from '../../../../src/renderer/ui/palette.js';
import { geometryOf, type Scene } from '../../../../src/renderer/timeline/paint/scene.js';
import type { Span } from '../../../../src/recording/spans.js';
import { fakePen, type CanvasCall } from '../../../fixtures/canvas.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const palette = readPalette({ getPropertyValue: () => '' });
const NOTHING: Overlay = { hover: null, selected: null, range: null, cursor: null, named: null };

/** A plot of 200 x 120 px, below an axis; a pixel is 10 ns. */
const PLOT = { left: 60, top: 26, width: 200, height: 120 };

function paint(
  lanes: number,
  spans: readonly Span[],
  overlay: Partial<Overlay>,
  pins: readonly number[] = [],
  hasAxis = true,
) {
  const timeline = timelineOf(lanes, spans);
  const scene: Scene = {
    timeline,
    range: { startNs: 0, endNs: 2000 },
    scroll: 0,
    pins,
    hasAxis,
    palette,
    columnPx: 1,
  };
  const fake = fakePen();
  const geometry = geometryOf(scene, PLOT);
  paintOverlay(fake.pen, { ...NOTHING, ...overlay }, scene, geometry);
  return { ...fake, rows: geometry.rows };
}

/** Where spans of a lane are lit up: each is framed from above and from below. */
function litPlaces(calls: readonly CanvasCall[], lane: number): unknown[][] {
  return calls
    .filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === laneColour(palette, lane))
    .filter((_, index) => index % 2 === 0)
    .map((call) => call.arguments.slice(0, 3));
}

describe('what lies over the timeline', () => {
  it('is nothing at first', () => {
    const { of } = paint(2, [span(0, 'compute', 0, 100)], {});
    expect(['fillRect', 'strokeRect', 'fillText'].flatMap(of)).toEqual([]);
  });

  it('outlines the span under the pointer and its whole task', () => {
    const hover = { ...span(0, 'compute', 500, 1000, 4), index: 0 };
    const spans = [span(0, 'compute', 500, 1000, 4), span(0, 'task', 100, 1000, 4)];
    const { calls } = paint(1, spans, { hover });
    const outlines = calls.filter((call) => call.name === 'strokeRect');
    expect(outlines.map((call) => [call.arguments[0], call.strokeStyle])).toEqual([
      [9.5, palette.textMuted],
      [49.5, palette.text],
    ]);
  });

  it('outlines the selected span twice', () => {
    const selected = { ...span(0, 'compute', 500, 1000, 4), index: 0 };
    const { calls } = paint(1, [span(0, 'compute', 500, 1000, 4)], { selected });
    const outlines = calls.filter((call) => call.name === 'strokeRect');
    expect(outlines.map((call) => call.strokeStyle)).toEqual([palette.accent, palette.text]);
  });

  it('writes a range’s duration into the row above the plot, between its edges', () => {
    const { of } = paint(1, [span(0, 'compute', 0, 100)], {
      range: { startNs: 500, endNs: 1500 },
    });
    expect(
      of('fillRect')
        .slice(0, 3)
        .map(([x, , width]) => [x, width]),
    ).toEqual([
      [50, 100],
      [50, 1],
      [149, 1],
    ]);
    const [text, x, y] = of('fillText')[0] ?? [];
    expect(text).toBe('1.00 µs');
    expect(x).toBeGreaterThan(50);
    expect(y).toBeLessThan(PLOT.top);
  });

  it('leaves the duration to the timeline above that has the axis, but says the time of an edge', () => {
    const spans = [span(0, 'compute', 0, 100)];
    const range = { startNs: 500, endNs: 1500 };
    const band = paint(1, spans, { range }, [], false);
    expect(band.of('fillText')).toEqual([]);
    expect(band.of('fillRect')[0]).toEqual([50, PLOT.top, 100, PLOT.height]);
    const edge = paint(1, spans, { cursor: { timeNs: 800, isEdge: true } }, [], false);
    expect(edge.of('fillText').map(([text]) => text)).toEqual(['800 ns']);
    expect(edge.of('fillText')[0]?.[2]).toBeGreaterThan(PLOT.top);
  });

  it('says the time of an edge, but not beside a range’s duration', () => {
    const cursor = { timeNs: 800, isEdge: true };
    const spans = [span(0, 'compute', 0, 100)];
    const alone = paint(1, spans, { cursor });
    expect(alone.of('fillText').map(([text]) => text)).toEqual(['800 ns']);
    expect(alone.calls.find(({ name }) => name === 'fillRect')?.fillStyle).toBe(palette.accent);
    const both = paint(1, spans, { cursor, range: { startNs: 0, endNs: 800 } });
    expect(both.of('fillText')).toHaveLength(1);
  });

  it('lights up who held the lock during a wait, on the lanes and in the lock’s row', () => {
    const spans = [
      span(1, 'hold', 0, 600),
      span(2, 'hold', 700, 1000),
      span(2, 'hold', 1500, 1600),
      span(0, 'wait', 200, 1000, 5),
    ];
    const hover = { ...span(0, 'wait', 200, 1000, 5), index: 0 };
    const { calls, rows } = paint(3, spans, { hover });
    expect(litPlaces(calls, 0)).toEqual([]);
    const lock = (rows.lock?.top ?? NaN) - 3;
    expect(litPlaces(calls, 1)).toEqual([
      [20, laneTop(rows, 1), 40],
      [20, lock, 40],
    ]);
    expect(litPlaces(calls, 2)).toEqual([
      [70, laneTop(rows, 2), 30],
      [70, lock, 30],
    ]);
  });

  it('lights up who waited during a hold, on the lanes alone', () => {
    const spans = [
      span(0, 'wait', 100, 700),
      span(2, 'wait', 900, 1200),
      span(1, 'hold', 300, 1000, 5),
    ];
    const selected = { ...span(1, 'hold', 300, 1000, 5), index: 0 };
    const { calls, rows } = paint(3, spans, { selected });
    expect(litPlaces(calls, 0)).toEqual([[30, laneTop(rows, 0), 40]]);
    expect(litPlaces(calls, 1)).toEqual([]);
    expect(litPlaces(calls, 2)).toEqual([[90, laneTop(rows, 2), 10]]);
  });

  it('pins lanes beside their names', () => {
    const { of, rows } = paint(3, [span(0, 'compute', 0, 100)], { named: 2 }, [1]);
    const middles = [1, 2].map((lane) => {
      const { block } = laneBands(laneTop(rows, lane), rows.laneHeight);
      return Math.round(block.top + block.height / 2) - 2;
    });
    expect(of('arc').map(([, y]) => y)).toEqual(middles);
  });

  it('leaves the pen as it was', () => {
    const hover = { ...span(0, 'wait', 0, 90), index: 0 };
    const spans = [span(0, 'wait', 0, 90), span(1, 'hold', 0, 90)];
    const { pen, of } = paint(2, spans, { hover, named: 1, range: { startNs: 0, endNs: 90 } });
    expect(pen.globalAlpha).toBe(1);
    expect(of('save').length).toBe(of('restore').length);
  });
});
