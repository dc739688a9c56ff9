import { describe, expect, it } from 'vitest';
import { FAINTEST } from '../../../../src/renderer/timeline/paint/column-strip.js';
import { laneBands, laneTop } from '../../../../src/renderer/timeline/model/lane-rows.js';
import { Painter } from '../../../../src/renderer/timeline/paint/paint.js';
import { laneColour, readPalette } from '../../../../src/renderer/ui/palette.js';
import { geometryOf, type Scene } from '../../../../src/renderer/timeline/paint/scene.js';
import type { Span } from '../../../../src/recording/spans.js';
import { fakePen, fakeSurfaces, TILE_STRENGTH } from '../../../fixtures/canvas.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const palette = readPalette({ getPropertyValue: () => '' });

/** A plot of 200 x 120 px; unless said otherwise a pixel is 10 ns. */
const PLOT = { left: 60, top: 20, width: 200, height: 120 };

function paint(lanes: number, spans: readonly Span[], change: Partial<Scene> = {}) {
  const scene: Scene = {
    timeline: timelineOf(lanes, spans),
    range: { startNs: 0, endNs: 2000 },
    scroll: 0,
    palette,
    pins: [],
    hasAxis: true,
    columnPx: 1,
    ...change,
  };
  const fake = fakePen();
  const { pens, newSurface } = fakeSurfaces();
  const geometry = geometryOf(scene, PLOT);
  new Painter(newSurface).paint(fake.pen, scene, geometry, 1);
  const bands = (lane: number) => laneBands(laneTop(geometry.rows, lane), geometry.rows.laneHeight);
  const texts = fake.of('fillText').map(([text]) => text);
  /** How strongly the columns of each row that has any were painted, 0 to 255. */
  const strips = pens
    .flatMap(({ of }) => of('putImageData'))
    .flatMap(([image, , , , , , rows]) => {
      const { data, width } = image as ImageData;
      const rowAt = (row: number) =>
        Array.from({ length: width }, (_, column) => data[4 * (row * width + column) + 3] ?? 0);
      return Array.from({ length: Number(rows) }, (_, row) => rowAt(row));
    })
    .filter((row) => row.some((strength) => strength > 0));
  /** Which colour was laid over how many columns of a row: what was filled on the strips' sheet. */
  const colours = pens
    .filter(({ of }) => of('putImageData').length > 0)
    .flatMap(({ calls }) => calls.filter(({ name }) => name === 'fillRect'))
    .map(({ fillStyle }) => fillStyle);
  return { ...fake, bands, texts, strips, colours, geometry };
}

