import * as v from 'valibot';
import type { Checked } from '../base/schemas.js';

/** What both the requests and the stream carry. */

/** A run's number in the list of runs. */
export const RunNumber = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Something for each variant of a comparison. */
export const comparedSchema = <Value>(value: v.GenericSchema<unknown, Value>) =>
  v.object({ serial: value, static: value, executor: value, gilHeld: value });

/** The runs of a comparison. */
export const ComparedRunsSchema = comparedSchema(RunNumber);

export const FailureSchema = v.object({
  message: v.string(),
  parameter: v.optional(v.string()),
});

/** What went wrong, for the user to read, and the parameter it is about if it is one. */
export type Failure = Checked<typeof FailureSchema>;
