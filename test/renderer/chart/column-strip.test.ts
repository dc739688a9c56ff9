import { describe, expect, it } from 'vitest';
import { ColumnStrip, FAINTEST, strength } from '../../../src/renderer/chart/column-strip.js';
import { Hatch } from '../../../src/renderer/chart/hatch.js';
import { fakePen, fakeSurfaces } from '../../fixtures/canvas.js';

const STRIPE = { top: 5, height: 20 };

function newStrip() {
  const { pens, newSurface } = fakeSurfaces();
  const strip = new ColumnStrip(newSurface);
  const chart = fakePen();
  /** How strongly the columns were painted last, 0 to 255. */
  const painted = () => {
    const [image] = pens.at(-1)?.of('putImageData').at(-1) ?? [];
    const { data = [] } = (image ?? {}) as Partial<ImageData>;
    return Array.from({ length: data.length / 4 }, (_, column) => data[4 * column + 3]);
  };
  return { strip, pens, newSurface, chart, painted };
}

describe('a strip of columns', () => {
  it('adds up what covers a column, to the fraction of a pixel', () => {
    const { strip, chart, painted } = newStrip();
    strip.begin(4);
    strip.add(0.5, 1, 1);
    strip.add(1.2, 3.5, 1);
    strip.add(1, 1.2, 0.5);
    strip.paint(chart.pen, STRIPE, 'teal');
    expect(painted()).toEqual([128, Math.round(255 * 0.9), 255, 128]);
    expect(chart.of('drawImage')[0]?.slice(1)).toEqual([0, 0, 4, 1, 0, 5, 4, 20]);
  });

  it('begins anew', () => {
    const { strip, chart, painted } = newStrip();
    strip.begin(2);
    strip.add(0, 2, 1);
    strip.paint(chart.pen, STRIPE, 'teal');
    strip.begin(2);
    strip.add(0, 1, 1);
    strip.paint(chart.pen, STRIPE, 'teal');
    expect(painted()).toEqual([255, 0]);
  });

  it('paints nothing where nothing is', () => {
    const { strip, chart } = newStrip();
    strip.begin(2);
    strip.paint(chart.pen, STRIPE, 'teal');
    expect(chart.calls).toEqual([]);
  });

  it('hatches at the screen’s own resolution', () => {
    const { strip, newSurface, chart, pens } = newStrip();
    const hatch = new Hatch(newSurface);
    hatch.use('orange', 2);
    strip.begin(100);
    strip.add(0, 50, 1);
    strip.paintHatched(chart.pen, STRIPE, hatch);
    expect(chart.of('drawImage')[0]?.slice(1)).toEqual([0, 0, 200, 40, 0, 5, 100, 20]);
    expect(pens.some(({ of }) => of('createPattern').length === 1)).toBe(true);
    const made = pens.length;
    strip.paintHatched(chart.pen, STRIPE, hatch);
    expect(pens.length).toBe(made);
  });
});

it.each([
  [0, 0],
  [1e-6, FAINTEST],
  [0.7, 0.7],
  [1.1, 1],
])('a column covered to %d is painted with %d', (coverage, painted) => {
  expect(strength(coverage)).toBe(painted);
});
