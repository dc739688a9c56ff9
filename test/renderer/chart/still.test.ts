import { describe, expect, it } from 'vitest';
import { readPalette } from '../../../src/renderer/chart/palette.js';
import type { Scene } from '../../../src/renderer/chart/scene.js';
import { Still } from '../../../src/renderer/chart/still.js';
import { encodeSpans } from '../../../src/shared/spans.js';
import { fakePen, fakeSurfaces } from '../../fixtures/canvas.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const SIZE = { width: 800, height: 400, ratio: 2 };

function still() {
  const { pen, of } = fakePen();
  const { newSurface, pens } = fakeSurfaces();
  const scene: Scene = {
    timeline: timelineOf(1, [span(0, 'compute', 0, 100)]),
    range: { startNs: 0, endNs: 100 },
    scroll: 0,
    palette: readPalette({ getPropertyValue: () => '' }),
    hover: null,
  };
  const kept = new Still(newSurface);
  let paints = 0;
  const paint = (change: Partial<Scene> = {}, size = SIZE) => {
    Object.assign(scene, change);
    const before = paints;
    kept.paint(pen, scene, size, () => (paints += 1));
    return paints - before;
  };
  return { scene, paint, pens, drawn: () => of('drawImage') };
}

describe('the still picture of the spans', () => {
  it('is taken when they are wanted again, and stands for them while a pointer moves', () => {
    const { paint, pens, drawn } = still();
    expect(paint()).toBe(1);
    expect(pens).toHaveLength(0);
    expect(paint({ hover: { ...span(0, 'compute', 0, 100), more: 0 } })).toBe(1);
    expect(paint({ hover: null })).toBe(0);
    expect(paint({ range: { startNs: 0, endNs: 100 } })).toBe(0);
    expect(drawn().map(([, ...place]) => place)).toEqual(
      Array.from({ length: 3 }, () => [0, 0, SIZE.width, SIZE.height]),
    );
    expect([pens[0]?.pen.canvas.width, pens[0]?.pen.canvas.height]).toEqual([1600, 800]);
  });

  it('is given up where anything else changes', () => {
    const { scene, paint } = still();
    const settle = () => {
      paint();
      paint();
      expect(paint()).toBe(0);
    };
    settle();
    expect(paint({ range: { startNs: 0, endNs: 99 } })).toBe(1);
    settle();
    expect(paint({ scroll: 3 })).toBe(1);
    settle();
    expect(paint({ palette: { ...scene.palette } })).toBe(1);
    settle();
    scene.timeline.append(encodeSpans([span(0, 'compute', 100, 110)]));
    expect(paint()).toBe(1);
    settle();
    expect(paint({}, { ...SIZE, width: 700 })).toBe(1);
  });
});
