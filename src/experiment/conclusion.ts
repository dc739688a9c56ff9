import type { Compared } from './variants.js';
import type { Overview, Summary } from './report.js';
import { implausibleSpeedUp } from './plausibility.js';
import { speedUpByRounds, wallTimes, type SpeedUp } from './speed-up.js';
import { formatEnds, formatRatio, formatShare } from '../base/units.js';

/** What the conclusion looks at. */
export type ConclusionRow = Pick<Overview, 'params' | 'machine' | 'repeats'> & {
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

const AGAIN = 'Repeat more often, or on a quieter machine.';

/** What it means, by what the threads gain without a lock and what the lock then costs. */
const MEANINGS: Readonly<Record<Gain, Readonly<Record<Cost, string>>>> = {
  some: {
    much: 'The lock costs a part of what the threads gain, or all of it.',
    little: 'Here the lock costs little.',
    unclear: 'The threads help. What the lock costs cannot be told: the times vary too much.',
  },
  none: {
    much: 'Threads do not help here, and the lock makes them slower still.',
    little: 'Threads do not help here, with or without the lock.',
    unclear:
      'Threads do not help here. What the lock costs cannot be told: the times vary too much.',
  },
  unclear: {
    much: 'The lock makes the threads slower. Whether they help without it cannot be told: the times vary too much.',
    little:
      'The lock costs little. Whether the threads help cannot be told: the times vary too much.',
    unclear:
      'Neither what the threads gain nor what the lock costs can be told: the times vary too much.',
  },
};

/** Where the threads are faster under the lock. */
const WRONG_WAY = 'A lock makes nothing faster, so something else disturbed the measurement.';

/** Where the threads gain and the lock costs much: what is left of the gain under the lock. */
const LEFT_OVER: Readonly<Record<Gain, string>> = {
  some: 'The lock costs a part of what the threads gain.',
  none: 'The lock takes away what the threads gain.',
  unclear: MEANINGS.some.much,
};

/**
 * Says in a few sentences what a comparison means: how fast the threads are without a lock and with
 * it, and what follows. The threads gain if they are at least 1.1 times as fast as one, on the executor
 * without a lock; the lock costs much if under it the same executor is less than 0.9 times as fast as
 * without. Where the interval contains such a bound nothing can be concluded, and the interval is stated in the
 * place of the figure; where there is no interval the figures stand for themselves.
 */
export function conclusionOf(rows: Compared<ConclusionRow>): string {
  const { threads } = rows.executor.params;
  if (threads === 1) {
    return 'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.';
  }
  const free = speedUpOver(rows.serial, rows.executor);
  const held = speedUpOver(rows.serial, rows.gilHeld);
  const locked = speedUpOver(rows.executor, rows.gilHeld);
  const isUnclear =
    side(free, LEAST_GAIN) === 'astride' ||
    side(locked, LITTLE_COST) === 'astride' ||
    side(locked, LEAST_GAIN) === 'above';
  const chunks = speedUpOver(rows.serial, rows.static);
  const isPoolSlower = side(speedUpOver(rows.static, rows.executor), LITTLE_COST) === 'below';
  const inChunks = isPoolSlower ? `, and ${formatRatio(chunks.ratio)} in static chunks` : '';
  const waitShare = formatShare(rows.gilHeld.summary.waitShare);
  const isImplausible = [
    implausibleSpeedUp(rows.executor, free),
    implausibleSpeedUp(rows.gilHeld, held),
    implausibleSpeedUp(rows.static, chunks),
  ].some((warning) => warning !== null);
  return [
    `Without a lock ${threads} threads are ${speedText(free, isUnclear)} as fast as one${inChunks}.`,
    `With the GIL held they are ${speedText(held, isUnclear)} as fast as one, and wait ${waitShare} of the time.`,
    ...(isImplausible
      ? ['That is more than lanes, lock and cores allow.', AGAIN]
      : [meaningOf(free, held, locked), ...(isUnclear ? [AGAIN] : [])]),
  ].join(' ');
}

/** What the speed-ups mean: without a lock, under it, and of the one under it over the other. */
function meaningOf(free: SpeedUp, held: SpeedUp, locked: SpeedUp): string {
  if (side(locked, LEAST_GAIN) === 'above') return WRONG_WAY;
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

/** A speed-up, or between what it lies where it is too uncertain for one figure. */
function speedText({ ratio, ci95 }: SpeedUp, isUncertain: boolean): string {
  if (ci95 === null || !isUncertain) return formatRatio(ratio);
  const [low, high] = formatEnds(...ci95, formatRatio);
  return low === high ? low : `between ${low} and ${high}`;
}
