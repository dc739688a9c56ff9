import { isSameWork, speedUp, type SpeedUp } from '../../experiment/speed-up.js';
import { formatEnds, formatRatio } from '../../base/units.js';
import { isSameMachine } from '../../recording/machine.js';
import { isMeasured, type MeasuredRun, type RunEntry } from '../state/run-state.js';

/** How many times as fast a run is as the baseline. */
export interface Difference extends SpeedUp {
  /** Both do the same work, so that the difference is one of threads and locks. */
  readonly isSameWork: boolean;
  /** Both were recorded on the same machine. */
  readonly isSameMachine: boolean;
}

/**
 * The difference of a run from the baseline; null where neither work nor machine is the same, so that
 * the times say nothing of one another.
 */
export function differenceFrom(baseline: MeasuredRun, run: MeasuredRun): Difference | null {
  const sameWork = isSameWork(baseline.source.parameters, run.source.parameters);
  const sameMachine = isSameMachine(baseline.machine, run.machine);
  if (!sameWork && !sameMachine) return null;
  return {
    ...speedUp(run.overview, baseline.overview),
    isSameWork: sameWork,
    isSameMachine: sameMachine,
  };
}

/** The difference of each run but the baseline from that, by the run's number. */
export function differencesFrom(
  baseline: RunEntry | undefined,
  runs: readonly MeasuredRun[],
): ReadonlyMap<number, Difference | null> {
  if (!isMeasured(baseline)) return new Map();
  const others = runs.filter((run) => run !== baseline);
  return new Map(others.map((run) => [run.run, differenceFrom(baseline, run)]));
}

/** A difference with its interval where there is one: `1.93× as fast (1.90 to 1.95)`. */
export function differenceText({ ratio, ci95 }: SpeedUp): string {
  const interval = ci95 === null ? '' : ` (${formatEnds(...ci95).join(' to ')})`;
  return `${speedText(ratio)}${interval}`;
}

/** A speed beside another: `1.93× as fast`. */
export function speedText(ratio: number): string {
  return `${formatRatio(ratio)} as fast`;
}
