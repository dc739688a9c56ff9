import { decodeSpans } from '../../src/shared/spans.js';

/**
 * How long the lock was held each time that it was given up because another lane asked for it, in
 * nanoseconds, of packed spans in the order in which they were drained.
 *
 * A task that is asked for the lock takes it again later, so each of its holds but the last was
 * ended by a request; the last may have ended with the task.
 */
export function forcedHolds(pieces: readonly Float64Array[]): number[] {
  const lastHold = new Map<number, { readonly task: number; readonly lengthNs: number }>();
  const forced: number[] = [];
  for (const words of pieces) {
    for (const { kind, lane, task, startNs, endNs } of decodeSpans(words)) {
      if (kind !== 'hold') continue;
      const last = lastHold.get(lane);
      if (last?.task === task) forced.push(last.lengthNs);
      lastHold.set(lane, { task, lengthNs: endNs - startNs });
    }
  }
  return forced;
}

/** A thread took something over at this time, in nanoseconds. */
export type Takeover = readonly [thread: number, atNs: number];

/**
 * For how long each thread had it before another took over, in nanoseconds. What the last one had
 * is not known to have ended.
 */
export function runLengths(takeovers: readonly Takeover[]): number[] {
  const changes = takeovers.filter(([thread], index) => thread !== takeovers[index - 1]?.[0]);
  return changes.slice(1).map(([, atNs], index) => atNs - (changes[index]?.[1] ?? NaN));
}
