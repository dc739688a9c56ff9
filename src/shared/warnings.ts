import type { Machine } from './run-record.js';
import { computesOneAtATime, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { RepeatTotals, Summary } from './report.js';
import { FEWEST_FOR_95 } from './statistics.js';
import type { TypicalTimes } from './typical-times.js';
import { formatCount, formatCounted, formatDuration, formatRough, formatShare } from './units.js';

/** What a warning is about. Scripts may rely on the codes; the sentences may change. */
export const WARNING_CODES = [
  'stopped',
  'dropped-spans',
  'kept-spans',
  'shared-cores',
  'other-load',
  'spread',
  'outliers',
  'clock-resolution',
  'pool-cost',
  'capped',
  'few-repeats',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** One reason not to trust a run's figures as they are. */
export interface Warning {
  readonly code: WarningCode;
  /** What was seen, with its figures, and what to do. */
  readonly message: string;
}

/** What the rules below look at. */
export interface WarningInput {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly RepeatTotals[];
  readonly summary: Omit<Summary, 'warnings' | 'warningCodes'>;
  readonly cappedTasks: number;
  /** Of the last repeat. */
  readonly typical: TypicalTimes;
}

/** Spread of the wall times, relative to their median, above which they are called unsteady. */
const SPREAD_LIMIT = 0.05;

/** A time of fewer steps of the clock than this is off by a tenth or more. */
const FEWEST_CLOCK_STEPS = 10;

/** Load of other processes that is let pass: a share of all cores, and at least a part of one. */
const OTHER_LOAD_SHARE = 0.05;
const OTHER_LOAD_CORES = 0.1;

/** Each warning's rule, in the order in which they are told: a sentence, or nothing to say. */
const RULES: Readonly<Record<WarningCode, (input: WarningInput) => string | undefined>> = {
  stopped,
  'dropped-spans': droppedSpans,
  'kept-spans': keptSpans,
  'shared-cores': sharedCores,
  'other-load': otherLoad,
  spread,
  outliers,
  'clock-resolution': clockResolution,
  'pool-cost': poolCost,
  capped,
  'few-repeats': fewRepeats,
};

/** What a reader should know before trusting a run's figures. */
export function warningsOf(input: WarningInput): Warning[] {
  return WARNING_CODES.flatMap((code) => {
    const message = RULES[code](input);
    return message === undefined ? [] : [{ code, message }];
  });
}

function stopped({ params, repeats }: WarningInput): string | undefined {
  if (repeats.length === params.repeats) return undefined;
  return `The run was stopped after ${repeats.length} of ${formatCounted(params.repeats, 'repeat')}.`;
}

function droppedSpans({ repeats }: WarningInput): string | undefined {
  const dropped = droppedIn(repeats.filter(({ keptUntilNs }) => keptUntilNs === null));
  if (dropped === 0) return undefined;
  return (
    `${formatCount(dropped)} spans were dropped, as they came faster than they could be drained: ` +
    'the timeline has gaps; the tasks’ figures are complete.'
  );
}

/** Some repeats had more spans than there was memory for. */
function keptSpans({ repeats }: WarningInput): string | undefined {
  const cut = repeats.filter(({ keptUntilNs }) => keptUntilNs !== null);
  const [first] = cut;
  if (first === undefined) return undefined;
  return (
    `${formatCount(droppedIn(cut))} spans were dropped, as a run keeps no more of them in memory: the ` +
    `timeline of ${cut.length} of ${repeats.length} repeats ends early, the first after ` +
    `${formatDuration(first.keptUntilNs ?? 0)} of ${formatDuration(first.wallNs)}; the tasks’ figures are ` +
    'complete. Fewer repeats leave more room for each, and fewer tasks or iterations need less.'
  );
}

function droppedIn(repeats: readonly RepeatTotals[]): number {
  let dropped = 0;
  for (const { lanes } of repeats) for (const lane of lanes) dropped += lane.dropped;
  return dropped;
}

function sharedCores({ params, machine }: WarningInput): string | undefined {
  const lanes = laneCount(params);
  const takesTurns = params.workload === 'sleep' || computesOneAtATime(params.lock);
  if (lanes <= machine.logicalCores || takesTurns) return undefined;
  return `${lanes} threads share ${machine.logicalCores} cores: computing includes time in which a thread had no core.`;
}

/** Other processes took more than a twentieth of all cores, and more than a tenth of one. */
function otherLoad({ machine, summary }: WarningInput): string | undefined {
  const { logicalCores } = machine;
  const limit = Math.max(OTHER_LOAD_CORES, OTHER_LOAD_SHARE * logicalCores);
  const cores = summary.otherLoadCores;
  if (cores === null || cores <= limit) return undefined;
  return (
    `Other processes kept ${formatRough(cores)} of ${logicalCores} cores busy meanwhile: ` +
    'close what computes beside it, or measure on the command line without a window.'
  );
}

function spread({ summary: { wallNs }, repeats }: WarningInput): string | undefined {
  if (repeats.length < 2) return undefined;
  const relative = (wallNs.max - wallNs.min) / wallNs.median;
  if (relative <= SPREAD_LIMIT) return undefined;
  return `Wall times spread over ${formatShare(relative)} of their median: repeat more often, or on a quieter machine.`;
}

function outliers({ summary, repeats }: WarningInput): string | undefined {
  const [first] = summary.outliers;
  if (first === undefined) return undefined;
  const wallNs = repeats[first]?.wallNs ?? NaN;
  const which =
    summary.outliers.length === 1
      ? `Repeat ${first + 1} is an outlier`
      : `${summary.outliers.length} of ${repeats.length} repeats are outliers, the first of them repeat ${first + 1}`;
  return (
    `${which}: ${formatDuration(wallNs)} against a median of ${formatDuration(summary.wallNs.median)}. ` +
    'None is left out: trust the median, not the ends, and look for what else ran then.'
  );
}

/** The typical task, or the typical stretch of work in it, is shorter than ten steps of the clock. */
function clockResolution({ machine, typical }: WarningInput): string | undefined {
  const { stepNs } = machine.clock;
  const limit = FEWEST_CLOCK_STEPS * stepNs;
  const isShort = (time: number) => time < limit;
  const [what, time] = isShort(typical.taskNs)
    ? ['task', typical.taskNs]
    : ['stretch of work', typical.stretchNs];
  if (!isShort(time)) return undefined;
  return (
    `A typical ${what} lasts ${formatDuration(time)} and the clock tells times apart in steps of ` +
    `${formatDuration(stepNs)}: single times are rough; trust sums, or make the tasks longer.`
  );
}

/**
 * Under the executor, lanes wait longer for their next tasks than they work, all in all: for the
 * pool's own cost of a task, as this run had it.
 */
function poolCost({ params, typical }: WarningInput): string | undefined {
  const { workNs, gapNs } = typical;
  if (params.scheduler !== 'executor' || !(workNs < gapNs)) return undefined;
  return (
    `A task works for ${formatDuration(workNs)} on average and the pool takes ${formatDuration(gapNs)} ` +
    'to give a lane the next one: this measures the pool. Make the tasks longer, or schedule them static or dynamic.'
  );
}

function capped({ cappedTasks, params }: WarningInput): string | undefined {
  if (cappedTasks === 0) return undefined;
  const reason =
    params.convergence === 'strict'
      ? ' Under the strict test a negative dominant eigenvalue never converges.'
      : '';
  return (
    `${formatCount(cappedTasks)} of ${formatCounted(params.matrices, 'task')} hit the cap of ` +
    `${formatCounted(params.maxIterations, 'iteration')} (${params.convergence}).${reason}`
  );
}

/** Too few repeats for a 95 % interval: what stands in its place is their range, if anything. */
function fewRepeats({ repeats: { length } }: WarningInput): string | undefined {
  if (length >= FEWEST_FOR_95) return undefined;
  const what =
    length === 1
      ? 'One repeat does not tell how times vary'
      : `Of ${length} repeats there is no 95 % interval, only their range`;
  return `${what}: repeat at least ${FEWEST_FOR_95} times.`;
}
