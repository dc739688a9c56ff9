import * as v from 'valibot';
import type { Interruptions, Suspension } from './interruptions.js';

const Nanoseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const SuspensionSchema = v.object({
  startNs: Nanoseconds,
  endNs: Nanoseconds,
  sleptNs: Nanoseconds,
}) satisfies v.GenericSchema<unknown, Suspension>;

/** Checks interruptions that another process or a file describes. */
export const InterruptionsSchema: v.GenericSchema<unknown, Interruptions> = v.object({
  queuedNs: v.nullable(v.array(Nanoseconds)),
  queuedShares: v.nullable(v.array(Share)),
  suspensions: v.array(SuspensionSchema),
});
