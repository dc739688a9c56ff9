import type { Chart } from 'chart.js';
import { describe, expect, it } from 'vitest';
import type { Stripe } from '../../../src/renderer/timeline/model/lane-rows.js';
import { svgOf } from '../../../src/renderer/images/picture.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';
import { SvgPen } from '../../../src/renderer/images/svg-pen.js';
import { timelineSketch, type Portrait } from '../../../src/renderer/images/timeline-sketch.js';
import { SPANS_A_SLICE } from '../../../src/base/cooperative-task.js';
import { encodeSpans, type Span } from '../../../src/recording/spans.js';
import type { Timeline } from '../../../src/recording/timeline.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const palette = readPalette({ getPropertyValue: () => '' });
const PLOT = { left: 82, top: 26, width: 550, height: 100 };

function portrait(lanes: number, spans: readonly Span[], change: Partial<Portrait> = {}): Portrait {
  return {
    name: null,
    mayGrow: false,
    scene: {
      timeline: timelineOf(lanes, spans),
      range: { startNs: 0, endNs: 1000 },
      scroll: 30,
      pins: [],
      hasAxis: true,
      palette,
      columnPx: 3,
    },
    overlay: { hover: null, selected: null, range: null, cursor: null, named: null },
    widthPx: 640,
    plot: PLOT,
    ...change,
  };
}

const measure = (text: string) =>
  ({
    width: 6 * text.length,
    actualBoundingBoxAscent: 8,
    actualBoundingBoxDescent: 2,
  }) as TextMetrics;

/** The texts of a picture with their places from the top, and the picture. */
async function pictured(...portraits: readonly [Portrait, ...Portrait[]]) {
  const shares: number[] = [];
  const sketch = timelineSketch(portraits);
  const svg = await svgOf(
    { ...sketch, caption: ['Title'] },
    (share) => shares.push(share),
    measure,
  );
  const texts = [...svg.matchAll(/<text x="[^"]*" y="([^"]*)"[^>]*>([^<]*)</g)].map(
    ([, y, text]) => ({ y: Number(y), text: text ?? '' }),
  );
  return {
    svg,
    sketch,
    yOf: (text: string) => texts.filter((t) => t.text === text).map((t) => t.y),
  };
}

describe('a picture of timelines', () => {
  it('has all lanes of a timeline, also those out of sight', async () => {
    const { sketch, yOf } = await pictured(portrait(20, [span(19, 'compute', 0, 500)]));
    expect(sketch.heightPx).toBe(26 + 20 * 14);
    expect(yOf('lane 0')).toHaveLength(1);
    expect(yOf('lane 19')).toHaveLength(1);
  });

  it('has a second timeline below the first, under the same axis, each with its name', async () => {
    const spans = [span(0, 'compute', 0, 500)];
    const range = { startNs: 100, endNs: 300 };
    const { overlay } = portrait(1, []);
    const [above, below] = [portrait(2, spans), portrait(3, spans)];
    const { sketch, yOf } = await pictured(
      { ...above, name: 'the one', overlay: { ...overlay, range } },
      { ...below, name: 'the other', overlay: { ...overlay, range } },
    );
    // Names, the axis, and two plots.
    expect(sketch.heightPx).toBe(20 + 26 + 100 + 20 + 100);
    const [one = NaN] = yOf('the one');
    const [other = NaN] = yOf('the other');
    const [axis = NaN] = yOf('0.4 µs');
    expect(yOf('0.4 µs')).toHaveLength(1);
    expect(one).toBeLessThan(axis);
    expect(yOf('lane 0').map((y) => y > other)).toEqual([false, true]);
    expect(yOf('lane 1').every((y) => y > axis)).toBe(true);
    // The range is the same in both, and measured once.
    expect(yOf('200 ns')).toHaveLength(1);
    expect(yOf('200 ns')[0]).toBeLessThan(other);
  });

  it('shows in all its parts what there was when it was begun', () => {
    const spans = [0, 9].flatMap((lane) => [
      span(lane, 'hold', 100 * lane, 100 * lane + 50, lane),
      span(lane, 'compute', 100 * lane, 100 * lane + 50, lane),
    ]);
    const later = [0, 9].map((lane) => span(lane, 'compute', 970, 990, 99));
    const parts = [
      { top: 0, height: 100 },
      { top: 100, height: 200 },
    ];
    const paintedWhile = (grow: (timeline: Timeline) => void, mayGrow: boolean) => {
      const one = portrait(10, spans, { mayGrow });
      const { painting } = timelineSketch([one]);
      grow(one.scene.timeline);
      const ctx = new SvgPen(640, 600, measure);
      const chart = { ctx, chartArea: PLOT, currentDevicePixelRatio: 1 } as unknown as Chart;
      for (const part of parts) {
        for (const step of painting?.of(chart, part) ?? []) {
          expect(step).toBeUndefined();
          grow(one.scene.timeline);
        }
      }
      return ctx.toSvg('');
    };
    const alone = paintedWhile(() => undefined, false);
    expect(alone).toContain('lane 9');
    const grow = (timeline: Timeline) => {
      if (timeline.spanCount === spans.length) timeline.append(encodeSpans(later));
    };
    expect(paintedWhile(grow, true)).toBe(alone);
  });

  it('gives way with each lane, as many times as it says, and paints no others of a part', () => {
    const { painting } = timelineSketch([portrait(30, [span(0, 'compute', 0, 500)])]);
    const stepsOf = (part: Stripe) => {
      const ctx = new SvgPen(640, 600, measure);
      const chart = { ctx, chartArea: PLOT, currentDevicePixelRatio: 1 } as unknown as Chart;
      return [...(painting?.of(chart, part) ?? [])].length;
    };
    expect(painting?.steps).toBe(60);
    expect(stepsOf({ top: 0, height: 600 })).toBe(61);
    expect(stepsOf({ top: PLOT.top, height: 3 * 14 })).toBe(7);
  });

  it('counts in the steps in which it copies what may grow', () => {
    const spans = Array.from({ length: 20 * SPANS_A_SLICE }, (_, at) =>
      span(0, 'hold', at, at + 1, at),
    );
    const { painting } = timelineSketch([portrait(1, spans, { mayGrow: true })]);
    const ctx = new SvgPen(640, 600, measure);
    const chart = { ctx, chartArea: PLOT, currentDevicePixelRatio: 1 } as unknown as Chart;
    // The holds are copied with the lane, and once more with the lock.
    expect(painting?.steps).toBe(2 * 20 + 2);
    expect([...(painting?.of(chart, { top: 0, height: 600 }) ?? [])]).toHaveLength(43);
  });
});
