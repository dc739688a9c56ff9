import {
  formatCores,
  formatCounted,
  formatDuration,
  formatNumber,
  formatRatio,
  formatShare,
} from '../base/units.js';
import { intervalLabel, intervalMark } from '../base/interval-text.js';
import {
  NOTHING_MEASURED,
  slowerThan,
  type MeasuredRuns,
  type MeasuredSpeed,
} from './measured-runs.js';
import type { Verdict } from './verdict.js';
import { lanesToUse, type ThreadTime } from './verdict-facts.js';

/** A verdict in a sentence or two: a word that stands out, and the rest with its figures. */
export interface VerdictText {
  readonly lead: string;
  readonly text: string;
}

/** So many times more than the estimate, a bound is said to be that of cores at their best. */
const AT_THEIR_BEST = 1.02;

/** A smaller share of the thread time is not mentioned. */
const LEAST_TOLD = 0.005;

/**
 * Words a verdict on a range, beside what other runs of the same work took, if the range is all of a
 * run. `verdictOf` explains each kind. A bound is "at most", rounded up, and an estimate is
 * "about"; what another run had takes the place of both. A gain that rounds to 1.00× is nothing, and is
 * called that. Where lanes waited for a lock all the same, it is the lock that is said to cost nothing,
 * as that is what the waiting makes one ask.
 */
export function verdictText(
  verdict: Verdict,
  measured: MeasuredRuns = NOTHING_MEASURED,
): VerdictText {
  const faster = slowerThan(verdict, measured);
  const { lead, text } =
    faster === null ? textOfKind(verdict, measured) : slowedText(verdict, faster, measured);
  const { suspendedNs } = verdict;
  if (suspendedNs === 0) return { lead, text };
  return {
    lead,
    text: `${text} Suspended for ${formatDuration(suspendedNs)}, which is left out of this.`,
  };
}

function textOfKind(verdict: Verdict, measured: MeasuredRuns): VerdictText {
  const { kind, lanes, cores, tasks, time, lengthNs } = verdict;
  const gain = gainText(verdict, measured);
  switch (kind) {
    case 'nothing':
      return { lead: 'Nothing ran:', text: 'there is no task in this part of the repeat.' };
    case 'lock-bound':
      return {
        lead: 'Lock-bound:',
        text: `${lossToLockText(verdict)}. ${releasedText(verdict, measured)}`,
      };
    case 'imbalanced':
      return {
        lead: 'Imbalanced:',
        text: `${shareOf(verdict, 'tailNs')} of thread time is idle after a lane’s last task. An even load would gain ${gain}.`,
      };
    case 'start-bound':
      return {
        lead: 'Start-bound:',
        text: `${shareOf(verdict, 'startNs')} of thread time lies before a lane’s first task or after the last of all. More work makes it matter less; doing without it would gain ${gain}.`,
      };
    case 'overhead-bound':
      return {
        lead: 'Overhead-bound:',
        text: `${shareOf(verdict, 'overheadNs')} of thread time goes into handing tasks out and in, ${formatDuration(time.overheadNs / tasks)} a task. Doing without it would gain ${gain}.`,
      };
    case 'short-of-cores':
      return {
        lead: 'Short of cores:',
        text: `computing had no core for ${shareOf(verdict, 'queuedNs')} of thread time, as other processes, a quota or the machine’s other guests took it. Left alone on the machine it would gain ${gain}.`,
      };
    case 'sleeping':
      return {
        lead: 'Sleeping:',
        text: `${shareOf(verdict, 'sleepNs')} of thread time is slept, which needs no core, on ${formatCounted(lanes, 'lane')} at once. ${leftText(verdict, measured)}`,
      };
    case 'serial':
      return {
        lead: 'Serial:',
        text: `one lane does all tasks and is busy ${formatShare((time.coreNs + time.sleepNs) / lengthNs)} of the time. As many lanes as cores would gain ${gain}.`,
      };
    case 'oversubscribed':
      return {
        lead: 'Oversubscribed:',
        text: `${formatCounted(lanes, 'lane')} ${lanes === 1 ? 'has' : 'share'} ${formatCores(cores)}, so computing takes ${formatRatio((time.coreNs + time.crowdedNs) / time.coreNs)} its core time. More lanes than cores gain nothing.`,
      };
    case 'well-used':
      return {
        lead: 'Well used:',
        text: `${formatShare(verdict.used)} of the best possible. ${leftText(verdict, measured)}`,
      };
  }
}

