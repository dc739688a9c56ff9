import type { Machine } from '../recording/machine.js';
import { mergeRecords } from '../experiment/comparison.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { groupsBy } from '../base/groups.js';
import { cellsOf } from './axes.js';
import { isLikeMachine } from './machines.js';
import type { Shard, SweepPlan } from './plan.js';
import type { SavedSweep } from './saved-sweep.js';

/*
 * Joins parts of one sweep that were measured apart. Repeats are pooled only of machines that are alike;
 * others stand side by side, each with cells of its own.
 */

/** A file of a sweep that is to be merged with others. */
export interface PartFile {
  /** Names it in refusals. */
  readonly path: string;
  readonly sweep: SavedSweep;
  readonly machine: Machine;
}

/** A file whose recordings are there. */
export interface MeasuredPart extends PartFile {
  readonly recordings: readonly ExperimentRecording[];
}

/** Parts that cannot be merged; the message says which and why, in a line. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/**
 * Checks that files hold different parts of one sweep, and returns what the sweep is and all its parts.
 *
 * @throws MergeError where they do not, or where a part is there twice
 */
export function checkParts(files: readonly PartFile[]): SavedSweep {
  const [first] = files;
  if (first === undefined) throw new MergeError('there are no parts to merge');
  const { plan } = first.sweep;
  const seen = new Map<string, string>();
  for (const { path, sweep, machine } of files) {
    if (!isSamePlan(sweep.plan, plan)) {
      throw new MergeError(`${path} is of another sweep than ${first.path}`);
    }
    for (const part of sweep.parts) {
      const counted = first.sweep.parts[0]?.count ?? part.count;
      if (part.count !== counted) {
        throw new MergeError(
          `${path} is part ${labelOf(part)}, and ${first.path} is one of ${counted}: the sweep was cut in two ways`,
        );
      }
      const key = keyOf(part, machine, files);
      const other = seen.get(key);
      if (other !== undefined) {
        throw new MergeError(
          other === path
            ? `part ${labelOf(part)} is twice in ${path}`
            : `part ${labelOf(part)} is in ${other} and in ${path}: take it once`,
        );
      }
      seen.set(key, path);
    }
  }
  return { plan, parts: files.flatMap(({ sweep }) => sweep.parts) };
}

/** Returns the parts that are in none of the files. */
export function missingParts({ parts }: SavedSweep): number[] {
  const there = new Set(parts.map(({ index }) => index));
  const count = parts[0]?.count ?? 0;
  return Array.from({ length: count }, (_, index) => index + 1).filter((part) => !there.has(part));
}

/** Puts the recordings of parts together, in the order of the parts; numbered by machine and cell. */
export function mergedRecordings(
  plan: SweepPlan,
  parts: readonly MeasuredPart[],
): ExperimentRecording[] {
  const cells = cellsOf(plan.axes).length;
  const inOrder = [...parts].sort((a, b) => firstPart(a) - firstPart(b));
  const machines: Machine[] = [];
  const numbered = inOrder.flatMap(({ recordings }) =>
    recordings.map((recording) => {
      let machine = machines.findIndex((known) => isLikeMachine(known, recording.machine));
      if (machine < 0) machine = machines.push(recording.machine) - 1;
      const number = ((recording.number - 1) % cells) + 1 + machine * cells;
      return { ...recording, number, machine: machines[machine] ?? recording.machine };
    }),
  );
  return groupsBy(numbered, ({ number }) => String(number))
    .map(pooled)
    .sort((a, b) => a.number - b.number);
}

/** One recording of all repeats of a cell on like machines. */
function pooled(recordings: readonly ExperimentRecording[]): ExperimentRecording {
  const [first] = recordings;
  if (first === undefined) throw new RangeError('a group has an element');
  const repeats = recordings.reduce((sum, recording) => sum + recording.repeats.length, 0);
  const parameters = { ...first.source.parameters, repeats };
  return { ...mergeRecords(first.number, parameters, recordings), machine: first.machine };
}

function isSamePlan(a: SweepPlan, b: SweepPlan): boolean {
  return JSON.stringify([a.axes, a.untilShare]) === JSON.stringify([b.axes, b.untilShare]);
}

/** A whole sweep may be there once for each machine that differs; a part of several once at all. */
function keyOf(part: Shard, machine: Machine, files: readonly PartFile[]): string {
  if (part.count > 1) return labelOf(part);
  return String(files.findIndex((file) => isLikeMachine(file.machine, machine)));
}

function labelOf({ index, count }: Shard): string {
  return `${index}/${count}`;
}

function firstPart({ sweep }: PartFile): number {
  return Math.min(...sweep.parts.map(({ index }) => index));
}
