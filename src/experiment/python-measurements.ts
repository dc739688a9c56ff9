import * as v from 'valibot';
import { ContentError } from '../base/content-error.js';
import { Count } from '../base/schemas.js';
import { shortened } from '../base/shortened.js';
import { OWN_VARIANTS, PYTHON_VARIANTS } from './python-variants.js';

/** What was measured in a Python, as it is kept in a file and goes between threads and processes. */

const Text = v.pipe(v.string(), v.maxLength(2000));
const Maybe = v.nullable(Text);
const Nanoseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** Rounds of a comparison, at most. */
const Walls = v.pipe(v.array(Nanoseconds), v.minLength(1), v.maxLength(1000));

const AboutSchema = v.object({
  /** As it was named, and as it names itself. */
  path: Text,
  executable: Text,
  version: Text,
  /** `CPython`, `PyPy`. */
  implementation: Text,
  /** It was built without a lock; some packages bring the lock back. */
  isFreeThreaded: v.boolean(),
  hasGil: v.boolean(),
  /** Versions; null of what is not installed. */
  packages: v.object({ numpy: Maybe, numba: Maybe, scipy: Maybe }),
  /** Why a package cannot be used, by its name. */
  missing: v.record(Text, Text),
  blas: Maybe,
  threadingLayer: Maybe,
});

/** What a Python says of itself. */
export type PythonAbout = v.InferOutput<typeof AboutSchema>;

const TimesSchema = v.object({
  variant: v.picklist(PYTHON_VARIANTS),
  threads: Count,
  tasks: Count,
  /** Wall time of each round, in ns. */
  wallsNs: Walls,
  /** Iterations of all tasks together; null of sleeps. */
  iterations: v.nullable(Count),
  /** Tasks whose results were compared with Gilscope's, and those that differ. */
  compared: Count,
  differing: Count,
});

/** The times of a variant in a Python. */
export type PythonTimes = v.InferOutput<typeof TimesSchema>;

export const PythonMeasurementsSchema = v.object({
  about: AboutSchema,
  /** Interpreter's time in an iteration of NumPy's, in µs; null where there is no NumPy. */
  interpreterUs: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(10_000))),
  /** Gilscope's own variants, in the order of the recordings that come first. */
  own: v.array(v.picklist(OWN_VARIANTS)),
  times: v.array(TimesSchema),
  /** The variants that were recorded as programs, in the order of the recordings after those. */
  recorded: v.array(v.picklist(PYTHON_VARIANTS)),
});

/** All that was measured in a Python, and what of Gilscope's it is set beside. */
export type PythonMeasurements = v.InferOutput<typeof PythonMeasurementsSchema>;

/**
 * Reads measurements out of a file.
 *
 * @throws ContentError where they are none
 */
export function pythonMeasurementsFrom(read: unknown): PythonMeasurements {
  const checked = v.safeParse(PythonMeasurementsSchema, read);
  if (checked.success) return checked.output;
  throw new ContentError(
    `what was measured in a Python: ${shortened(checked.issues[0].message, 200)}`,
  );
}
