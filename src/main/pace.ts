import { computesOneAtATime, type Parameters } from '../shared/parameters.js';
import { laneCount } from '../shared/plan.js';

/** How often a run is told that needs every core itself. */
export interface Pace {
  /** Time between two sendings of spans, in ms, of which the window draws what is new alone. */
  readonly beatMs: number;
  /** Time between two sendings of news, in ms: progress above all. */
  readonly newsMs: number;
}

/**
 * What of all cores' time the window may take from lanes that keep them busy: with the rest, which
 * the main process takes for itself, it is to stay below 2 %.
 */
const SHARE = 0.015;

/** What news takes to begin with, in ms of processor time: about what a frame of the page does. */
const FIRST_NEWS_COST_MS = 10;

/** Every second drain. */
const SHORTEST_BEAT_MS = 50;
const LONGEST_BEAT_MS = 1000;
const SHORTEST_NEWS_MS = 250;
/** Progress that stands still for longer looks like a run that does. */
const LONGEST_NEWS_MS = 1000;

/** What was measured changes a time by so much at once, at most. */
const LARGEST_STEP = 2;

/** The pace that a run begins with; null, as it comes, where a core is free to draw on. */
export function firstPace(parameters: Parameters, cores: number): Pace | null {
  if (busyLanes(parameters) < cores) return null;
  // Half of what may be taken is left to the beats.
  const newsMs = FIRST_NEWS_COST_MS / ((SHARE / 2) * cores);
  return { beatMs: SHORTEST_BEAT_MS, newsMs: within(newsMs, SHORTEST_NEWS_MS, LONGEST_NEWS_MS) };
}

/**
 * The pace to go on with after the window's processes took `cpuMs` of processor time in `elapsedMs`.
 * What is dear becomes rarer first in what is seen least: the news, and only then the spans.
 */
export function nextPace(pace: Pace, cpuMs: number, elapsedMs: number, cores: number): Pace {
  const measured = cpuMs / (SHARE * cores * elapsedMs);
  const factor = within(measured, 1 / LARGEST_STEP, LARGEST_STEP);
  const { beatMs, newsMs } = pace;
  const isBeatsTurn = factor > 1 ? newsMs >= LONGEST_NEWS_MS : beatMs > SHORTEST_BEAT_MS;
  return isBeatsTurn
    ? { beatMs: within(beatMs * factor, SHORTEST_BEAT_MS, LONGEST_BEAT_MS), newsMs }
    : { beatMs, newsMs: within(newsMs * factor, SHORTEST_NEWS_MS, LONGEST_NEWS_MS) };
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Lanes that compute at the same time, at most. */
function busyLanes(parameters: Parameters): number {
  if (parameters.workload === 'sleep') return 0;
  return computesOneAtATime(parameters.lock) ? 1 : laneCount(parameters);
}
