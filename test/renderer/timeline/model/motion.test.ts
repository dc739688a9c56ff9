import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moved, Motion } from '../../../../src/renderer/timeline/model/motion.js';

const WHOLE = { startNs: 0, endNs: 1_000_000 };
const RANGE = { startNs: 400_000, endNs: 500_000 };

describe('a move of the view', () => {
  it('is as long as its time, in as many frames as may be', () => {
    const once = moved(RANGE, WHOLE, 'pan right', 100);
    const twice = moved(moved(RANGE, WHOLE, 'pan right', 50), WHOLE, 'pan right', 50);
    expect(twice.startNs).toBeCloseTo(once.startNs);
    const zoomed = moved(RANGE, WHOLE, 'zoom in', 100);
    const stepwise = moved(moved(RANGE, WHOLE, 'zoom in', 50), WHOLE, 'zoom in', 50);
    expect(stepwise.startNs).toBeCloseTo(zoomed.startNs);
    expect(zoomed.endNs - zoomed.startNs).toBeLessThan(100_000);
  });

  it('is undone by its opposite', () => {
    const back = moved(moved(RANGE, WHOLE, 'zoom in', 80), WHOLE, 'zoom out', 80);
    expect(back.startNs).toBeCloseTo(RANGE.startNs);
    const there = moved(moved(RANGE, WHOLE, 'pan left', 80), WHOLE, 'pan right', 80);
    expect(there.startNs).toBeCloseTo(RANGE.startNs);
  });
});

describe('keys that are held', () => {
  let frames: ((nowMs: number) => void)[] = [];
  let nowMs = 0;
  beforeEach(() => {
    frames = [];
    nowMs = 0;
    vi.stubGlobal('requestAnimationFrame', (frame: (nowMs: number) => void) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  function runFrames(count: number): void {
    for (let frame = 0; frame < count; frame += 1) {
      nowMs += 16;
      for (const due of frames.splice(0)) due(nowMs);
    }
  }

  it('move the view until they are let go of', () => {
    let totalMs = 0;
    const motion = new Motion(
      (_, forMs) => (totalMs += forMs),
      () => false,
    );
    motion.begin('pan left');
    motion.begin('pan left');
    runFrames(100);
    expect(totalMs).toBeGreaterThan(1500);
    motion.end('pan left');
    runFrames(1);
    const atEnd = totalMs;
    runFrames(10);
    expect(totalMs).toBe(atEnd);
    expect(frames).toEqual([]);
  });

  it('move it a little however shortly they are pressed', () => {
    let totalMs = 0;
    const motion = new Motion(
      (_, forMs) => (totalMs += forMs),
      () => false,
    );
    motion.begin('zoom in');
    motion.end('zoom in');
    runFrames(50);
    expect(totalMs).toBeCloseTo(150);
  });

  it('are forgotten at once where something else moves the view', () => {
    let totalMs = 0;
    const motion = new Motion(
      (_, forMs) => (totalMs += forMs),
      () => false,
    );
    motion.begin('zoom in');
    motion.end('zoom in');
    runFrames(2);
    const before = totalMs;
    motion.stop();
    frames = [];
    motion.begin('pan left');
    expect(frames).toHaveLength(1);
    motion.stop();
    frames = [];
    runFrames(10);
    expect(totalMs).toBe(before);
  });

  it('move it at once and in steps where motion is reduced', () => {
    const steps: number[] = [];
    const motion = new Motion(
      (_, forMs) => steps.push(forMs),
      () => true,
    );
    motion.begin('zoom in');
    motion.begin('zoom in');
    expect(steps).toEqual([150, 150]);
    expect(frames).toEqual([]);
  });
});
