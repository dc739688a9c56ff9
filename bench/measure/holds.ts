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

/** Share of the hand-offs that go to the thread whose last turn is longest ago; of those that had one. */
export function longestWaiterShare(takeovers: readonly Takeover[]): number {
  /** Threads by their last turns, the earliest first. */
  const order = new Set<number>();
  let handoffs = 0;
  let inOrder = 0;
  for (const [thread] of takeovers) {
    const [longest] = order;
    const isSame = [...order].at(-1) === thread;
    if (order.has(thread) && !isSame) {
      handoffs += 1;
      if (longest === thread) inOrder += 1;
    }
    order.delete(thread);
    order.add(thread);
  }
  return inOrder / handoffs;
}
