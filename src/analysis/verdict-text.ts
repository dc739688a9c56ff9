import { formatCounted, formatDuration, formatNumber, formatShare } from '../base/units.js';
import type { Verdict } from './verdict.js';
import { lanesToUse, type ThreadTime } from './verdict-facts.js';

/** A verdict in a sentence or two: a word that stands out, and the rest with its figures. */
export interface VerdictText {
  readonly lead: string;
  readonly text: string;
}

/**
 * Words a verdict. What each kind means is told at `verdictOf`. A gain is told as it is rounded:
 * one that rounds to 1.00× is nothing, and is called that. Where lanes waited for a lock all the
 * same, it is the lock that is said to cost nothing, as that is what the waiting makes one ask.
 */
export function verdictText(verdict: Verdict): VerdictText {
  const { kind, lanes, cores, tasks, time, lengthNs } = verdict;
  const gain = gainText(verdict);
  switch (kind) {
    case 'nothing':
      return { lead: 'Nothing ran:', text: 'there is no task in this part of the repeat.' };
    case 'lock-bound':
      return {
        lead: 'Lock-bound:',
        text: `${shareOf(verdict, 'waitNs')} of thread time waits for the lock. Releasing it would gain ${gain}.`,
      };
    case 'imbalanced':
      return {
        lead: 'Imbalanced:',
        text: `${shareOf(verdict, 'tailNs')} of thread time is idle after a lane’s last task. An even load would gain ${gain}.`,
      };
    case 'overhead-bound':
      return {
        lead: 'Overhead-bound:',
        text: `${shareOf(verdict, 'overheadNs')} of thread time goes into handing tasks out and in, ${formatDuration(time.overheadNs / tasks)} a task. Doing without it would gain ${gain}.`,
      };
    case 'sleeping':
      return {
        lead: 'Sleeping:',
        text: `${shareOf(verdict, 'sleepNs')} of thread time is slept, which needs no core, on ${formatCounted(lanes, 'lane')} at once. ${leftText(verdict)}`,
      };
    case 'serial':
      return {
        lead: 'Serial:',
        text: `one lane does all tasks and is busy ${formatShare((time.coreNs + time.sleepNs) / lengthNs)} of the time. As many lanes as cores would gain ${gain}.`,
      };
    case 'oversubscribed':
      return {
        lead: 'Oversubscribed:',
        text: `${lanes} lanes share ${formatCounted(cores, 'core')}, so computing takes ${formatNumber((time.coreNs + time.crowdedNs) / time.coreNs)}× its core time. More lanes than cores gain nothing.`,
      };
    case 'well-used':
      return {
        lead: 'Well used:',
        text: `${formatShare(1 / verdict.gain)} of the best possible. ${leftText(verdict)}`,
      };
  }
}

/** What would be gained without a loss, and what keeps that from being more. */
function gainText(verdict: Verdict): string {
  if (isNothing(verdict)) return 'nothing';
  return `at most ${formatNumber(verdict.gain)}×${limitText(verdict)}`;
}

/** What there is left to gain where no loss is named, as a sentence. */
function leftText(verdict: Verdict): string {
  const limit = limitText(verdict);
  if (!isNothing(verdict)) return `At most ${formatNumber(verdict.gain)}× could be gained${limit}.`;
  return verdict.time.waitNs > 0
    ? 'Releasing the lock would gain nothing.'
    : `Nothing more could be gained${limit}.`;
}

function isNothing({ gain }: Verdict): boolean {
  return formatNumber(gain) === formatNumber(1);
}

/** What keeps the gain from being larger, to be put after it. */
function limitText({ bound, lanes, cores }: Verdict): string {
  const usedLanes = lanesToUse(lanes, cores);
  switch (bound.by) {
    case 'cores':
      return usedLanes < cores ? ` on ${these(usedLanes, 'lane')}` : ` on ${these(cores, 'core')}`;
    case 'lanes':
      return ` on ${these(usedLanes, 'lane')}`;
    case 'longest task':
      return `: the longest task alone takes ${formatDuration(bound.leastNs)}`;
  }
}

/** A part of the thread time, as per cent of all. */
function shareOf({ time, lengthNs, lanes }: Verdict, part: keyof ThreadTime): string {
  return formatShare(time[part] / (lengthNs * lanes));
}

function these(count: number, noun: string): string {
  return `${count === 1 ? 'this' : 'these'} ${formatCounted(count, noun)}`;
}
