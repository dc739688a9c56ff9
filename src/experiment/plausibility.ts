import { LOCK_MODES, computesOneAtATime } from './parameters.js';
import { laneCount } from './plan.js';
import type { Overview } from './report.js';
import { speedUpByRounds, wallTimes, type SpeedUp } from './speed-up.js';
import { warningOf, type Warning } from './warnings.js';

/** So many times what lanes and cores allow is let pass: the caches of two cores hold more than one's. */
const LEEWAY = 1.1;

/** What of a run sets its most possible speed-up. */
type Run = Pick<Overview, 'params' | 'machine'>;

/** What of a run is set beside another that was measured in turn with it. */
type Rounds = Pick<Overview, 'params' | 'machine' | 'repeats' | 'summary'>;

/** Returns how many times as fast as serially a run's work can be done, by its lanes, lock and cores. */
export function mostSpeedUp({ params, machine }: Run): number {
  const lanes = laneCount(params);
  const { heldWhileSleeping } = LOCK_MODES[params.lock];
  if (params.workload === 'sleep') return heldWhileSleeping ? 1 : lanes;
  return computesOneAtATime(params.lock) ? 1 : Math.min(lanes, Math.max(1, machine.usableCores));
}

/** Returns the warnings of a run that was measured in rounds with a serial one, that of its speed-up included. */
export function warningsBeside(run: Rounds, serial: Pick<Overview, 'repeats'>): readonly Warning[] {
  const speedUp = speedUpByRounds(wallTimes(run), wallTimes(serial));
  const implausible = implausibleSpeedUp(run, speedUp);
  return implausible === null ? run.summary.warnings : [...run.summary.warnings, implausible];
}

/**
 * Warns of a speed-up over the serial run that cannot be: one that is beyond what lanes, lock and cores
 * allow with its whole interval. Null where it can be.
 */
export function implausibleSpeedUp(run: Run, { ratio, ci95 }: SpeedUp): Warning | null {
  const mostRatio = mostSpeedUp(run);
  const [low] = ci95 ?? [ratio];
  return low > LEEWAY * mostRatio
    ? warningOf('implausible-speed-up', { speedUpRatio: ratio, mostRatio })
    : null;
}
