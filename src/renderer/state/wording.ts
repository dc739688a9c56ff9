import { VARIANTS } from '../../experiment/variants.js';
import type { About, Entry, Failure, RecordedEntry, RepeatFacts } from '../../ipc/index.js';
import type { Progress } from '../../experiment/progress.js';
import {
  isEffective,
  LOCK_MODES,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../../experiment/parameters.js';
import type { ExpectedTime } from '../../experiment/expected-time.js';
import { workLabel } from '../../experiment/labels.js';
import { laneCount } from '../../experiment/plan.js';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatEnds,
  formatRoughDuration,
  formatShare,
  unitFor,
} from '../../base/units.js';
import type { RepeatView } from './repeat-views.js';
import {
  isExperiment,
  plannedRepeats,
  type Comparing,
  type ComparisonEnd,
  type Notice,
  type RunEntry,
} from './run-state.js';

import { sweptText } from './sweep-wording.js';

/** The window's sentences about runs. Labels come from the parameters' specifications. */

/** What a run is about: `GIL held · Executor`. */
export function titleOf(parameters: Parameters): string {
  return `${lockLabel(parameters)} · ${schedulerLabel(parameters)}`;
}

/** What a recording is about: an experiment's lock and scheduler, another's own title. */
export function recordingTitle({ source, description }: About): string {
  return source.kind === 'experiment' ? titleOf(source.parameters) : description.title;
}

/** How large a recording is, and what was done: `10 lanes · 200 matrices of 64 × 64`. */
export function recordingSize({ source, description }: About): string {
  if (source.kind === 'experiment') return sizeOf(source.parameters);
  return [formatCounted(description.lanes.length, 'lane'), description.subtitle]
    .filter((text) => text !== '')
    .join(' · ');
}

/** What a recording was of, without how: `200 matrices of 64 × 64`. */
export function recordingWork({ source, description }: About): string {
  return source.kind === 'experiment' ? workOf(source.parameters) : description.subtitle;
}

/** A recording's whole name: `Run 4: GIL held · Executor · 10 lanes · 200 matrices of 64 × 64`. */
export function wholeName(run: RunEntry): string {
  return `Run ${run.run}: ${recordingTitle(run)} · ${recordingSize(run)}`;
}

/** A run's name where two stand one above the other: `Run 4 · GIL held · Executor`. */
export function pairName(run: RunEntry, isBaseline: boolean): string {
  return `${isBaseline ? 'Baseline: run' : 'Run'} ${run.run} · ${recordingTitle(run)}`;
}

/** What an entry of the list is called in a sentence: `run 3`, `the comparison of runs 1 to 4`. */
export function entryName({ kind, runs, name }: Entry): string {
  if (name !== '') return `“${name}”`;
  const [first, last] = [runs[0], runs.at(-1)];
  return kind === 'run' ? `run ${first}` : `the ${kind} of runs ${first} to ${last}`;
}

/** That an entry was removed. */
export function removedText(entry: Entry): string {
  return `Removed ${entryName(entry)}`;
}

/** What a file that was opened holds: `Opened held.gilscope: 3 repeats, 41,204 spans, none dropped`. */
export function openedText({ entry, recordings }: RecordedEntry): string {
  const repeats = recordings.flatMap((recording) => recording.repeats);
  const what = entry.kind === 'comparison' ? 'a comparison of ' : '';
  const of = `${what}${formatCounted(recordings[0]?.repeats.length ?? 0, 'repeat')}`;
  return `Opened ${entry.file ?? 'a file'}: ${of}, ${spansText(repeats)}`;
}

/** When something was recorded, by the reader's own clock: `30 Nov 2026, 12:00`. */
export function recordedAt(created: string): string {
  const at = new Date(created);
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return at.toLocaleString('en-GB', { ...day, ...time });
}

/** What a comparison is about: `Comparison of 100 matrices of 64 × 64`. */
export function comparisonTitle(parameters: Parameters): string {
  return `Comparison of ${workOf(parameters)}`;
}

/** How large a run is: `10 lanes · 200 matrices of 64 × 64`. */
export function sizeOf(parameters: Parameters): string {
  return `${formatCounted(laneCount(parameters), 'lane')} · ${workOf(parameters)}`;
}

