import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuePlace } from '../../../src/renderer/comparison/comparison-chart.js';

/** Half the height of a text, in px. */
const HALF_TEXT = 6;

const anyBar = fc
  .tuple(
    fc.integer({ min: 0, max: 200 }),
    fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 3, maxLength: 3 }),
    fc.integer({ min: 20, max: 70 }),
    fc.integer({ min: 8, max: 120 }),
  )
  .map(([startPx, lengths, textPx, thickPx]) => {
    const [low = 0, end = 0, high = 0] = lengths.toSorted((a, b) => a - b);
    const [endPx, lowPx, highPx] = [startPx + end, startPx + low, startPx + high];
    return { startPx, endPx, thickPx, lowPx, highPx, textPx };
  });

describe('the value of a bar', () => {
  it('is never struck through by the error bar or the bar’s edge, and stands at the bar’s end', () => {
    fc.assert(
      fc.property(anyBar, (bar) => {
        const { x, dy, isInside } = valuePlace(bar);
        const right = x + bar.textPx;
        const isClearOf = (end: number) => right < end || x > end;
        const isAbove = dy + HALF_TEXT < 0;
        expect(isAbove || right < bar.lowPx || x > bar.highPx).toBe(true);
        expect(isClearOf(bar.lowPx) && isClearOf(bar.highPx)).toBe(true);
        if (isInside) expect(x > bar.startPx && right < bar.endPx).toBe(true);
        else expect(x).toBeGreaterThan(bar.endPx);
        if (isInside && dy !== 0) expect(HALF_TEXT - dy).toBeLessThanOrEqual(bar.thickPx / 2);
        const distance = isInside ? bar.endPx - right : x - bar.endPx;
        if (bar.thickPx >= 28) expect(distance).toBeLessThanOrEqual(bar.textPx + 18);
      }),
    );
  });

  it('is in the bar where there is room, else behind it', () => {
    const bar = { startPx: 100, endPx: 300, thickPx: 40, lowPx: 290, highPx: 310, textPx: 50 };
    expect(valuePlace(bar)).toEqual({ x: 232, dy: 0, isInside: true });
    expect(valuePlace({ ...bar, lowPx: 150 })).toEqual({ x: 242, dy: -8, isInside: true });
    // No line of the text is left for a thin bar's error bar.
    const thin = { ...bar, thickPx: 12, lowPx: 250 };
    expect(valuePlace(thin)).toEqual({ x: 192, dy: 0, isInside: true });
    const short = { ...bar, endPx: 130, lowPx: 128, highPx: 132 };
    expect(valuePlace(short)).toEqual({ x: 140, dy: 0, isInside: false });
    expect(valuePlace({ ...short, highPx: 400 })).toEqual({ x: 138, dy: -8, isInside: false });
  });
});
