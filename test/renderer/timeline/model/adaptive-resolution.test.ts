import { describe, expect, it } from 'vitest';
import { AdaptiveResolution } from '../../../../src/renderer/timeline/model/adaptive-resolution.js';

/** Has a picture painted at some times, each in so many ms for a column of a pixel; gives the columns. */
function columnsAt(timesMs: readonly number[], fineMs: number): number[] {
  const resolution = new AdaptiveResolution();
  return timesMs.map((atMs) => {
    const columnPx = resolution.begin(atMs);
    resolution.end(atMs + fineMs / columnPx);
    return columnPx;
  });
}

const MOVING = [0, 16, 33, 50];

describe('how finely the timeline is painted', () => {
  it('is a column a pixel where that takes no longer than a frame has room for', () => {
    expect(columnsAt(MOVING, 4)).toEqual([1, 1, 1, 1]);
  });

  it('is coarser while the view moves and takes longer, by as much as is needed', () => {
    expect(columnsAt(MOVING, 4.1)).toEqual([1, 2, 2, 2]);
    expect(columnsAt(MOVING, 9)).toEqual([1, 3, 3, 3]);
    expect(columnsAt(MOVING, 100)).toEqual([1, 3, 3, 3]);
  });

  it('is fine again once the view has come to rest, and where steps are far apart', () => {
    expect(columnsAt([0, 16, 16 + AdaptiveResolution.RESTED_MS], 9)).toEqual([1, 3, 1]);
    expect(columnsAt([0, 500, 1000], 9)).toEqual([1, 1, 1]);
  });
});
