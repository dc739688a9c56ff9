import { describe, expect, it } from 'vitest';
import { hitTest, taskAround } from '../../../../src/renderer/timeline/model/hit-test.js';
import {
  laneBands,
  laneRows,
  laneTop,
  type LaneRows,
} from '../../../../src/renderer/timeline/model/lane-rows.js';
import { windowOf } from '../../../../src/renderer/timeline/model/time-window.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

/** Lane 0 waits, then computes with the lock; lane 1 had the lock before. A pixel is 10 ns. */
const timeline = timelineOf(2, [
  span(1, 'compute', 0, 400, 1),
  span(1, 'hold', 0, 400, 1),
  span(1, 'task', 0, 400, 1),
  span(0, 'wait', 100, 400, 2),
  span(0, 'compute', 400, 800, 2),
  span(0, 'hold', 400, 800, 2),
  span(0, 'task', 100, 800, 2),
  span(0, 'compute', 901, 902, 3),
  span(0, 'compute', 903, 904, 4),
  span(0, 'compute', 905, 906, 5),
]);
const window = windowOf({ startNs: 0, endNs: 1000 }, 100);
const rows = laneRows(2, { top: 0, height: 100 }, true, 0);

function hitIn(lane: number, band: 'block' | 'hold', x: number, at: LaneRows = rows) {
  const { top, height } = laneBands(laneTop(at, lane), at.laneHeight)[band];
  return hitTest(timeline, window, at, x, top + height / 2);
}

describe('the span under the pointer', () => {
  it('is the one that lies on top', () => {
    expect(hitIn(0, 'block', 50)).toMatchObject({ kind: 'compute', task: 2, startNs: 400 });
    expect(hitIn(0, 'hold', 50)).toMatchObject({ kind: 'hold', task: 2, endNs: 800 });
    expect(hitIn(0, 'block', 20)).toMatchObject({ kind: 'wait', lane: 0, more: 0 });
    expect(hitIn(1, 'block', 20)).toMatchObject({ kind: 'compute', lane: 1, task: 1 });
  });

  it('is none beside the plot, under the lanes, and where a lane is idle', () => {
    expect(hitIn(0, 'block', -1)).toBeNull();
    expect(hitIn(0, 'block', 100)).toBeNull();
    expect(hitIn(1, 'block', 60)).toBeNull();
    expect(hitTest(timeline, window, rows, 50, 99)).toBeNull();
  });

  it('is the one that the pointer is on, before one that is beside it', () => {
    expect(hitIn(0, 'block', 39.5)).toMatchObject({ kind: 'wait' });
  });

  it('may be a little beside it, so that short ones can be met', () => {
    expect(hitIn(0, 'block', 88.5)).toMatchObject({ task: 3 });
    expect(hitIn(0, 'block', 87)).toBeNull();
  });

  it('says how many more there are in the pixel', () => {
    expect(hitIn(0, 'block', 90.35)).toMatchObject({ task: 4, more: 2 });
  });

  it('in the lock’s row is the holder’s, with its task', () => {
    const y = rows.lock?.top ?? NaN;
    expect(hitTest(timeline, window, rows, 20, y)).toMatchObject({
      kind: 'hold',
      lane: 1,
      task: 1,
    });
    expect(hitTest(timeline, window, rows, 60, y)).toMatchObject({
      kind: 'hold',
      lane: 0,
      task: 2,
    });
    expect(hitTest(timeline, window, rows, 95, y)).toBeNull();
  });
});

describe('the task around a span', () => {
  it('is the whole of it', () => {
    expect(taskAround(timeline, { lane: 0, startNs: 400 })).toEqual({ startNs: 100, endNs: 800 });
    expect(taskAround(timeline, { lane: 0, startNs: 100 })).toEqual({ startNs: 100, endNs: 800 });
  });

  it('is unknown before it has ended', () => {
    expect(taskAround(timeline, { lane: 0, startNs: 901 })).toBeNull();
  });
});
