import type { Compared, ComparisonRow } from './comparison.js';
import { formatNumber, formatShare } from './units.js';

/** What the conclusion looks at. */
export type ConclusionRow = Pick<ComparisonRow, 'params' | 'speedup' | 'speedupCi95'> & {
  readonly summary: Pick<ComparisonRow['summary'], 'waitShare'>;
};

/** A speed-up of less than this is no gain worth a thread. */
const LEAST_GAIN = 1.1;

/** The lock costs little where it leaves at least this share of the speed-up without it. */
const LITTLE_COST = 0.9;

/**
 * Says in a sentence what a comparison means. A run gains if its speed-up is at least 1.1, by the
 * lower end of the interval where there is one. Of the runs without a lock the faster one counts.
 *
 *     threads      without lock   GIL held      it says
 *     1            any            any           there is nothing to divide
 *     2 or more    no gain        no gain       threads do not help here, lock or not
 *                  no gain        gain          the figures contradict each other
 *                  gain           no gain       the lock takes away what the threads gain
 *                  gain           gain          the lock costs little (a tenth) or a part of it
 */
export function conclusionOf(rows: Compared<ConclusionRow>): string {
  const { threads } = rows.executor.params;
  if (threads === 1) {
    return 'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.';
  }
  const free = rows.static.speedup > rows.executor.speedup ? rows.static : rows.executor;
  const held = rows.gilHeld;
  const unlocked = `Without a lock ${threads} threads are ${times(free)} as fast as one`;
  const locked = `with the GIL held ${times(held)}`;
  if (!gains(free)) {
    return gains(held)
      ? `The figures contradict each other, ${times(held)} as fast with the GIL held and ${times(free)} without: repeat more often, or on a quieter machine.`
      : `Even without a lock ${threads} threads are only ${times(free)} as fast as one: the tasks are too short or the cores too few, and the lock changes little.`;
  }
  if (!gains(held)) {
    return `${unlocked}, ${locked}, waiting ${formatShare(held.summary.waitShare)} of the time: the lock takes away what the threads gain.`;
  }
  return held.speedup >= LITTLE_COST * free.speedup
    ? `${unlocked}, ${locked}: here the lock costs little.`
    : `${unlocked}, ${locked}: the lock costs a part of what the threads gain.`;
}

function gains({ speedup, speedupCi95 }: ConclusionRow): boolean {
  return (speedupCi95?.[0] ?? speedup) >= LEAST_GAIN;
}

function times({ speedup }: ConclusionRow): string {
  return `${formatNumber(speedup)} times`;
}
