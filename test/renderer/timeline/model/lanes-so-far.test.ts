import { expect, it } from 'vitest';
import { lanesSoFar } from '../../../../src/renderer/timeline/model/lanes-so-far.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

it('tells what each lane has done so far, and how long it was idle', () => {
  const timeline = timelineOf(2, [
    span(0, 'wait', 0, 10),
    span(0, 'hold', 10, 40),
    span(0, 'compute', 10, 40),
    span(0, 'task', 0, 40),
    span(1, 'sleep', 0, 100),
  ]);
  expect(lanesSoFar(timeline)).toMatchObject([
    { lane: 0, tasks: 1, waitNs: 10, holdNs: 30, computeNs: 30, sleepNs: 0, idleNs: 60 },
    { lane: 1, tasks: 0, waitNs: 0, holdNs: 0, computeNs: 0, sleepNs: 100, idleNs: 0 },
  ]);
});
