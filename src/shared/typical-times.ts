import type { RepeatRecord } from './run-record.js';
import { SPAN_WORDS, halvesOf, spanAt, spanCount } from './spans.js';
import { median } from './statistics.js';
import type { TaskTimings } from './task-table.js';

/** Medians over the tasks of one repeat, in ns; NaN where there is nothing to take one of. */
export interface TypicalTimes {
  /** A task, from its start to its end. */
  readonly taskNs: number;
  /** What a task computes or sleeps. */
  readonly workNs: number;
  /** What lies between the end of a task and the start of the next one on the same lane. */
  readonly gapNs: number;
  /** A compute or sleep span: a stretch of a task's work. */
  readonly stretchNs: number;
}

/** Medians are taken of so many values at most, evenly picked. */
const SAMPLE = 10_000;

/**
 * The typical times of a repeat. Of many tasks or spans an even sample is looked at, so that this
 * takes milliseconds. A lane does its tasks in the order of their numbers, whatever the scheduler.
 */
export function typicalTimes({ timings, spans }: RepeatRecord, lanes: number): TypicalTimes {
  const { startNs, endNs, computeNs, sleepNs } = timings;
  const picked = evenly(startNs.length);
  const value = (column: Float64Array, task: number) => column[task] ?? NaN;
  return {
    taskNs: median(picked.map((task) => value(endNs, task) - value(startNs, task))),
    workNs: median(picked.map((task) => value(computeNs, task) + value(sleepNs, task))),
    gapNs: median(sampleOf(gapsBetweenTasks(timings, lanes))),
    stretchNs: median(stretches(spans)),
  };
}

/** The time before each task but every lane's first one. */
function gapsBetweenTasks({ lane, startNs, endNs }: TaskTimings, lanes: number): Float64Array {
  const freeAt = new Float64Array(lanes).fill(NaN);
  const gaps = new Float64Array(lane.length);
  let count = 0;
  for (let task = 0; task < lane.length; task += 1) {
    const own = lane[task] ?? 0;
    const before = freeAt[own] ?? NaN;
    if (!Number.isNaN(before)) gaps[count++] = (startNs[task] ?? NaN) - before;
    freeAt[own] = endNs[task] ?? NaN;
  }
  return gaps.subarray(0, count);
}

function sampleOf(values: Float64Array): number[] {
  return evenly(values.length).map((index) => values[index] ?? NaN);
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

/** Evenly spaced indices of a list. */
function evenly(length: number): number[] {
  const count = Math.min(length, SAMPLE);
  return Array.from({ length: count }, (_, index) => Math.floor((index * length) / count));
}
