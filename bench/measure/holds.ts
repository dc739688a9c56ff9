import { decodeSpans } from '../../src/recording/spans.js';

/** A thread took something over at this time, in nanoseconds. */
export type Takeover = readonly [thread: number, atNs: number];

/** When which lane took the lock, in order, of packed spans. */
export function takeoversOf(pieces: readonly Float64Array[]): Takeover[] {
  return pieces
    .flatMap((words) => [...decodeSpans(words)])
    .filter(({ kind }) => kind === 'hold')
    .map(({ lane, startNs }): Takeover => [lane, startNs])
    .sort(([, a], [, b]) => a - b);
}

/**
 * For how long each thread had it before another took over, in nanoseconds. What the last one had
 * is not known to have ended.
 */
export function runLengths(takeovers: readonly Takeover[]): number[] {
  const changes = takeovers.filter(([thread], index) => thread !== takeovers[index - 1]?.[0]);
  return changes.slice(1).map(([, atNs], index) => atNs - (changes[index]?.[1] ?? NaN));
}
