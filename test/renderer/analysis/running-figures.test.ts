import { describe, expect, it } from 'vitest';
import { runningFigures } from '../../../src/renderer/analysis/running-figures.js';
import { rangeFigures } from '../../../src/analysis/selection-stats.js';
import { finish } from '../../../src/base/cooperative-task.js';
import { SPAN_KINDS } from '../../../src/recording/spans.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const timeline = timelineOf(2, [
  span(0, 'hold', 0, 600),
  span(0, 'task', 0, 600),
  span(1, 'wait', 0, 600),
  span(1, 'hold', 600, 800),
  span(1, 'compute', 600, 800),
  span(1, 'task', 0, 800),
]);

describe('the figures of a repeat that is on', () => {
  it('count and sum what has come as the analysis will', () => {
    const { figures } = runningFigures(timeline);
    const later = finish(rangeFigures(timeline, { startNs: 0, endNs: 800 }));
    for (const kind of SPAN_KINDS) {
      for (const [now, then] of [
        [figures.all, later.all],
        [figures.lanes[1], later.lanes[1]],
      ] as const) {
        const { count, sumNs } = then?.kinds[kind] ?? { count: -1, sumNs: -1 };
        expect(now?.kinds[kind]).toMatchObject({ count, sumNs, p50Ns: NaN });
      }
    }
  });

  it('tell how much the lock is held and waited for', () => {
    expect(runningFigures(timeline)).toMatchObject({ heldShare: 1, waiting: 0.75 });
    expect(runningFigures(timelineOf(2, []))).toMatchObject({ heldShare: 0, waiting: 0 });
  });
});