/** How a parameter is told that neither the title nor the size of a run tells. */
const TOLD_APART: Readonly<Partial<Record<ParameterName, (of: Parameters) => string>>> = {
  seed: ({ seed }) => `seed ${seed}`,
  switchIntervalMs: ({ switchIntervalMs }) => `interval ${switchIntervalMs} ms`,
  interpreterUs: ({ interpreterUs }) => `interpreter ${interpreterUs} µs`,
  epsilon: ({ epsilon }) => `ε ${String(epsilon).replace('-', '−')}`,
  maxIterations: ({ maxIterations }) => `cap ${formatCount(maxIterations)}`,
  convergence: ({ convergence }) => convergence,
  repeats: ({ repeats }) => formatCounted(repeats, 'repeat'),
  warmup: ({ warmup }) => formatCounted(warmup, 'warm-up'),
};

/** What else is unlike the defaults, as runs may differ in that alone: `seed 7 · sign-aware`. */
export function apartText(parameters: Parameters): string {
  return PARAMETER_NAMES.filter(
    (name) => isEffective(name, parameters) && parameters[name] !== SPECIFICATIONS[name].fallback,
  )
    .flatMap((name) => TOLD_APART[name]?.(parameters) ?? [])
    .join(' · ');
}

/** What is computed, its size or time kept together in a line: `200 matrices of 64 × 64`. */
function workOf(parameters: Parameters): string {
  return workLabel(parameters).replace(
    / of .*/,
    (end) => ` of ${end.slice(4).replaceAll(' ', '\u00a0')}`,
  );
}

/** Two times with the unit said once, told apart if they differ: `166 – 171 ms`. */
export function rangeOf(fromNs: number, toNs: number): string {
  const { name, nanoseconds } = unitFor(toNs);
  return `${formatEnds(fromNs / nanoseconds, toNs / nanoseconds).join(' – ')} ${name}`;
}

/**
 * A visible range of time, its ends with as many decimals as tell them apart at a hundredth of
 * what is shown, and each with two significant digits at least: `0 – 31.8 ms`, `1.5 – 398 ms`,
 * `51.20340 – 51.20510 ms`.
 */
export function spanOf({ startNs, endNs }: { startNs: number; endNs: number }): string {
  const { name, nanoseconds } = unitFor(endNs);
  const end = (time: number) => {
    if (time === 0) return '0';
    const resolutionNs = Math.min((endNs - startNs) / 100, Math.abs(time) / 10);
    const decimals = Math.ceil(Math.log10(nanoseconds / resolutionNs) - 1e-9);
    return (time / nanoseconds).toFixed(Math.min(Math.max(0, decimals), 9));
  };
  return `${end(startNs)} – ${end(endNs)} ${name}`;
}

