import { isSameWork, speedUp } from '../../experiment/speed-up.js';
import type { Interval } from '../../base/statistics.js';
import type { MeasuredRun } from '../state/run-state.js';

/** How much longer a run takes than the baseline: its median wall time over that, less one. */
export interface Difference {
  readonly change: number;
  /** Its 95 % interval, or their range where repeats are too few for one; null with fewer than three. */
  readonly ci95: Interval | null;
  /** The repeats of the one that has fewer. */
  readonly repeats: number;
  /** Both do the same work, so that the difference is one of threads and locks. */
  readonly isSameWork: boolean;
}

/** The difference of a run from the baseline. */
export function differenceFrom(baseline: MeasuredRun, run: MeasuredRun): Difference {
  const { ratio, ci95, repeats } = speedUp(baseline.overview, run.overview);
  return {
    change: ratio - 1,
    ci95: ci95 === null ? null : [ci95[0] - 1, ci95[1] - 1],
    repeats,
    isSameWork: isSameWork(baseline.parameters, run.parameters),
  };
}

/** The difference of each run but the baseline from that, by the run's number. */
export function differencesFrom(
  baseline: MeasuredRun | undefined,
  runs: readonly MeasuredRun[],
): ReadonlyMap<number, Difference> {
  if (baseline === undefined) return new Map();
  const others = runs.filter((run) => run !== baseline);
  return new Map(others.map((run) => [run.run, differenceFrom(baseline, run)]));
}

/** A difference in short: `+92 %`, with the interval where there is one: `+92 % (90 to 95)`. */
export function differenceText({ change, ci95 }: Difference): string {
  return ci95 === null ? signed(change) : `${signed(change)} (${bounds(ci95)})`;
}

/** An interval of changes: `+90 to +95 %`. */
export function changeInterval(interval: Interval): string {
  return `${bounds(interval)} %`;
}

/** A change as per cent with its sign: `+92 %`, `−8.1 %`, `0 %`. */
export function signed(change: number): string {
  return `${percent(change)} %`;
}

/** The ends of an interval, with as many decimals as tell them apart, up to three more. */
function bounds([low, high]: Interval): string {
  for (let more = 0; more <= 3; more += 1) {
    const [from, to] = [percent(low, more), percent(high, more)];
    if (from !== to) return `${from} to ${to}`;
  }
  return `${percent(low)} to ${percent(high)}`;
}

/** A change as per cent without the sign of that: with one decimal below 10, or with some more. */
function percent(change: number, moreDecimals = 0): string {
  const value = change * 100;
  const digits = Math.abs(value).toFixed((Math.abs(value) < 9.95 ? 1 : 0) + moreDecimals);
  if (Number(digits) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${digits}`;
}
