import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeFigures } from '../../src/analysis/selection-stats.js';
import { finish } from '../../src/base/cooperative-task.js';
import { quantileOf } from '../../src/analysis/quantiles.js';
import { SPAN_KINDS } from '../../src/recording/spans.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { anyRange, anySpans, isIn, partOf } from '../fixtures/ranges.js';

describe('the figures of a range', () => {
  it('are what going through all spans gives', () => {
    fc.assert(
      fc.property(anySpans, anyRange, ({ lanes, spans }, range) => {
        const figures = finish(rangeFigures(timelineOf(lanes, spans), range));
        for (const kind of SPAN_KINDS) {
          for (let lane = 0; lane <= lanes; lane += 1) {
            const within = spans.filter(
              (each) =>
                each.kind === kind && (lane === lanes || each.lane === lane) && isIn(each, range),
            );
            const parts = within.map((each) => partOf(each, range)).sort((a, b) => a - b);
            const { kinds } = (lane === lanes ? figures.all : figures.lanes[lane]) ?? figures.all;
            expect(kinds[kind]).toEqual({
              count: parts.length,
              sumNs: parts.reduce((sum, part) => sum + part, 0),
              p50Ns: sortedQuantile(parts, 0.5),
              p95Ns: sortedQuantile(parts, 0.95),
              maxNs: parts.at(-1) ?? NaN,
            });
          }
        }
      }),
    );
  });

  it('have what no span covers for idle where nothing was recorded by tasks', () => {
    const spans = [span(0, 'hold', 0, 40), span(0, 'wait', 40, 70), span(1, 'blocked', 20, 100)];
    const timeline = timelineOf(2, spans);
    timeline.labels = ['work'];
    const { lanes, all } = finish(rangeFigures(timeline, { startNs: 0, endNs: 100 }));
    expect(lanes.map(({ idleNs }) => idleNs)).toEqual([30, 20]);
    expect(all.idleNs).toBe(50);
  });

  it('of the parts of a range add up to those of the whole', () => {
    const anyCuts = fc.array(fc.nat(2_000_000), { maxLength: 5 });
    fc.assert(
      fc.property(anySpans, anyRange, anyCuts, ({ lanes, spans }, range, cuts) => {
        const timeline = timelineOf(lanes, spans);
        const edges = [
          ...new Set([
            ...cuts.filter((cut) => cut > range.startNs && cut < range.endNs),
            range.startNs,
            range.endNs,
          ]),
        ].sort((a, b) => a - b);
        const parts = edges
          .slice(1)
          .map((endNs, index) => ({ startNs: edges[index] ?? 0, endNs }))
          .map((part) => finish(rangeFigures(timeline, part)));
        const whole = finish(rangeFigures(timeline, range));
        const added = (pick: (figures: typeof whole) => number) =>
          parts.reduce((sum, part) => sum + pick(part), 0);
        for (const kind of SPAN_KINDS) {
          expect(added(({ all }) => all.kinds[kind].sumNs)).toBe(whole.all.kinds[kind].sumNs);
        }
        expect(added(({ all }) => all.idleNs)).toBe(whole.all.idleNs);
      }),
    );
  });

  it('count a span over the edge once, with its part inside', () => {
    const timeline = timelineOf(1, [span(0, 'wait', 0, 100), span(0, 'wait', 100, 130)]);
    const { all } = finish(rangeFigures(timeline, { startNs: 90, endNs: 110 }));
    expect(all.kinds.wait).toEqual({ count: 2, sumNs: 20, p50Ns: 10, p95Ns: 10, maxNs: 10 });
    expect(all.idleNs).toBe(20);
  });

  it('yield often enough that none of a million steps is long', () => {
    const spans = Array.from({ length: 100_000 }, (_, task) =>
      span(0, 'task', 10 * task, 10 * task + ((task * 7919) % 10), task),
    );
    const work = rangeFigures(timelineOf(1, spans), { startNs: 0, endNs: 1_000_000 });
    let yields = 0;
    while (work.next().done !== true) yields += 1;
    expect(yields).toBeGreaterThan(2 * (100_000 / 4096));
  });
});

describe('a quantile', () => {
  it('is that of the sorted values, whatever their order', () => {
    const anyValues = fc.array(fc.oneof(fc.nat(3), fc.nat(1_000_000_000)), { maxLength: 300 });
    fc.assert(
      fc.property(anyValues, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = finish(quantileOf(Float64Array.from(values), 0, values.length, share));
        expect(found).toBe(
          sortedQuantile(
            [...values].sort((a, b) => a - b),
            share,
          ),
        );
      }),
    );
  });

  it('leaves values outside its part alone', () => {
    const values = Float64Array.of(9, 3, 2, 1, 0);
    expect(finish(quantileOf(values, 1, 4, 0.5))).toBe(2);
    expect([values[0], values[4]]).toEqual([9, 0]);
  });

  it('interpolates as NumPy does', () => {
    // numpy.quantile([10, 20, 30, 40], 0.95) is 38.5
    const values = Float64Array.of(40, 10, 30, 20);
    expect(finish(quantileOf(values, 0, 4, 0.95))).toBeCloseTo(38.5, 12);
  });
});

function sortedQuantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(place)] ?? NaN;
  const upper = sorted[Math.ceil(place)] ?? NaN;
  return lower + (place - Math.floor(place)) * (upper - lower);
}
