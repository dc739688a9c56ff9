import type { Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { SPAN_BYTES } from '../recording/spans.js';

/** Bytes of spans that are kept in memory at most, over all runs: some 45 million spans. */
const SPAN_BYTES_MAX = 2 ** 30;

/** Part of all memory that the spans of all runs take at most. */
const MEMORY_SHARE = 0.25;

/** Bytes of spans that are kept over all runs where a process may have so much memory. */
export function spanBytesKept(memoryBytes: number): number {
  return Math.min(SPAN_BYTES_MAX, Math.floor(memoryBytes * MEMORY_SHARE));
}

/** Bytes of spans that a run keeps at most, so that another one can be kept beside it. */
export const SPAN_BYTES_OF_RUN = SPAN_BYTES_MAX / 2;

/** Spans that a lane may keep in a repeat: each lane of each repeat has an equal share. */
export function spansOfLane(spanBytes: number, parameters: Parameters): number {
  return Math.floor(spanBytes / SPAN_BYTES / parameters.repeats / laneCount(parameters));
}
