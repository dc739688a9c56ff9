import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  NewestPainter,
  type NewestPen,
} from '../../../../src/renderer/timeline/paint/paint-newest.js';
import { readPalette } from '../../../../src/renderer/ui/palette.js';
import { geometryOf, type Scene } from '../../../../src/renderer/timeline/paint/scene.js';
import { encodeSpans, type Span } from '../../../../src/recording/spans.js';
import { SpanTrack } from '../../../../src/recording/span-track.js';
import { Timeline } from '../../../../src/recording/timeline.js';
import { span } from '../../../fixtures/timelines.js';

const PALETTE = readPalette({ getPropertyValue: () => '' });
const PLOT = { left: 82, top: 42, width: 100, height: 200 };
const GROUND = { surface: 'surface', grid: 'grid', linesX: [50] };

/** The heights, in px, at which a picture is looked at: several in each band of a row. */
const HEIGHTS = Array.from({ length: PLOT.height / 4 }, (_, index) => 4 * index + 0.5);

/** A pen whose picture is, for each column and height, how strongly each colour lies there. */
function rasterPen() {
  const picture = new Map<string, Map<string, number>>();
  const pen = {
    fillStyle: '',
    globalAlpha: 1,
    fillRect(x: number, top: number, width: number, height: number) {
      const heights = HEIGHTS.filter((y) => y >= top && y < top + height);
      for (let column = Math.floor(x); column < x + width; column += 1) {
        const part = Math.min(x + width, column + 1) - Math.max(x, column);
        // Of no width but for rounding.
        if (part < 1e-6) continue;
        for (const y of heights) {
          const place = `${column} ${y}`;
          if (pen.fillStyle === GROUND.surface) {
            picture.delete(place);
            continue;
          }
          const colours = picture.get(place) ?? new Map<string, number>();
          const before = colours.get(pen.fillStyle) ?? 0;
          picture.set(place, colours.set(pen.fillStyle, before + part * pen.globalAlpha));
        }
      }
    },
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    rect: () => undefined,
    clip: () => undefined,
  };
  return { pen: pen as unknown as NewestPen, picture };
}

/** Spans of two lanes in order of their ends, as a run would leave them. */
const spansOfRun = fc
  .array(
    fc.record({
      lane: fc.integer({ min: 0, max: 1 }),
      kind: fc.constantFrom('compute', 'wait', 'sleep'),
      gap: fc.nat(300),
      length: fc.integer({ min: 1, max: 600 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((drawn): Span[] => {
    const ends = [0, 0];
    const spans = drawn.map(({ lane, kind, gap, length }, task) => {
      const start = (ends[lane] ?? 0) + gap;
      ends[lane] = start + length;
      return span(lane, kind, start, start + length, task);
    });
    return spans.sort((a, b) => a.endNs - b.endNs);
  });

/** A timeline so far, and a scene of it up to a time. */
function sceneUpTo(endNs: number, lanes: number) {
  const timeline = new Timeline(lanes);
  const scene: Scene = {
    timeline,
    range: { startNs: 0, endNs },
    scroll: 0,
    pins: [],
    hasAxis: true,
    palette: PALETTE,
    columnPx: 1,
  };
  return { timeline, scene, geometry: geometryOf(scene, PLOT) };
}

/** Paints batches one after the other, as they come. */
function painted(batches: readonly (readonly Span[])[]) {
  const { pen, picture } = rasterPen();
  const { timeline, scene, geometry } = sceneUpTo(10_000, 2);
  const painter = new NewestPainter();
  painter.clear(pen, geometry, GROUND);
  for (const batch of batches) {
    timeline.append(encodeSpans(batch));
    painter.paint(pen, scene, geometry, GROUND);
  }
  return picture;
}

describe('the newest spans', () => {
  it('make the picture that they would make all at once, however they come', () => {
    fc.assert(
      fc.property(spansOfRun, fc.integer({ min: 1, max: 9 }), (spans, size) => {
        const batches = Array.from({ length: Math.ceil(spans.length / size) }, (_, index) =>
          spans.slice(index * size, (index + 1) * size),
        );
        const inParts = painted(batches);
        const atOnce = painted([spans]);
        expect([...inParts.keys()].sort()).toEqual([...atOnce.keys()].sort());
        for (const [place, colours] of atOnce) {
          const others = inParts.get(place);
          expect(others?.size).toBe(colours.size);
          for (const [colour, value] of colours) expect(others?.get(colour)).toBeCloseTo(value, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('touch no column left of the first of them', () => {
    const { pen, picture } = rasterPen();
    const { timeline, scene, geometry } = sceneUpTo(1000, 1);
    const painter = new NewestPainter();
    timeline.append(encodeSpans([span(0, 'compute', 0, 400)]));
    painter.settle(scene);
    timeline.append(encodeSpans([span(0, 'compute', 500, 600)]));
    painter.paint(pen, scene, geometry, GROUND);
    const columns = [...picture.keys()].map((key) => Number(key.split(' ')[0]));
    expect(Math.min(...columns)).toBe(50);
    expect(Math.max(...columns)).toBeLessThan(60);
    picture.clear();
    painter.paint(pen, scene, geometry, GROUND);
    expect(picture.size).toBe(0);
    painter.forget();
    painter.paint(pen, scene, geometry, GROUND);
    expect(picture.size).toBeGreaterThan(0);
  });

  it('take no longer for more holds in a column', () => {
    const looksFor = (holds: number) => {
      const { pen } = rasterPen();
      const { timeline, scene } = sceneUpTo(1_000_000, 2);
      const spans = Array.from({ length: holds }, (_, index) => {
        const startNs = (1_000_000 / holds) * index;
        return span(index % 2, 'hold', startNs, startNs + 1, index);
      });
      timeline.append(encodeSpans(spans));
      // Merged beforehand, as that is no part of the painting.
      expect(timeline.lock.length).toBe(holds);
      const looks = vi.spyOn(SpanTrack.prototype, 'durationNs');
      new NewestPainter().paint(pen, scene, geometryOf(scene, PLOT), GROUND);
      const { length } = looks.mock.calls;
      looks.mockRestore();
      return length;
    };
    expect(looksFor(200_000)).toBeLessThan(1.2 * looksFor(20_000));
  });
});

it('leaves no gap between the pieces of a span that goes on', () => {
  const timeline = new Timeline(1, true);
  const scene: Scene = {
    ...{ timeline, range: { startNs: 0, endNs: 1000 }, scroll: 0, pins: [], hasAxis: true },
    ...{ palette: PALETTE, columnPx: 1 },
  };
  const painter = new NewestPainter();
  const filled = new Set<number>();
  const { pen } = rasterPen();
  pen.fillRect = (x: number, _: number, width: number) => {
    for (let column = Math.floor(x); column < x + width; column += 1) {
      if (pen.fillStyle === GROUND.surface) filled.delete(column);
      else filled.add(column);
    }
  };
  for (const [startNs, endNs] of [
    [0, 300],
    [300, 600],
    [600, 1000],
  ] as const) {
    timeline.append(encodeSpans([span(0, 'blocked', startNs, endNs, 4)]));
    painter.paint(pen, scene, geometryOf(scene, PLOT), { ...GROUND, linesX: [] });
  }
  expect([...filled].sort((a, b) => a - b)).toEqual(Array.from({ length: 99 }, (_, x) => x));
});
