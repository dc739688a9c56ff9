import type { MeasuredRuns, MeasuredSpeed } from '../../analysis/measured-runs.js';
import { laneCount } from '../../experiment/plan.js';
import { isSameWork, serialBaseline, speedUp } from '../../experiment/speed-up.js';
import { isSameMachine } from '../../recording/machine.js';
import type { MeasuredRun, RunEntry } from '../state/run-state.js';

/**
 * How fast the other measured runs of the same work on the same machine were, each as against one of them: of two that are
 * alike the newest.
 *
 * @param baseline the run that the others are set against, if any
 */
export function measuredBeside(
  run: MeasuredRun,
  runs: readonly MeasuredRun[],
  baseline: RunEntry | undefined,
): MeasuredRuns {
  const own = run.source.parameters;
  const others = runs.filter(
    (other) =>
      other !== run &&
      isSameWork(other.source.parameters, own) &&
      isSameMachine(other.machine, run.machine),
  );
  const speedOf = (other: MeasuredRun | undefined): MeasuredSpeed | null =>
    other === undefined ? null : { run: other.run, ...speedUp(other.overview, run.overview) };
  const isUnlocked = ({ source: { parameters } }: MeasuredRun) =>
    own.lock !== 'none' &&
    parameters.lock === 'none' &&
    parameters.scheduler === own.scheduler &&
    laneCount(parameters) === laneCount(own);
  const speeds = others.map((other) => speedOf(other)).filter((speed) => speed !== null);
  return {
    serial: speedOf(serialBaseline(others, own)),
    unlocked: speedOf(others.findLast(isUnlocked)),
    baseline: speedOf(others.find((other) => other === baseline)),
    fastest: speeds.reduce<MeasuredSpeed | null>(
      (most, each) => (most === null || each.ratio > most.ratio ? each : most),
      null,
    ),
  };
}
