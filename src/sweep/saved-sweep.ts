import * as v from 'valibot';
import { ContentError } from '../base/content-error.js';
import { shortened } from '../base/shortened.js';
import { isEffective, PARAMETER_NAMES, type Parameters } from '../experiment/parameters.js';
import type { ExperimentRecording } from '../experiment/recording.js';
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

/**
 * Checks that recordings are of cells of a sweep. Those of a second machine are numbered on from the
 * first one's, as if its cells came after them.
 *
 * @throws ContentError where one is not
 */
export function checkCells({ axes }: SweepPlan, recordings: readonly ExperimentRecording[]): void {
  const cells = cellsOf(axes);
  for (const { number, source } of recordings) {
    const cell = cells[(number - 1) % cells.length];
    if (cell === undefined || !isOfCell(cell, source.parameters)) {
      throw new ContentError(`run ${number} is not that cell of its sweep`);
    }
  }
}

function isOfCell({ parameters: own }: Cell, parameters: Parameters): boolean {
  return PARAMETER_NAMES.every(
    (name) =>
      name === 'repeats' ||
      name === 'warmup' ||
      parameters[name] === own[name] ||
      !isEffective(name, own),
  );
}
