import type { Compared } from './comparison.js';
import type { Overview, Summary } from './report.js';
import { speedUpByRounds, wallTimes, type SpeedUp } from './speed-up.js';
import { formatNumber, formatShare } from '../base/units.js';

/** What the conclusion looks at. */
export type ConclusionRow = Pick<Overview, 'params' | 'repeats'> & {
  readonly summary: Pick<Summary, 'waitShare'>;
};

/** Threads that are less than this many times as fast as one gain nothing worth a thread. */
const LEAST_GAIN = 1.1;

/** A lock costs little where it leaves at least this share of the speed without it. */
const LITTLE_COST = 0.9;

/** On which side of a bound a speed-up lies with its whole interval. */
type Side = 'above' | 'below' | 'astride';

/** What the threads gain, and what the lock costs, by the side of the bound on which they lie. */
const GAINS = { above: 'some', below: 'none', astride: 'unclear' } as const;
const COSTS = { above: 'little', below: 'much', astride: 'unclear' } as const;
type Gain = (typeof GAINS)[Side];
type Cost = (typeof COSTS)[Side];

const AGAIN = 'repeat more often, or on a quieter machine.';

/** What it means, by what the threads gain without a lock and what the lock then costs. */
const MEANINGS: Readonly<Record<Gain, Readonly<Record<Cost, string>>>> = {
  some: {
    much: 'the lock costs a part of what the threads gain, or all of it.',
    little: 'here the lock costs little.',
    unclear: `the threads gain; too noisy to tell what the lock costs: ${AGAIN}`,
  },
  none: {
    much: 'threads do not help here, and the lock makes them slower still.',
    little: 'threads do not help here, lock or not.',
    unclear: `threads do not help here; too noisy to tell what the lock costs: ${AGAIN}`,
  },
  unclear: {
    much: `too noisy to tell whether the threads gain, but the lock makes them slower: ${AGAIN}`,
    little: `too noisy to tell whether the threads gain; the lock costs little: ${AGAIN}`,
    unclear: `too noisy to tell whether the threads gain and what the lock costs: ${AGAIN}`,
  },
};

/** Where the threads gain and the lock costs much: what is left of the gain under the lock. */
const LEFT_OVER: Readonly<Record<Gain, string>> = {
  some: 'the lock costs a part of what the threads gain.',
  none: 'the lock takes away what the threads gain.',
  unclear: MEANINGS.some.much,
};

/**
 * Says in a sentence what a comparison means. The threads gain if they are at least 1.1 times as fast
 * as one, on the executor without a lock; the lock costs much if under it the same executor is less
 * than 0.9 times as fast as without. Whatever is on either side of such a bound within its interval
 * is too noisy to tell; where there is no interval the figures stand for themselves.
 */
export function conclusionOf(rows: Compared<ConclusionRow>): string {
  const { threads } = rows.executor.params;
  if (threads === 1) {
    return 'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.';
  }
  const free = speedUpOver(rows.serial, rows.executor);
  const held = speedUpOver(rows.serial, rows.gilHeld);
  const chunks = speedUpOver(rows.serial, rows.static);
  const isPoolSlower = side(speedUpOver(rows.static, rows.executor), LITTLE_COST) === 'below';
  const inChunks = isPoolSlower ? ` (${formatNumber(chunks.ratio)} in static chunks)` : '';
  const seen =
    `Without a lock ${threads} threads are ${times(free)} as fast as one${inChunks}, ` +
    `with the GIL held ${times(held)}, waiting ${formatShare(rows.gilHeld.summary.waitShare)} of the time`;
  return `${seen}: ${meaningOf(free, held, speedUpOver(rows.executor, rows.gilHeld))}`;
}

/** What the speed-ups mean: without a lock, under it, and of the one under it over the other. */
function meaningOf(free: SpeedUp, held: SpeedUp, locked: SpeedUp): string {
  if (side(locked, LEAST_GAIN) === 'above') return `a lock makes nothing faster, so ${AGAIN}`;
  const gain = GAINS[side(free, LEAST_GAIN)];
  const cost = COSTS[side(locked, LITTLE_COST)];
  return gain === 'some' && cost === 'much'
    ? LEFT_OVER[GAINS[side(held, LEAST_GAIN)]]
    : MEANINGS[gain][cost];
}

function side({ ratio, ci95 }: SpeedUp, bound: number): Side {
  const [low, high] = ci95 ?? [ratio, ratio];
  if (low >= bound) return 'above';
  return high < bound ? 'below' : 'astride';
}

function speedUpOver(baseline: ConclusionRow, run: ConclusionRow): SpeedUp {
  return speedUpByRounds(wallTimes(run), wallTimes(baseline));
}

function times({ ratio }: SpeedUp): string {
  return `${formatNumber(ratio)} times`;
}