/** What went wrong, as a sentence: with a capital letter, and a parameter by its label. */
export function failureText({ message, parameter }: Failure): string {
  const text =
    parameter === undefined || !message.startsWith(`${parameter} `)
      ? message
      : `${labelOf(parameter)}${message.slice(parameter.length)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The label of a parameter, for messages about it. */
export function labelOf(parameter: string): string {
  return parameter in SPECIFICATIONS ? SPECIFICATIONS[parameter as ParameterName].label : parameter;
}

/** How long a run is going to take, and how that is known: `about 3 s`, `estimated`. */
export function expectedText({ runNs, isMeasured }: ExpectedTime): {
  time: string;
  source: string;
} {
  return isMeasured
    ? { time: formatDuration(runNs), source: 'measured' }
    : { time: `about ${formatRoughDuration(runNs)}`, source: 'estimated' };
}

/** What the engine is doing: `Warming up`. */
export function phaseText(progress: Progress | null): string {
  if (progress === null) return 'Starting…';
  switch (progress.phase) {
    case 'starting':
      return 'Starting threads…';
    case 'generating':
      return 'Generating matrices…';
    case 'warming up':
      return 'Warming up';
    case 'repeating':
      return 'Running';
  }
}

/** For how long a program has been recorded: `12.3 s`; nothing where that is not known. */
export function sampledText(sampledNs: number | null): string {
  return sampledNs === null ? '' : formatDuration(sampledNs);
}

/** Which repeat is on: `Repeat 2 of 3`, `Warm-up 1 of 1`; nothing where none is. */
export function repeatText(progress: Progress | null): string {
  if (progress?.phase !== 'warming up' && progress?.phase !== 'repeating') return '';
  const { phase, repeat, repeats } = progress;
  return `${phase === 'repeating' ? 'Repeat' : 'Warm-up'} ${repeat + 1} of ${repeats}`;
}

/** What `tasks` counts in each phase. */
const COUNTED = {
  starting: 'threads',
  generating: 'matrices',
  'warming up': 'tasks',
  repeating: 'tasks',
} as const satisfies Record<Progress['phase'], string>;

/** How far it is with it: `34 of 100 tasks`; nothing where there is nothing to count. */
export function tasksText(progress: Progress | null): string {
  if (progress === null || progress.tasks === 0) return '';
  const { phase, tasksDone, tasks } = progress;
  return `${formatCount(tasksDone)} of ${formatCount(tasks)} ${COUNTED[phase]}`;
}

/** What of a run's progress bar starting the threads takes, and what generating the matrices does. */
const STARTING_SHARE = 0.02;
const GENERATING_SHARE = 0.02;

/**
 * How far a run is as a whole, from 0 to 1. It only ever grows. Each warm-up and each repeat counts
 * alike; what comes before the first task counts little, however long it takes, so that the bar
 * stands where the tasks are.
 */
export function fractionDone(
  progress: Progress | null,
  { warmup, repeats }: Pick<Parameters, 'warmup' | 'repeats'>,
): number {
  if (progress === null) return 0;
  const { phase, repeat, tasksDone, tasks } = progress;
  const within = tasks === 0 ? 0 : Math.min(1, tasksDone / tasks);
  if (phase === 'starting') return STARTING_SHARE * within;
  if (phase === 'generating') return STARTING_SHARE + GENERATING_SHARE * within;
  const done = (phase === 'repeating' ? warmup : 0) + repeat + within;
  const before = STARTING_SHARE + GENERATING_SHARE;
  return before + (1 - before) * (done / (warmup + repeats));
}

/** What happened last, in a sentence. */
export function noticeText(notice: Notice): string {
  if (typeof notice === 'string') return notice;
  switch (notice.event) {
    case 'run ended':
      return endedText(notice.entry);
    case 'comparison ended':
      return comparedText(notice.message);
    case 'sweep ended':
      return sweptText(notice.message);
  }
}

/** What became of a run: `Run 4 done: 3 repeats, 41,204 spans, none dropped`. */
function endedText(entry: RunEntry): string {
  const { run, outcome, repeats, description } = entry;
  if (!isExperiment(entry)) {
    const threads = formatCounted(description.lanes.length, 'thread');
    const what =
      repeats.length === 0 ? 'nothing was recorded' : `${threads}, ${spansText(repeats)}`;
    return `Run ${run} ${outcome}: ${what}`;
  }
  const planned = plannedRepeats(entry);
  const completed =
    repeats.length === planned
      ? formatCounted(repeats.length, 'repeat')
      : `${repeats.length} of ${formatCounted(planned, 'repeat')}`;
  const spans = repeats.length === 0 ? '' : `, ${spansText(repeats)}`;
  return `Run ${run} ${outcome}: ${completed}${spans}`;
}

/** What became of a comparison: `Comparison done: runs 1 to 4, 3 repeats each`. */
function comparedText({ runs, parameters, outcome, recorded }: ComparisonEnd): string {
  if (recorded === null) return `Comparison ${outcome}: no repeat of each was completed`;
  const length = recorded.recordings[0]?.repeats.length ?? 0;
  const repeats =
    length === parameters.repeats
      ? formatCounted(length, 'repeat')
      : `${length} of ${formatCounted(parameters.repeats, 'repeat')}`;
  return `Comparison ${outcome}: runs ${runs.serial} to ${runs.gilHeld}, ${repeats} each`;
}

/** What a comparison measures now: `Round 2 of 3: GIL held · Executor`. */
export function comparingText({ parameters, round }: Comparing, variant: Parameters): string {
  return `Round ${round + 1} of ${parameters.repeats}: ${titleOf(variant)}`;
}

/** How far a comparison is, from 0 to 1: each of its runs counts alike, the warm-ups in the first. */
export function fractionCompared(
  { parameters, wallsNs, round }: Comparing,
  progress: Progress | null,
): number {
  const done = VARIANTS.reduce((total, variant) => total + wallsNs[variant].length, 0);
  const warmup = round === 0 ? parameters.warmup : 0;
  const part = fractionDone(progress, { warmup, repeats: 1 });
  return (done + part) / (VARIANTS.length * parameters.repeats);
}

function spansText(repeats: readonly RepeatFacts[]): string {
  const spans = repeats.reduce((total, repeat) => total + repeat.spans, 0);
  const dropped = repeats.reduce((total, repeat) => total + repeat.dropped, 0);
  return `${formatCounted(spans, 'span')}, ${dropped === 0 ? 'none' : formatCount(dropped)} dropped`;
}

/** What a repeat's timeline is as a whole, or what of it is kept: `The first 1.20 s`. */
export function wholeText({ keptUntilNs }: Pick<RepeatView, 'keptUntilNs'>): string {
  return keptUntilNs === null ? 'Whole repeat' : `The first ${formatDuration(keptUntilNs)}`;
}

/** Spans that a timeline lacks, and until when all are kept, in ns; null where that is to its end. */
type Lack = Pick<RepeatView, 'dropped' | 'keptUntilNs'>;

/** What the timelines of all repeats lack together; where some are cut, until when the first is not. */
export function lackInAll(repeats: readonly RepeatFacts[]): Lack {
  const cut = repeats.find(({ keptUntilNs }) => keptUntilNs !== null);
  return {
    dropped: repeats.reduce((total, repeat) => total + repeat.dropped, 0),
    keptUntilNs: cut?.keptUntilNs ?? null,
  };
}

/** What a timeline lacks; empty where nothing. */
export function lackingText({ dropped, keptUntilNs }: Lack): string {
  if (dropped === 0) return '';
  if (keptUntilNs === null) return `${formatCount(dropped)} dropped spans are missing here`;
  return `${formatCount(dropped)} spans, most of them later, are not kept`;
}

/** What is to be said of a run that is not done, in few words; null of one that is. */
export function outcomeText(entry: RunEntry): string | null {
  switch (entry.outcome) {
    case 'running':
      return entry.source.kind === 'process' ? 'recording…' : 'measuring…';
    case 'done':
      return null;
    case 'stopped':
      // Not "stopped": the name of a run's button must not be mistaken for the Stop button's.
      return isExperiment(entry)
        ? `${entry.repeats.length} of ${formatCounted(plannedRepeats(entry), 'repeat')}`
        : 'not recorded';
    case 'failed':
      return 'failed';
  }
}

/** A run in a sentence: a word or two that stand out, and the rest. */
export interface Headline {
  readonly lead: string;
  readonly text: string;
}

/** The run in a sentence. It says what was measured and draws no conclusion. */
export function headlineOf(entry: RunEntry | undefined): Headline {
  if (entry === undefined) return { lead: 'No run yet', text: '' };
  const { overview, outcome, description } = entry;
  if (outcome === 'running') {
    const doing = entry.source.kind === 'process' ? 'recorded' : 'measured';
    return { lead: recordingTitle(entry), text: `is being ${doing}.` };
  }
  if (!isExperiment(entry) && entry.repeats.length > 0) {
    return { lead: description.title, text: description.subtitle };
  }
  if (!isExperiment(entry) || overview === null) {
    const nothing = isExperiment(entry) ? 'No repeat was completed.' : 'Nothing was recorded.';
    const reason = failureText(entry.failure ?? { message: nothing });
    return { lead: outcome === 'failed' ? 'Failed:' : 'Stopped:', text: reason };
  }
  const { locks } = description;
  if (locks === 'none') {
    return { lead: 'No lock:', text: 'no lane waits for another.' };
  }
  const lock = locks === 'each' ? 'a lock' : 'the lock';
  const share = formatShare(overview.summary.waitShare);
  return {
    lead: `${lockLabel(entry.source.parameters)}:`,
    text: `${share} of lane time waits for ${lock}.`,
  };
}

function lockLabel({ lock }: Parameters): string {
  // `None` alone would not say of what.
  return LOCK_MODES[lock].locks === 'none' ? 'No lock' : LOCK_MODES[lock].label;
}

function schedulerLabel({ scheduler }: Parameters): string {
  return SPECIFICATIONS.scheduler.options[scheduler].label;
}
