import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  centredAt,
  columnCount,
  draggedFrame,
  framePartAt,
  minimapColumns,
  minimapKey,
  type FramePart,
} from '../../../../src/renderer/timeline/model/minimap.js';
import { paintMinimap } from '../../../../src/renderer/timeline/paint/paint-minimap.js';
import { readPalette } from '../../../../src/renderer/ui/palette.js';
import { fakePen } from '../../../fixtures/canvas.js';
import { anyIntervals, coveredSlowly, span, timelineOf } from '../../../fixtures/timelines.js';

const WHOLE = { startNs: 0, endNs: 10_000 };

describe('the minimap’s columns', () => {
  it('hold the lanes’ time, none of it lost', () => {
    fc.assert(
      fc.property(
        anyIntervals,
        anyIntervals,
        fc.integer({ min: 1, max: 300 }),
        (computes, waits, columns) => {
          const timeline = timelineOf(2, [
            ...computes.map(([startNs, endNs]) => span(0, 'compute', startNs, endNs)),
            ...waits.map(([startNs, endNs]) => span(1, 'wait', startNs, endNs)),
          ]);
          const whole = { startNs: 0, endNs: Math.max(50, timeline.endNs) };
          const { computing, waiting } = minimapColumns(timeline, whole, columns);
          const sum = (shares: Float32Array) =>
            (shares.reduce((total, share) => total + share, 0) * 2 * whole.endNs) / columns;
          const tolerance = 1 + whole.endNs * 1e-4;
          expect(Math.abs(sum(computing) - coveredSlowly(computes, 0, whole.endNs))).toBeLessThan(
            tolerance,
          );
          expect(Math.abs(sum(waiting) - coveredSlowly(waits, 0, whole.endNs))).toBeLessThan(
            tolerance,
          );
        },
      ),
    );
  });

  it('are fewer where there are many lanes', () => {
    expect(columnCount(800, 10)).toBe(400);
    expect(columnCount(800, 256)).toBeLessThan(200);
    expect(columnCount(0, 0)).toBe(1);
  });

  it('are painted from below and from above', () => {
    const fake = fakePen();
    const columns = {
      computing: new Float32Array([0.5, 0]),
      sleeping: new Float32Array([0.25, 0.01]),
      waiting: new Float32Array([0, 0.25]),
    };
    paintMinimap(fake.pen, columns, 100, 20, readPalette({ getPropertyValue: () => '' }));
    expect(fake.of('fillRect')).toEqual([
      [50, 0, 50, 5],
      [0, 10, 50, 10],
      [0, 5, 50, 5],
      // However little it is, it is seen.
      [50, 19, 50, 1],
    ]);
  });
});

describe('the minimap’s frame', () => {
  it('is taken at its ends, at its middle, or not at all', () => {
    expect(framePartAt(98, 100, 200)).toBe('start');
    expect(framePartAt(203, 100, 200)).toBe('end');
    expect(framePartAt(150, 100, 200)).toBe('middle');
    expect(framePartAt(50, 100, 200)).toBeNull();
    expect([99, 101].map((x) => framePartAt(x, 100, 100))).toEqual(['start', 'end']);
  });

  it('stays within the run and no shorter than can be seen, wherever it is dragged', () => {
    const anyTime = fc.integer({ min: -20_000, max: 30_000 });
    const anyPart = fc.constantFrom<FramePart>('start', 'end', 'middle');
    fc.assert(
      fc.property(anyPart, anyTime, anyTime, (part, fromNs, toNs) => {
        const range = { startNs: 2000, endNs: 3000 };
        const moved = draggedFrame(range, WHOLE, part, fromNs, toNs);
        expect(moved.startNs).toBeGreaterThanOrEqual(0);
        expect(moved.endNs).toBeLessThanOrEqual(WHOLE.endNs);
        expect(moved.endNs - moved.startNs).toBeGreaterThanOrEqual(50);
        if (part === 'middle') expect(moved.endNs - moved.startNs).toBe(1000);
        if (part === 'start') expect(moved.endNs).toBe(3000);
        if (part === 'end') expect(moved.startNs).toBe(2000);
      }),
    );
  });

  it('goes to where was clicked, as far as the run reaches', () => {
    const range = { startNs: 2000, endNs: 3000 };
    expect(centredAt(range, WHOLE, 6000)).toEqual({ startNs: 5500, endNs: 6500 });
    expect(centredAt(range, WHOLE, 0)).toEqual({ startNs: 0, endNs: 1000 });
  });

  it('is moved by keys', () => {
    const range = { startNs: 2000, endNs: 3000 };
    expect(minimapKey(range, WHOLE, 'ArrowRight')).toEqual({ startNs: 2100, endNs: 3100 });
    expect(minimapKey(range, WHOLE, 'PageDown')).toEqual({ startNs: 1000, endNs: 2000 });
    expect(minimapKey(range, WHOLE, 'Home')).toEqual({ startNs: 0, endNs: 1000 });
    expect(minimapKey(range, WHOLE, 'End')).toEqual({ startNs: 9000, endNs: 10_000 });
    expect(minimapKey(range, WHOLE, 'x')).toBeNull();
  });
});
