import type { ExperimentRepeat } from './recording.js';
import type { TaskTimings } from '../recording/recording.js';
import { SPAN_WORDS, halvesOf, spanAt, spanCount } from '../recording/spans.js';
import { median } from '../base/statistics.js';

/** Typical times of one repeat, in ns; NaN where there is nothing to take one of. */
export interface TypicalTimes {
  /** A task, from its start to its end: the median. */
  readonly taskNs: number;
  /** What a task computes or sleeps: the mean. */
  readonly workNs: number;
  /**
   * What lies between the end of a task and the start of the next one on the same lane: the mean, as
   * tasks that come in batches have many short gaps and a few long ones. The longest of each lane is
   * left out: it may be a stall of the machine.
   */
  readonly gapNs: number;
  /** A compute or sleep span, a stretch of a task's work: the median. */
  readonly stretchNs: number;
  /** How long a lane had held the lock when it gave it up as another had asked for it: the median. */
  readonly heldNs: number;
}

/** Medians are taken of so many values at most, evenly picked. */
const SAMPLE = 10_000;

/** Holds, which the spans around them identify, are searched for among so many spans at most. */
const HELD_SPANS = 200_000;

/**
 * The typical times of a repeat. For medians an even sample of many tasks or spans is looked at, so
 * that this takes milliseconds. A lane does its tasks in the order of their numbers, whatever the scheduler.
 */
export function typicalTimes({ timings, spans }: ExperimentRepeat, lanes: number): TypicalTimes {
  const { startNs, endNs, computeNs, sleepNs } = timings;
  const picked = evenly(startNs.length);
  return {
    taskNs: median(picked.map((task) => (endNs[task] ?? NaN) - (startNs[task] ?? NaN))),
    workNs: (sum(computeNs) + sum(sleepNs)) / startNs.length,
    gapNs: meanGap(timings, lanes),
    stretchNs: median(stretches(spans)),
    heldNs: median(heldUntilAsked(spans)),
  };
}

/** The mean time before each task but every lane's first one, without the longest of each lane. */
function meanGap({ lane, startNs, endNs }: TaskTimings, lanes: number): number {
  const freeAt = new Float64Array(lanes).fill(NaN);
  const longest = new Float64Array(lanes).fill(-Infinity);
  let total = 0;
  let count = 0;
  for (const [task, own] of lane.entries()) {
    const gap = (startNs[task] ?? NaN) - (freeAt[own] ?? NaN);
    freeAt[own] = endNs[task] ?? NaN;
    if (Number.isNaN(gap)) continue;
    const shorter = Math.min(gap, longest[own] ?? NaN);
    longest[own] = Math.max(gap, longest[own] ?? NaN);
    if (shorter === -Infinity) continue;
    total += shorter;
    count += 1;
  }
  return total / count;
}

/** The lengths of an even sample of the spans that are work. */
function stretches(batches: readonly Float64Array[]): number[] {
  const total = batches.reduce((sum, words) => sum + words.length / SPAN_WORDS, 0);
  const step = Math.max(1, Math.floor(total / SAMPLE));
  return batches.flatMap((words) => {
    const halves = halvesOf(words);
    const lengths: number[] = [];
    for (let index = 0; index < spanCount(words); index += step) {
      const { kind, startNs, endNs } = spanAt(words, halves, index);
      if (kind === 'compute' || kind === 'sleep') lengths.push(endNs - startNs);
    }
    return lengths;
  });
}

/**
 * For how long each lane held the lock until it waited for it again at once, as it does where another
 * has asked for it. Of the first spans of many.
 */
function heldUntilAsked(batches: readonly Float64Array[]): number[] {
  const lengths: number[] = [];
  /** By lane: since when it holds the lock, and until when it is known to. */
  const since = new Map<number, number>();
  const until = new Map<number, number>();
  let left = HELD_SPANS;
  for (const words of batches) {
    const halves = halvesOf(words);
    const count = Math.min(left, spanCount(words));
    for (let index = 0; index < count; index += 1) {
      const { lane, kind, startNs, endNs } = spanAt(words, halves, index);
      if (kind === 'hold') until.set(lane, endNs);
      if (kind !== 'wait') continue;
      const began = since.get(lane);
      if (began !== undefined && until.get(lane) === startNs) lengths.push(startNs - began);
      since.set(lane, endNs);
    }
    left -= count;
  }
  return lengths;
}

/** Evenly spaced indices of a list. */
function evenly(length: number): number[] {
  const count = Math.min(length, SAMPLE);
  return Array.from({ length: count }, (_, index) => Math.floor((index * length) / count));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
