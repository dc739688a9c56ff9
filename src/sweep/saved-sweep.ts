import * as v from 'valibot';
import { ContentError } from '../base/content-error.js';
import { shortened } from '../base/shortened.js';
import { isEffective, PARAMETER_NAMES, type ParameterName } from '../experiment/parameters.js';
import { AxesSchema } from './axes-schema.js';
import { cellsOf, type Cell } from './axes.js';
import type { Shard, SweepPlan } from './plan.js';

/** What a file says of the sweep whose recordings it holds. */
export interface SavedSweep {
  readonly plan: SweepPlan;
  /** The parts of it that are in the file: one, unless parts were merged. */
  readonly parts: readonly Shard[];
}

/** Most parts of a sweep: as many as it may have repeats. */
export const PARTS_MAX = 100_000;

const Part = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PARTS_MAX));
const ShardSchema = v.pipe(
  v.object({ index: Part, count: Part }),
  v.check(({ index, count }) => index <= count, 'a part is beyond the last one'),
) satisfies v.GenericSchema<unknown, Shard>;

const SavedSweepSchema = v.object({
  axes: AxesSchema,
  untilShare: v.nullable(v.pipe(v.number(), v.gtValue(0))),
  parts: v.pipe(v.array(ShardSchema), v.minLength(1), v.maxLength(PARTS_MAX)),
});

/** What is written of a sweep into its file. */
export function sweepJson({ plan, parts }: SavedSweep): Record<string, unknown> {
  return { ...plan, parts };
}

/**
 * Reads what a file says of its sweep.
 *
 * @throws ContentError where that is no sweep's
 */
export function sweepFrom(json: unknown): SavedSweep {
  const checked = v.safeParse(SavedSweepSchema, json);
  if (!checked.success) throw new ContentError(shortened(checked.issues[0].message, 200));
  const { axes, untilShare, parts } = checked.output;
  return { plan: { axes, untilShare }, parts };
}

/** Returns the cell that a run of a file is of; throws a ContentError where it is of none. */
export type CellFinder = (number: number, parameters: unknown) => Cell;

/**
 * Makes what finds the cells of a sweep. Runs of a second machine are numbered on from the first one's, as if its
 * cells came after them.
 */
export function cellFinder({ axes }: SweepPlan): CellFinder {
  const cells = cellsOf(axes);
  return (number, parameters) => {
    const cell = cells[(number - 1) % cells.length];
    if (cell === undefined || !isOfCell(cell, parameters)) {
      throw new ContentError(`run ${number} is not that cell of its sweep`);
    }
    return cell;
  };
}

function isOfCell({ parameters: own }: Cell, parameters: unknown): boolean {
  if (typeof parameters !== 'object' || parameters === null) return false;
  const given: Readonly<Partial<Record<ParameterName, unknown>>> = parameters;
  return PARAMETER_NAMES.every(
    (name) =>
      name === 'repeats' ||
      name === 'warmup' ||
      given[name] === own[name] ||
      !isEffective(name, own),
  );
}
