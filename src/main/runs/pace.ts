import type { Pace } from '../../ipc/index.js';
import { computesOneAtATime, type Parameters } from '../../experiment/parameters.js';
import { laneCount } from '../../experiment/plan.js';

/**
 * What the window may take of the cores that the lanes keep busy, and of those that they leave free:
 * so little of the former that, with what the main process takes and what each turn of a core costs,
 * the lanes wait no more than 2 % of their time for it.
 */
const SHARE_OF_ALL = 0.012;
const SHARE_OF_FREE = 0.08;

type Period = 'beatMs' | 'newsMs' | 'wholeMs';

/** From what is missed least to what is missed most: what is dear becomes rarer in this order. */
const PERIODS = ['wholeMs', 'newsMs', 'beatMs'] as const satisfies readonly Period[];

interface PeriodFacts {
  /** Bounds, in ms. */
  readonly least: number;
  readonly most: number;
  /** What each time takes to begin with, in ms of processor time, and of all that may be taken. */
  readonly costMs: number;
  readonly part: number;
}

const FACTS: Readonly<Record<Period, PeriodFacts>> = {
  // Each drain, at least.
  beatMs: { least: 25, most: 3000, costMs: 3, part: 0.5 },
  // Progress that stands still for longer than three seconds looks like a run that does.
  newsMs: { least: 250, most: 3000, costMs: 10, part: 0.25 },
  wholeMs: { least: 1000, most: 6000, costMs: 50, part: 0.25 },
};

/** Every second drain: with a core free to draw on, spans are seen within 100 ms, whatever it takes. */
const LONGEST_FREE_BEAT_MS = 50;

/** What was measured changes a period by so much at once, at most. */
const LARGEST_STEP = 2;

/** How many cores' time the window may take while lanes keep so many of the cores busy. */
export function budgetOf(busy: number, cores: number): number {
  return SHARE_OF_ALL * cores + SHARE_OF_FREE * freeCores(busy, cores);
}

/** The pace that a recording begins with. */
export function firstPace(busy: number, cores: number): Pace {
  const budget = budgetOf(busy, cores);
  const crowded = freeCores(busy, cores) === 0;
  const first = (period: Period) => {
    const { costMs, part } = FACTS[period];
    return bounded(costMs / (part * budget), period, crowded);
  };
  return { crowded, beatMs: first('beatMs'), newsMs: first('newsMs'), wholeMs: first('wholeMs') };
}

/** The pace to go on with where the window was seen to take so many times what it may. */
export function nextPace(pace: Pace, taken: number): Pace {
  const factor = Math.min(Math.max(taken, 1 / LARGEST_STEP), LARGEST_STEP);
  const changed = (period: Period) => bounded(pace[period] * factor, period, pace.crowded);
  const inOrder = factor > 1 ? PERIODS : PERIODS.toReversed();
  const period = inOrder.find((candidate) => changed(candidate) !== pace[candidate]);
  return period === undefined ? pace : { ...pace, [period]: changed(period) };
}

function bounded(ms: number, period: Period, crowded: boolean): number {
  const { least, most } = FACTS[period];
  const isFreeBeat = period === 'beatMs' && !crowded;
  return Math.min(Math.max(ms, least), isFreeBeat ? LONGEST_FREE_BEAT_MS : most);
}

/** Cores that no lane keeps busy. */
function freeCores(busy: number, cores: number): number {
  return Math.max(0, cores - busy);
}

/** Lanes of a run that compute at the same time, at most. */
export function busyLanes(parameters: Parameters): number {
  if (parameters.workload === 'sleep') return 0;
  return computesOneAtATime(parameters.lock) ? 1 : laneCount(parameters);
}
