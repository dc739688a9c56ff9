import * as v from 'valibot';
import { Count } from '../base/schemas.js';
import { ProgressSchema } from '../experiment/progress.js';
import { MachineSchema } from '../recording/machine-schema.js';
import { AxesSchema } from '../sweep/axes-schema.js';
import { SweepFindingsSchema } from '../sweep/findings.js';
import { PaceSchema } from './pace.js';
import { EntrySchema } from './recordings.js';
import { FailureSchema, RunNumber } from './values.js';

/**
 * The part of the stream that is about sweeps. A sweep is named by the number that the recording of its
 * first cell has, or would have.
 */

const Place = v.pipe(Count, v.minValue(1));

export const SWEEP_MESSAGES = [
  /** A sweep is measured: what it combines, and what it found so far; null before its first round is over. */
  v.object({
    type: v.literal('sweeping'),
    sweep: RunNumber,
    axes: AxesSchema,
    findings: v.nullable(SweepFindingsSchema),
  }),
  /** News of a sweep: where it is. */
  v.object({
    type: v.literal('sweepProgress'),
    sweep: RunNumber,
    cell: Place,
    round: Place,
    rounds: Place,
    /** The cell's place in its round, and how many cells there are. */
    place: Place,
    cells: Place,
    /** About how long the rest takes; null where that is not known. */
    leftNs: v.nullable(v.number()),
    progress: ProgressSchema,
    pace: PaceSchema,
  }),
  /** A sweep has ended, or was opened from a file. */
  v.object({
    type: v.literal('swept'),
    sweep: RunNumber,
    axes: AxesSchema,
    outcome: v.picklist(['done', 'stopped', 'failed']),
    /** Its entry, the machine it was measured on, or the first of several, and what it found; null where no round of it is whole. */
    recorded: v.nullable(
      v.object({ entry: EntrySchema, machine: MachineSchema, findings: SweepFindingsSchema }),
    ),
    failure: v.nullable(FailureSchema),
  }),
] as const;
