import type { Machine } from './run-record.js';
import type { Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { RepeatTotals } from './report.js';
import { formatCount, formatShare } from './units.js';

/** What the rules below look at. */
export interface WarningInput {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly RepeatTotals[];
  readonly wallNs: { readonly median: number; readonly min: number; readonly max: number };
  readonly cappedTasks: number;
}

/** Spread of the wall times, relative to their median, above which they are called unsteady. */
const SPREAD_LIMIT = 0.05;

/** What a reader should know before trusting a run's figures, a sentence each. */
export function warningsOf(input: WarningInput): string[] {
  return [
    stopped(input),
    droppedSpans(input),
    sharedCores(input),
    spread(input),
    capped(input),
  ].filter((warning) => warning !== undefined);
}

function stopped({ params, repeats }: WarningInput): string | undefined {
  if (repeats.length === params.repeats) return undefined;
  return `The run was stopped after ${repeats.length} of ${params.repeats} repeats.`;
}

function droppedSpans({ repeats }: WarningInput): string | undefined {
  const dropped = repeats
    .flatMap((repeat) => repeat.lanes)
    .reduce((total, lane) => total + lane.dropped, 0);
  if (dropped === 0) return undefined;
  return (
    `${formatCount(dropped)} spans were dropped, as they came faster than they could be drained: ` +
    'the timeline has gaps; the tasks’ figures are complete.'
  );
}

function sharedCores({ params, machine }: WarningInput): string | undefined {
  const lanes = laneCount(params);
  if (lanes <= machine.logicalCores || params.workload === 'sleep') return undefined;
  return `${lanes} threads share ${machine.logicalCores} cores: computing includes time in which a thread had no core.`;
}

function spread({ wallNs, repeats }: WarningInput): string | undefined {
  if (repeats.length < 2) return undefined;
  const relative = (wallNs.max - wallNs.min) / wallNs.median;
  if (relative <= SPREAD_LIMIT) return undefined;
  return `Wall times spread over ${formatShare(relative)} of their median: repeat more often, or on a quieter machine.`;
}

function capped({ cappedTasks, params }: WarningInput): string | undefined {
  if (cappedTasks === 0) return undefined;
  const reason =
    params.convergence === 'strict'
      ? ' Under the strict test a negative dominant eigenvalue never converges.'
      : '';
  return (
    `${formatCount(cappedTasks)} of ${formatCount(params.matrices)} tasks hit the cap of ` +
    `${formatCount(params.maxIterations)} iterations (${params.convergence}).${reason}`
  );
}
