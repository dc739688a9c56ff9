import { median, type Interval } from '../base/statistics.js';
import type { Machine } from '../recording/machine.js';
import { machineLine } from './labels.js';
import type { Parameters } from './parameters.js';
import type { ExperimentRecording } from './recording.js';
import { overviewOf, type Overview } from './report.js';
import { differingWork, speedUp } from './speed-up.js';

/** How two recordings of the same work differ. */

/** The name and version of the format. */
export const DIFF_SCHEMA = 'gilscope.diff/1';

/** How closely the results of the same work must agree, relative to their size. */
export const RESULT_TOLERANCE = 1e-9;

/** Several pairs of recordings, each of the same work. */
export interface Diff {
  readonly schema: typeof DIFF_SCHEMA;
  readonly rows: readonly DiffRow[];
}

/** Two recordings of the same work. */
export interface DiffRow {
  readonly base: DiffSide;
  readonly other: DiffSide;
  /** How many times as fast the other is: the base's median wall time over the other's. */
  readonly ratio: number;
  /** Its 95 % interval, or the range of fewer than six repeats; null with fewer than three. */
  readonly ci95: Interval | null;
  readonly parts: RatioParts;
  readonly results: ResultAgreement;
}

/** One of the two, as far as it is compared. */
export interface DiffSide {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: number;
  readonly wallNs: number;
}

/** What a ratio of speeds is the product of. */
export interface RatioParts {
  /** How many times as fast the other's cores do the work, while they do it. */
  readonly coreSpeed: number;
  /** How many times as large the share of the lanes' time is that the work takes. */
  readonly efficiency: number;
  /** How many times as many lanes the other has. */
  readonly lanes: number;
}

/** Whether both computed the same. */
export interface ResultAgreement {
  readonly tasks: number;
  /** Tasks whose eigenvalue or Rayleigh quotient differs by more than RESULT_TOLERANCE. */
  readonly disagreeing: number;
  /** The task that differs most, and by how much, relative to its size; null where none disagrees. */
  readonly greatest: { readonly task: number; readonly difference: number } | null;
}

/** Two recordings are of other work: these parameters differ. */
export class OtherWorkError extends Error {
  override readonly name = 'OtherWorkError';

  constructor(base: Parameters, other: Parameters) {
    const differing = differingWork(base, other).map(
      (name) => `${name} is ${base[name]} in one and ${other[name]} in the other`,
    );
    super(`they are of other work: ${differing.join(', ')}`);
  }
}

/**
 * Compares recordings pair by pair: each of `others` with that of `bases` in the same place.
 *
 * @throws OtherWorkError where two do not do the same work
 */
export function diffOf(
  bases: readonly ExperimentRecording[],
  others: readonly ExperimentRecording[],
): Diff {
  const rows = bases.flatMap((base, index) => {
    const other = others[index];
    return other === undefined ? [] : [rowOf(base, other)];
  });
  return { schema: DIFF_SCHEMA, rows };
}

function rowOf(base: ExperimentRecording, other: ExperimentRecording): DiffRow {
  const [baseOverview, otherOverview] = [overviewOf(base), overviewOf(other)];
  const { params } = baseOverview;
  if (differingWork(params, otherOverview.params).length > 0) {
    throw new OtherWorkError(params, otherOverview.params);
  }
  const { ratio, ci95 } = speedUp(otherOverview, baseOverview);
  return {
    base: sideOf(baseOverview),
    other: sideOf(otherOverview),
    ratio,
    ci95,
    parts: partsOf(base, other, ratio),
    results: agreementOf(base.source.results, other.source.results),
  };
}

function sideOf({ params, machine, repeats, summary }: Overview): DiffSide {
  return { params, machine, repeats: repeats.length, wallNs: summary.wallNs.median };
}

/**
 * Splits a ratio. With W the time that all lanes together do the work in, L the lanes and T the wall
 * time, the efficiency is W / (L T); so the ratio of the wall times is that of W (core speed), times
 * that of the efficiencies, times that of L. Where one did no work that can be measured, nothing is
 * known of core speed, and all that lanes do not explain is efficiency.
 */
function partsOf(base: ExperimentRecording, other: ExperimentRecording, ratio: number): RatioParts {
  const lanes = other.description.lanes.length / base.description.lanes.length;
  const known = [base, other].every(({ repeats }) =>
    repeats.every(({ interruptions }) => interruptions.queuedShares !== null),
  );
  const coreSpeed = workNs(base, known) / workNs(other, known);
  const isKnown = Number.isFinite(coreSpeed) && coreSpeed > 0;
  return isKnown
    ? { coreSpeed, efficiency: ratio / (coreSpeed * lanes), lanes }
    : { coreSpeed: 1, efficiency: ratio / lanes, lanes };
}

/**
 * Returns the time that all lanes together computed and slept in, in ns, the median of the repeats.
 * What a lane was ready to compute and had no core does not count where it is known of both.
 */
function workNs({ repeats }: ExperimentRecording, withoutQueues: boolean): number {
  return median(
    repeats.map(({ timings, interruptions }) => {
      const queuedShares = withoutQueues ? interruptions.queuedShares : null;
      return timings.lane.reduce((sum, lane, task) => {
        const onCore = 1 - (queuedShares?.[lane] ?? 0);
        return sum + (timings.computeNs[task] ?? 0) * onCore + (timings.sleepNs[task] ?? 0);
      }, 0);
    }),
  );
}

type Results = ExperimentRecording['source']['results'];

function agreementOf(base: Results, other: Results): ResultAgreement {
  let disagreeing = 0;
  let greatest: ResultAgreement['greatest'] = null;
  for (const task of base.eigenvalue.keys()) {
    const difference = Math.max(
      relativeDifference(base.eigenvalue[task], other.eigenvalue[task]),
      relativeDifference(base.rayleigh[task], other.rayleigh[task]),
    );
    if (difference <= RESULT_TOLERANCE) continue;
    disagreeing += 1;
    if (difference > (greatest?.difference ?? 0)) greatest = { task, difference };
  }
  return { tasks: base.eigenvalue.length, disagreeing, greatest };
}

/** Infinite where only one is a number; 0 where neither is. */
function relativeDifference(a = NaN, b = NaN): number {
  if (Object.is(a, b) || a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isNaN(difference) ? Infinity : difference;
}

/** Whether two machines look the same in reports. */
export function areOneMachine(a: Machine, b: Machine): boolean {
  return machineLine(a) === machineLine(b) && a.os === b.os;
}