/** That another run was faster although no lane here waited or idled for long. */
function slowedText(
  { lanes }: Verdict,
  faster: MeasuredSpeed,
  { serial }: MeasuredRuns,
): VerdictText {
  const how = faster === serial ? 'on one lane ' : '';
  const of = lanes === 1 ? 'the lane' : `the ${lanes} lanes`;
  return {
    lead: 'Slowed:',
    text: `the same work was ${speedText(faster)} ${how}in ${runText(faster)}. Here ${of} hardly waited or idled, so it is computing that took longer.`,
  };
}

/** What the lock takes: waiting, and its own cost where that is measured and not next to nothing. */
function lossToLockText(verdict: Verdict): string {
  const waits = `${shareOf(verdict, 'waitNs')} of thread time waits for the lock`;
  const { time, lengthNs, lanes } = verdict;
  if (time.lockNs / (lengthNs * lanes) < LEAST_TOLD) return waits;
  return `${waits}, about ${shareOf(verdict, 'lockNs')} goes into taking it and handing it over`;
}

/** What is gained without the lock: what was measured where it was, else what may be gained. */
function releasedText(verdict: Verdict, measured: MeasuredRuns): string {
  const { serial, unlocked } = measured;
  const released =
    unlocked === null
      ? `Releasing it would gain ${gainText(verdict, measured)}`
      : `Without it the same work was ${speedText(unlocked)} in ${runText(unlocked)}`;
  if (serial === null || verdict.lanes === 1 || serial.ratio <= 1) return `${released}.`;
  return `${released}; one lane was ${speedText(serial)} in run ${serial.run}.`;
}

/** What would be gained without a loss, and what keeps that from being more. */
function gainText(verdict: Verdict, { fastest }: MeasuredRuns): string {
  if (fastest !== null && isMoreThanPromised(fastest, verdict)) {
    return `${formatRatio(fastest.ratio)}, as in run ${fastest.run}`;
  }
  if (isNothing(verdict)) return 'nothing';
  return `${mostText(verdict)}${limitText(verdict)}`;
}

/** What there is left to gain where no loss is named, as a sentence. */
function leftText(verdict: Verdict, { fastest }: MeasuredRuns): string {
  if (fastest !== null && isMoreThanPromised(fastest, verdict)) {
    return `The same work was ${speedText(fastest)} in ${runText(fastest)}.`;
  }
  const limit = limitText(verdict);
  if (!isNothing(verdict)) return `${capital(mostText(verdict))} could be gained${limit}.`;
  return verdict.time.waitNs > 0
    ? 'Releasing the lock would gain nothing.'
    : `Nothing more could be gained${limit}.`;
}

/** A measured run was faster than the verdict by itself would have it, in the digits that are shown. */
function isMoreThanPromised({ ratio }: MeasuredSpeed, { gain }: Verdict): boolean {
  return ratio > gain && formatNumber(ratio) !== formatNumber(gain);
}

/** A gain as the bound or the estimate that it is. */
function mostText({ gain, isBound }: Verdict): string {
  return isBound ? `at most ${formatRatio(roundedUp(gain))}` : `about ${formatRatio(gain)}`;
}

/** To three digits, upwards, so that a bound stays one as it is shown; not for an error in the last bit. */
function roundedUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.ceil(value / step - 1e-9) * step;
}

function speedText({ ratio }: MeasuredSpeed): string {
  return `${formatRatio(ratio)} as fast`;
}

/** A run by its number, with the interval of its speed: `run 3 (1.9 to 2.1, 95 %)`. */
function runText({ run, ci95, repeats }: MeasuredSpeed): string {
  return ci95 === null
    ? `run ${run}`
    : `run ${run} (${intervalLabel(ci95, formatNumber)}, ${intervalMark(repeats)})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isNothing({ gain }: Verdict): boolean {
  return formatNumber(gain) === formatNumber(1);
}

/** What keeps the gain from being larger, to be put after it. */
function limitText({ bound, lanes, cores, gain, used }: Verdict): string {
  const usedLanes = lanesToUse(lanes, cores);
  switch (bound.by) {
    case 'cores':
      return (
        (usedLanes < cores
          ? ` on ${these(usedLanes, 'lane')}`
          : ` on ${cores === 1 ? 'this' : 'these'} ${formatCores(cores)}`) +
        (gain * used > AT_THEIR_BEST ? ' at their best' : '')
      );
    case 'lanes':
      return ` on ${these(usedLanes, 'lane')}`;
    case 'longest task':
      return `: the longest task alone takes ${formatDuration(bound.leastNs)}`;
    case 'other losses':
      return '';
  }
}

/** A part of the thread time, as per cent of all. */
function shareOf({ time, lengthNs, lanes }: Verdict, part: keyof ThreadTime): string {
  return formatShare(time[part] / (lengthNs * lanes));
}

function these(count: number, noun: string): string {
  return `${count === 1 ? 'this' : 'these'} ${formatCounted(count, noun)}`;
}
