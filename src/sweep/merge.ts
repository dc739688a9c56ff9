import type { Machine } from '../recording/machine.js';
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

/** A recording of a part, numbered by machine and cell. */
export interface PartRun {
  readonly number: number;
  readonly machine: Machine;
}

/** The recordings of one cell on like machines, in the order of the parts. */
export interface MergedCell<Run extends PartRun> {
  /** The cell's; those of a second machine are numbered on from the first one's. */
  readonly number: number;
  readonly machine: Machine;
  readonly runs: readonly Run[];
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

/** Puts the recordings of parts together by machine and cell, in the order of their numbers. */
export function mergedCells<Run extends PartRun>(
  plan: SweepPlan,
  parts: readonly { readonly sweep: SavedSweep; readonly runs: readonly Run[] }[],
): MergedCell<Run>[] {
  const cells = cellsOf(plan.axes).length;
  const inOrder = [...parts].sort((a, b) => firstPart(a.sweep) - firstPart(b.sweep));
  const machines: Machine[] = [];
  const byNumber = new Map<number, { number: number; machine: Machine; runs: Run[] }>();
  for (const run of inOrder.flatMap(({ runs }) => runs)) {
    let place = machines.findIndex((known) => isLikeMachine(known, run.machine));
    if (place < 0) place = machines.push(run.machine) - 1;
    const number = ((run.number - 1) % cells) + 1 + place * cells;
    const cell = byNumber.get(number);
    if (cell !== undefined) cell.runs.push(run);
    else byNumber.set(number, { number, machine: machines[place] ?? run.machine, runs: [run] });
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
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

function firstPart({ parts }: SavedSweep): number {
  return parts.reduce((first, { index }) => Math.min(first, index), Infinity);
}
