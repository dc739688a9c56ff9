import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binMarks, binText } from '../../../src/renderer/analysis/histogram-axis.js';
import { histogramOf, type BinEdges } from '../../../src/analysis/task-histogram.js';
import { finish } from '../../../src/base/cooperative-task.js';

/** As wide as the labels of the window are, in px. */
const widthOf = (label: string) => 6 * label.length;
const textsOf = (bins: BinEdges, widthPx: number) =>
  binMarks(bins, widthPx, widthOf).map(({ label }) => label);

/** Bins from some power of ten to another, so many a decade. */
function decades(from: number, to: number, aDecade: number): BinEdges {
  const bins = Math.round((to - from) * aDecade);
  const edgesNs = Array.from({ length: bins + 1 }, (_, bin) => 10 ** (from + bin / aDecade));
  return { edgesNs, isLogarithmic: true };
}

function linear(bins: number, widthNs = 100): BinEdges {
  const edgesNs = Array.from({ length: bins + 1 }, (_, edge) => widthNs * edge);
  return { edgesNs, isLogarithmic: false };
}

/** Bins of task times, as they come to the chart. */
const anyBins = fc
  .array(
    fc.double({ min: 0, max: 10, noNaN: true }).map((power) => Math.round(10 ** power)),
    { minLength: 1, maxLength: 60 },
  )
  .map((times) => finish(histogramOf(Float64Array.from(times))))
  .filter((histogram) => histogram !== null);

describe('the marks along the bins', () => {
  it('are two at least, whose labels never touch, at their times', () => {
    fc.assert(
      fc.property(anyBins, fc.integer({ min: 170, max: 1500 }), (bins, widthPx) => {
        const marks = binMarks(bins, widthPx, widthOf);
        const last = bins.edgesNs.length - 1;
        // An axis of one bin has two edges.
        expect(marks.length).toBeGreaterThanOrEqual(2);
        expect(marks.every(({ value }) => value >= 0 && value <= last)).toBe(true);
        marks.slice(1).forEach(({ value, label }, index) => {
          const before = marks[index] ?? { value: NaN, label: '' };
          const room = ((value - before.value) * widthPx) / last;
          expect(room).toBeGreaterThan((widthOf(before.label) + widthOf(label)) / 2);
        });
      }),
    );
  });

  it('of decades are round times in equal steps, or 1, 2 and 5 of each', () => {
    fc.assert(
      fc.property(
        anyBins.filter(({ isLogarithmic }) => isLogarithmic),
        fc.integer({ min: 170, max: 1500 }),
        (bins, widthPx) => {
          const factors = textsOf(bins, widthPx).map((label) => timeOf(label));
          expect(factors.every((timeNs) => [1, 2, 5].includes(digitOf(timeNs)))).toBe(true);
          const steps = factors.slice(1).map((timeNs, index) => timeNs / (factors[index] ?? NaN));
          const isEven = steps.every((step) => Math.abs(step / (steps[0] ?? NaN) - 1) < 1e-9);
          const isDense = steps.every((step) => step < 2.6);
          expect(isEven || isDense).toBe(true);
        },
      ),
    );
  });

  it('are decades first, then every second, and 1, 2 and 5 where there is room', () => {
    const bins = decades(3, 7, 4);
    expect(textsOf(bins, 300)).toEqual(['1 µs', '10 µs', '100 µs', '1 ms', '10 ms']);
    expect(textsOf(bins, 170)).toEqual(['1 µs', '100 µs', '10 ms']);
    expect(textsOf(bins, 900).slice(0, 5)).toEqual(['1 µs', '2 µs', '5 µs', '10 µs', '20 µs']);
    // One power of ten alone.
    expect(textsOf(decades(5.25, 6.95, 20), 120)).toEqual(['200 µs', '2 ms']);
  });

  it('are edges where bins are equally wide in time', () => {
    expect(binMarks(linear(2), 500, widthOf).map(({ value }) => value)).toEqual([0, 1, 2]);
    expect(binMarks(linear(41), 300, widthOf).map(({ value }) => value)).toEqual([
      0, 10, 20, 30, 40,
    ]);
    expect(binMarks(linear(41), 20, widthOf).map(({ value }) => value)).toEqual([0, 41]);
  });

  it('are round times of those, wherever the bins begin', () => {
    const from = (startNs: number, bins: number, widthNs: number) => ({
      edgesNs: Array.from({ length: bins + 1 }, (_, edge) => startNs + widthNs * edge),
      isLogarithmic: false,
    });
    const texts = textsOf(from(53e6, 50, 1e6), 400);
    expect(texts).toEqual(['60.0 ms', '70.0 ms', '80.0 ms', '90.0 ms', '100 ms']);
    expect(textsOf(from(56e6, 12, 2e6), 250)).toEqual(['60.0 ms', '70.0 ms', '80.0 ms']);
    // No two of them are among so few bins.
    expect(textsOf(from(53e6, 2, 1e6), 200)).toEqual(['53.0 ms', '54.0 ms', '55.0 ms']);
  });

  it('tells a bin in words', () => {
    const bins = { edgesNs: [1e6, 1.2e6, 1.4e6], isLogarithmic: false };
    expect(binText(bins, 1)).toBe('1.20 ms to 1.40 ms');
  });
});

const UNITS: Readonly<Record<string, number>> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9, min: 6e10 };

function timeOf(label: string): number {
  const [value, unit = ''] = label.split(' ');
  return Number(value) * (UNITS[unit] ?? NaN);
}

/** The first digit of a round number. */
function digitOf(value: number): number {
  return Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
}
