import { describe, expect, it } from 'vitest';
import {
  kindRows,
  kindsIn,
  laneRows,
  sortRows,
} from '../../../src/renderer/analysis/selection-rows.js';
import { rangeFigures } from '../../../src/analysis/selection-stats.js';
import { finish } from '../../../src/base/cooperative-task.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const timeline = timelineOf(3, [
  span(0, 'compute', 0, 10),
  span(0, 'task', 0, 10),
  span(1, 'compute', 0, 30),
  span(1, 'task', 0, 30),
]);
const figures = finish(rangeFigures(timeline, { startNs: 0, endNs: 40 }));

describe('the rows of the selection', () => {
  it('are the kinds that the repeat has, and idling', () => {
    expect(kindsIn(timeline)).toEqual(['task', 'compute', 'idle']);
  });

  it('give shares of the thread time that, of task and idle, make up the whole', () => {
    const [task, idle] = kindRows(figures, ['task', 'idle']);
    expect(task).toMatchObject({ lane: null, count: 2, sumNs: 40, meanNs: 20, maxNs: 30 });
    expect(task?.share).toBeCloseTo(1 / 3, 12);
    expect(idle).toMatchObject({ count: NaN, sumNs: 80 });
    expect((task?.share ?? 0) + (idle?.share ?? 0)).toBeCloseTo(1, 12);
  });

  it('give each lane its share of its own time', () => {
    expect(laneRows(figures, 'compute').map(({ lane, share }) => [lane, share])).toEqual([
      [0, 0.25],
      [1, 0.75],
      [2, 0],
    ]);
  });

  it('are sorted by a figure, those without it last, or stay as they come', () => {
    const rows = laneRows(figures, 'compute');
    const lanes = (sorted: typeof rows) => sorted.map(({ lane }) => lane);
    expect(lanes(sortRows(rows, { column: 'maxNs', isDescending: true }))).toEqual([1, 0, 2]);
    expect(lanes(sortRows(rows, { column: 'maxNs', isDescending: false }))).toEqual([0, 1, 2]);
    expect(lanes(sortRows(rows, { column: null, isDescending: true }))).toEqual([2, 1, 0]);
  });
});