describe('a painted timeline', () => {
  it('names every lane', () => {
    expect(paint(3, [span(0, 'compute', 0, 10)]).texts).toEqual(['lane 0', 'lane 1', 'lane 2']);
  });

  it('shows a long span as one block on whole pixels, with a gap after it', () => {
    const { of, bands } = paint(1, [span(0, 'compute', 104, 504)]);
    const { top, height } = bands(0).block;
    expect(of('roundRect')).toEqual([[10, top, 39, height, 2]]);
  });

  it('runs a span on where it goes beyond the plot', () => {
    const { of } = paint(1, [span(0, 'compute', 0, 5000)], {
      range: { startNs: 500, endNs: 2500 },
    });
    const [x, , width] = of('roundRect')[0] ?? [];
    expect([x, width]).toEqual([-2, 204]);
  });

  it('shows short spans as columns, as strong as they are covered but never unseen', () => {
    const { strips } = paint(1, [
      span(0, 'compute', 0, 8),
      span(0, 'compute', 20, 21),
      span(0, 'compute', 40, 60),
    ]);
    const expected = new Array<number>(200).fill(0);
    expected[0] = Math.round(255 * 0.8);
    expected[2] = Math.round(255 * FAINTEST);
    expected[4] = 255;
    expected[5] = 255;
    expect(strips).toEqual([expected]);
  });

  it('writes the task where there is room for it, and nowhere else', () => {
    const spans = [
      span(0, 'compute', 0, 400, 148),
      span(0, 'compute', 400, 900, 1_234_567),
      span(0, 'compute', 1000, 1150, 9),
    ];
    expect(paint(1, spans).texts).toEqual(['lane 0', '#148']);
    expect(paint(12, spans).texts).not.toContain('#148');
  });

  it('shows who holds the lock, in the holder’s colour and by its number', () => {
    const { of, texts, strips, colours, geometry, bands } = paint(2, [
      span(1, 'hold', 0, 1000),
      span(0, 'hold', 1000, 2000),
    ]);
    const rows = [1, 0].map((lane) => laneColour(palette, lane));
    expect(colours.slice(2)).toEqual(rows);
    const covered = (from: number, to: number) =>
      Array.from({ length: 200 }, (_, column) => (column >= from && column < to ? 255 : 0));
    expect(strips.slice(2)).toEqual([covered(0, 99), covered(100, 199)]);
    const { top, height } = geometry.rows.lock ?? { top: NaN, height: NaN };
    expect(
      of('drawImage').filter(([, , , , , , y, , h]) => y === top && h === height),
    ).toHaveLength(2);
    // On the lanes as well, in the strip above the block.
    expect(colours.slice(0, 2)).toEqual([laneColour(palette, 0), laneColour(palette, 1)]);
    expect(bands(0).hold.height).toBeLessThan(bands(0).block.height);
    expect(texts.slice(0, 3)).toEqual(['lock', '1', '0']);
  });

  it('binds what belongs to a task by a band, from a few pixels a task on', () => {
    const parts = [span(0, 'wait', 0, 100, 1), span(0, 'compute', 100, 200, 1)];
    const wide = paint(1, [...parts, span(0, 'task', 0, 200, 1)]);
    const { top, height } = wide.bands(0).task;
    expect(wide.of('rect')).toContainEqual([0, top, 19, height]);
    const narrow = paint(1, [...parts, span(0, 'task', 0, 50, 1)]);
    expect(narrow.of('rect').filter(([, y, , h]) => y === top && h === height)).toEqual([]);
  });

  it('writes the task into a wait, on a plate, where there is room', () => {
    const { texts } = paint(1, [span(0, 'wait', 0, 900, 7), span(0, 'wait', 900, 1000, 8)]);
    expect(texts).toEqual(['lane 0', '#7']);
  });

  it('has no row for a lock that nobody takes', () => {
    const { texts, geometry } = paint(1, [span(0, 'compute', 0, 100)]);
    expect(texts).not.toContain('lock');
    expect(geometry.rows.area.top).toBe(PLOT.top);
  });

  it('hatches waits in their own, thinner stripe', () => {
    const { of, strips, bands } = paint(2, [span(0, 'wait', 0, 1000)]);
    const { top, height } = bands(0).wait;
    expect(strips[0]?.filter((strength) => strength === TILE_STRENGTH)).toHaveLength(99);
    const courses = of('drawImage').map((call) => call.slice(1).map(Number));
    let end = top;
    for (const [x, , width, , left, y, widthPx, heightPx = 0] of courses) {
      expect([x, width, left, y, widthPx]).toEqual([0, 200, 0, end, 200]);
      end += heightPx;
    }
    expect(end).toBeCloseTo(top + height);
  });

  it('paints pinned lanes on top, clipped apart from those that scroll', () => {
    const spans = [span(0, 'compute', 0, 100), span(40, 'compute', 0, 100)];
    const { texts, of } = paint(50, spans, { scroll: 70, pins: [40] });
    expect(texts.slice(0, 2)).toEqual(['lane 40', 'lane 5']);
    expect(
      of('rect')
        .slice(0, 4)
        .map(([, top, , height]) => [top, height]),
    ).toEqual([
      [20, 14],
      [20, 14],
      [34, 106],
      [34, 106],
    ]);
  });

  it('paints only the lanes in sight, and a bar that shows which', () => {
    const spans = [span(0, 'compute', 0, 100), span(49, 'compute', 0, 100)];
    const { texts, of } = paint(50, spans, { scroll: 1e6 });
    expect(texts.at(-1)).toBe('lane 49');
    expect(texts.length).toBeLessThan(12);
    expect(of('roundRect').at(-1)?.[0]).toBe(PLOT.left + PLOT.width + 2);
  });

  it('leaves the pen as it was', () => {
    const { pen, of } = paint(2, [span(0, 'hold', 0, 9), span(1, 'wait', 0, 9)]);
    expect(pen.globalAlpha).toBe(1);
    expect(of('save').length).toBe(of('restore').length);
  });
});

describe('gaps in which the process stood still', () => {
  const spans = [span(0, 'compute', 0, 2000)];
  function paintGap(startNs: number, endNs: number, sleptNs = 0, change: Partial<Scene> = {}) {
    const timeline = timelineOf(1, spans);
    timeline.interruptions = {
      ...{ queuedNs: null, queuedShares: null },
      suspensions: [{ startNs, endNs, sleptNs }],
    };
    return paint(1, spans, { timeline, ...change });
  }
  const suspended = (texts: readonly unknown[]) =>
    texts.filter((text) => String(text).startsWith('suspended'));

  it('are covered from top to bottom, with how long they were', () => {
    const { of, texts } = paintGap(500, 1500);
    expect(of('fillRect')).toContainEqual([50, PLOT.top, 100, PLOT.height]);
    // There is no room for more.
    expect(suspended(texts)).toEqual(['suspended']);
    expect(suspended(paintGap(100, 1900).texts)).toEqual(['suspended 1.80 µs']);
  });

  it('leave a line alone where the clock stood still too', () => {
    const { of, texts } = paintGap(500, 500, 3e9);
    expect(of('fillRect')).toContainEqual([50, PLOT.top, 1, PLOT.height]);
    expect(suspended(texts)).toEqual(['suspended 3.00 s']);
  });

  it('are not painted out of sight', () => {
    const range = { startNs: 1000, endNs: 2000 };
    expect(suspended(paintGap(100, 200, 0, { range }).texts)).toEqual([]);
  });
});
