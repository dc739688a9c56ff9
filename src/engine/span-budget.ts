import type { Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { SPAN_BYTES } from '../recording/spans.js';

/** Bytes of spans that are kept in memory, over all runs: some 45 million spans. */
export const SPAN_BYTES_KEPT = 2 ** 30;

/** Bytes of spans that a run keeps, so that another one can be kept beside it. */
export const SPAN_BYTES_OF_RUN = SPAN_BYTES_KEPT / 2;

/** Spans that a lane may keep in a repeat: each lane of each repeat has an equal share. */
export function spansOfLane(spanBytes: number, parameters: Parameters): number {
  return Math.floor(spanBytes / SPAN_BYTES / parameters.repeats / laneCount(parameters));
}
