import type { Machine } from '../recording/machine.js';
import { computesOneAtATime, LOCK_MODES, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { RepeatTotals, SummaryFigures } from './summary.js';
import { FEWEST_FOR_95 } from '../base/statistics.js';
import type { TypicalTimes } from './typical-times.js';

/** What a warning has seen, by name. A name ends in its unit, which says how the figure is shown. */
export type Figures = Readonly<Record<string, number | string>>;

/** What the rules look at. */
export interface WarningInput {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly RepeatTotals[];
  readonly summary: SummaryFigures;
  readonly cappedTasks: number;
  /** Of the last repeat. */
  readonly typical: TypicalTimes;
}

/** A warning's rule: what it looks for, and its sentence with the figures' names in braces. */
interface WarningRule {
  /** The figures where there is something to warn of. */
  find(this: void, input: WarningInput): Figures | undefined;
  template(this: void, figures: Figures): string;
}

/** Spread of the wall times, relative to their median, above which they are called unsteady. */
const SPREAD_LIMIT = 0.05;

/** A time of fewer steps of the clock than this is off by a tenth or more. */
const FEWEST_CLOCK_STEPS = 10;

/** Holds of up to so many switch intervals are as asked. */
const HELD_RATIO_LIMIT = 1.1;

/** Share of the lanes' time without a core that is let pass. */
const QUEUED_LIMIT = 0.05;

/** Load of other processes that is let pass: a share of all cores, and at least a part of one. */
const OTHER_LOAD_SHARE = 0.05;
const OTHER_LOAD_CORES = 0.1;

/** Governors that keep to low frequencies; without a preference, powersave goes to the lowest of all. */
const LOW_GOVERNORS: readonly string[] = ['powersave', 'powersave (power)'];

const stopped = rule(
  ({ params, repeats }) =>
    repeats.length === params.repeats
      ? undefined
      : { completed: repeats.length, repeats: params.repeats },
  ({ repeats }) =>
    `The run was stopped after {completed} of {repeats} ${plural(repeats, 'repeat')}.`,
);

const droppedSpans = rule(
  ({ repeats }) => {
    const dropped = droppedIn(repeats.filter(({ keptUntilNs }) => keptUntilNs === null));
    return dropped === 0 ? undefined : { dropped };
  },
  () =>
    '{dropped} spans were dropped, as they came faster than they could be drained: ' +
    'the timeline has gaps; the tasks’ figures are complete.',
);

/** Some repeats had more spans than there was memory for. */
const keptSpans = rule(
  ({ repeats }) => {
    const cut = repeats.filter(({ keptUntilNs }) => keptUntilNs !== null);
    const [first] = cut;
    if (first === undefined) return undefined;
    return {
      dropped: droppedIn(cut),
      cutRepeats: cut.length,
      repeats: repeats.length,
      keptUntilNs: first.keptUntilNs ?? 0,
      wallNs: first.wallNs,
    };
  },
  () =>
    '{dropped} spans were dropped, as a run keeps no more of them in memory: the timeline of ' +
    '{cutRepeats} of {repeats} repeats ends early, the first after {keptUntilNs} of {wallNs}; the tasks’ ' +
    'figures are complete. Fewer repeats leave more room for each, and fewer tasks or iterations need less.',
);

const sharedCores = rule(
  ({ params, machine }) => {
    const { usableCores } = machine;
    const threads = computingAtOnce(params);
    return threads <= usableCores ? undefined : { threads: laneCount(params), usableCores };
  },
  ({ threads }) =>
    `{threads} ${threads === 1 ? 'thread has' : 'threads share'} {usableCores}: ` +
    'computing includes time in which a thread had no core.',
);

/** Two threads are on one core and share what computes, though each has a logical core to itself. */
const sharedPhysicalCores = rule(
  ({ params, machine: { physicalCores, logicalCores, usableCores } }) => {
    const threads = computingAtOnce(params);
    if (physicalCores === null || physicalCores >= logicalCores) return undefined;
    return threads <= physicalCores || threads > usableCores
      ? undefined
      : { threads, physicalCores };
  },
  ({ physicalCores }) =>
    `{threads} threads are on {physicalCores} physical ${plural(physicalCores, 'core')}, two on one (SMT): ` +
    'these compute slower than one alone, so that no speed-up reaches the number of threads.',
);

/** There are more threads than fast cores. */
const unlikeCores = rule(
  ({ params, machine: { coreKinds } }) => {
    const threads = computingAtOnce(params);
    const countOf = (wanted: string) => coreKinds.find(({ kind }) => kind === wanted)?.cores ?? 0;
    const [fast, slow] = [countOf('fast'), countOf('slow')];
    return slow === 0 || threads <= fast ? undefined : { threads, fast, slow };
  },
  ({ fast, slow }) =>
    `{threads} threads are on {fast} fast and {slow} slow ${plural(fast + slow, 'core')}: how long a task ` +
    'takes depends on where it ran, and equal chunks do not end together.',
);

/** The system holds the cores' frequency down, whatever they have to do. */
const lowFrequency = rule(
  ({ machine: { governor } }) =>
    governor !== null && LOW_GOVERNORS.includes(governor) ? { governor } : undefined,
  () =>
    'The cores’ frequency is held down (governor {governor}): times are longer than the machine allows. ' +
    'Choose performance, for example with cpupower frequency-set -g performance.',
);

/** Other processes took more than a twentieth of all cores, and more than a tenth of one. */
const otherLoad = rule(
  ({ machine: { logicalCores: cores }, summary: { otherLoadCores: busyCores } }) => {
    const limit = Math.max(OTHER_LOAD_CORES, OTHER_LOAD_SHARE * cores);
    return busyCores === null || busyCores <= limit ? undefined : { busyCores, cores };
  },
  () =>
    'Other processes kept {busyCores} of {cores} cores busy meanwhile: ' +
    'close what computes beside it, or measure on the command line without a window.',
);

/** Lanes were ready and had no core for more than a twentieth of their time. */
const queued = rule(
  ({ summary: { queuedShare } }) =>
    queuedShare === null || queuedShare <= QUEUED_LIMIT ? undefined : { queuedShare },
  () =>
    'The lanes were ready and had no core for {queuedShare} of their time, as more wants to compute than ' +
    'there are cores to be had: other processes, a quota, or a machine that shares them out. ' +
    'Computing includes that time.',
);

/** The whole process stood still for a while. */
const suspended = rule(
  ({ repeats, summary: { suspendedNs } }) => {
    const suspensions = repeats.flatMap((repeat) => repeat.suspensions).length;
    return suspensions === 0 ? undefined : { suspendedNs, suspensions };
  },
  ({ suspensions }) =>
    `The whole process was suspended for {suspendedNs}${suspensions === 1 ? '' : ', {suspensions} times'}: ` +
    'it was stopped, or the machine slept. That is in the wall times; measure again without.',
);

const spread = rule(
  ({ summary: { wallNs }, repeats }) => {
    if (repeats.length < 2) return undefined;
    const spreadShare = (wallNs.max - wallNs.min) / wallNs.median;
    return spreadShare <= SPREAD_LIMIT ? undefined : { spreadShare };
  },
  () =>
    'Wall times spread over {spreadShare} of their median: repeat more often, or on a quieter machine.',
);

const outliers = rule(
  ({ summary, repeats }) => {
    const [first] = summary.outliers;
    if (first === undefined) return undefined;
    return {
      outliers: summary.outliers.length,
      repeats: repeats.length,
      repeat: first + 1,
      wallNs: repeats[first]?.wallNs ?? NaN,
      medianNs: summary.wallNs.median,
    };
  },
  ({ outliers: count }) =>
    `${count === 1 ? 'Repeat {repeat} is an outlier' : '{outliers} of {repeats} repeats are outliers, the first of them repeat {repeat}'}: ` +
    '{wallNs} against a median of {medianNs}. None is left out: trust the median, not the ends, ' +
    'and look for what else ran then.',
);

/** The typical task, or the typical stretch of work in it, is shorter than ten steps of the clock. */
const clockResolution = rule(
  ({ machine, typical }) => {
    const { stepNs } = machine.clock;
    const isShort = (time: number) => time < FEWEST_CLOCK_STEPS * stepNs;
    if (isShort(typical.taskNs)) return { of: 'task', timeNs: typical.taskNs, stepNs };
    if (!isShort(typical.stretchNs)) return undefined;
    return { of: 'stretch of work', timeNs: typical.stretchNs, stepNs };
  },
  () =>
    'A typical {of} lasts {timeNs} and the clock tells times apart in steps of {stepNs}: ' +
    'single times are rough; trust sums, or make the tasks longer.',
);

/**
 * Under the executor, lanes wait longer for their next tasks than they work, all in all: for the
 * pool's own cost of a task, as this run had it.
 */
const poolCost = rule(
  ({ params, typical: { workNs, gapNs } }) =>
    params.scheduler !== 'executor' || !(workNs < gapNs) ? undefined : { workNs, gapNs },
  () =>
    'A task works for {workNs} on average and the pool takes {gapNs} to give a lane the next one: ' +
    'this measures the pool. Make the tasks longer, or schedule them static or dynamic.',
);

/** Lanes held the lock notably longer than the switch interval before they gave it up. */
const switchInterval = rule(
  ({ params: { lock, switchIntervalMs }, typical: { heldNs } }) => {
    const intervalNs = switchIntervalMs * 1e6;
    const heldRatio = heldNs / intervalNs;
    const isLong = LOCK_MODES[lock].takesInterval && heldRatio > HELD_RATIO_LIMIT;
    return isLong ? { heldNs, heldRatio, intervalNs } : undefined;
  },
  () =>
    'Lanes held the lock for {heldNs} (median) before they gave it up, {heldRatio} the switch interval ' +
    'of {intervalNs}: a waiter’s timed wait ends late, as it does in CPython, and later where cores are busy. ' +
    'Go by the measured hold, or take a longer interval.',
);

const capped = rule(
  ({ cappedTasks, params: { matrices: tasks, maxIterations, convergence } }) =>
    cappedTasks === 0 ? undefined : { cappedTasks, tasks, maxIterations, convergence },
  ({ tasks, maxIterations, convergence }) =>
    `{cappedTasks} of {tasks} ${plural(tasks, 'task')} did not converge within {maxIterations} ` +
    `${plural(maxIterations, 'iteration')} ({convergence}).` +
    (convergence === 'strict'
      ? ' Under the strict test a negative dominant eigenvalue never converges: choose the sign-aware test.'
      : ''),
);

/** A run is faster than it can be. Found where runs are set side by side (plausibility.ts). */
const implausibleSpeedUp = rule(
  (): { speedUpRatio: number; mostRatio: number } | undefined => undefined,
  () =>
    'A speed-up of {speedUpRatio} cannot be: the lanes, the lock and the cores allow {mostRatio}. The machine ' +
    'was slower while it ran serially, or faster since: measure both again, on a quieter machine.',
);

/** Too few repeats for a 95 % interval: what stands in its place is their range, if anything. */
const fewRepeats = rule(
  ({ repeats: { length } }) =>
    length >= FEWEST_FOR_95 ? undefined : { repeats: length, fewest: FEWEST_FOR_95 },
  ({ repeats }) =>
    (repeats === 1
      ? 'One repeat does not tell how times vary'
      : 'Of {repeats} repeats there is no 95 % interval, only their range') +
    ': repeat at least {fewest} times.',
);

/** Each warning's rule by its code, in the order in which they are shown. */
export const WARNING_RULES = {
  stopped,
  'dropped-spans': droppedSpans,
  'kept-spans': keptSpans,
  'shared-cores': sharedCores,
  'shared-physical-cores': sharedPhysicalCores,
  'unlike-cores': unlikeCores,
  'low-frequency': lowFrequency,
  'other-load': otherLoad,
  queued,
  suspended,
  spread,
  outliers,
  'clock-resolution': clockResolution,
  'pool-cost': poolCost,
  'switch-interval': switchInterval,
  capped,
  'few-repeats': fewRepeats,
  'implausible-speed-up': implausibleSpeedUp,
} satisfies Readonly<Record<string, WarningRule>>;

/** What a warning is about. */
export type WarningCode = keyof typeof WARNING_RULES;

/** All of them. */
export const WARNING_CODES = Object.keys(WARNING_RULES) as readonly WarningCode[];

/** Ties a template to the figures that its own rule finds. */
function rule<Found extends Figures>(
  find: (input: WarningInput) => Found | undefined,
  template: (figures: Found) => string,
): WarningRule {
  // A warning's figures were found by the rule of its code, so that they are of its shape.
  return { find, template: (figures) => template(figures as Found) };
}

/** How many threads of a run may compute at once, however many cores there are. */
function computingAtOnce(params: Parameters): number {
  if (params.workload === 'sleep') return 0;
  return computesOneAtATime(params.lock) ? 1 : laneCount(params);
}

function droppedIn(repeats: readonly RepeatTotals[]): number {
  let dropped = 0;
  for (const { lanes } of repeats) for (const lane of lanes) dropped += lane.dropped;
  return dropped;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
