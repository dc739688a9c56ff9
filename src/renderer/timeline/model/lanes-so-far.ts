import type { LaneTotals } from '../../../experiment/lane-totals.js';
import { idleNs } from '../../../recording/idle.js';
import { SPAN_KINDS } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';

/** What each lane has done in a timeline as far as that has come; times in whole ns. */
export function lanesSoFar(timeline: Timeline): LaneTotals[] {
  return Array.from({ length: timeline.lanes }, (_, lane) => {
    const tracks = timeline.lane(lane);
    const { task, wait, hold, compute, sleep } = tracks;
    const [waitNs, computeNs, sleepNs] = [wait.totalNs, compute.totalNs, sleep.totalNs];
    return {
      lane,
      tasks: task.length,
      computeNs,
      waitNs,
      holdNs: hold.totalNs,
      sleepNs,
      // Tasks that have not ended are not among the spans, but what they did is.
      idleNs: idleNs(timeline.endNs, waitNs + computeNs + sleepNs),
      queuedNs: null,
      spans: SPAN_KINDS.reduce((spans, kind) => spans + tracks[kind].length, 0),
      dropped: 0,
    };
  });
}
