import type { Parameters } from '../experiment/parameters.js';
import type { PythonMeasurements } from '../experiment/python-measurements.js';
import {
  PYTHON_VARIANT_FACTS,
  PYTHON_VARIANTS,
  type PythonVariant,
} from '../experiment/python-variants.js';
import type { ProcessRecording } from '../process/recording.js';
import { formatCounted } from '../base/units.js';
import type { Machine } from '../recording/machine.js';
import { recordDuring } from '../sampling/record-during.js';
import type { PythonSession } from './python-session.js';
import { runVariant, threadsOf } from './variant-run.js';

/** Samples a second. */
const RATE = 4000;

/** What recording the variants in a Python needs. */
export interface RecordVariantsOptions {
  /** The built sampler. */
  readonly sampler: URL;
  readonly machine: Machine;
  readonly signal: AbortSignal;
  /** A variant is about to be recorded. */
  readonly onVariant?: (variant: PythonVariant) => void;
}

/**
 * Has a Python that was measured in run each variant once more, and records it, apart from what was measured, which
 * sampling would slow down. Returns the recordings, numbered after Gilscope's own, and the measurements that
 * name them.
 *
 * @throws NothingRecordedError where the Python may not be read; PythonFailedError; the signal's reason
 */
export async function recordVariants(
  session: PythonSession,
  parameters: Parameters,
  measured: PythonMeasurements,
  options: RecordVariantsOptions,
): Promise<{ recordings: ProcessRecording[]; measured: PythonMeasurements }> {
  const recorded = PYTHON_VARIANTS.filter((variant) =>
    measured.times.some((times) => times.variant === variant),
  );
  const recordings: ProcessRecording[] = [];
  for (const variant of recorded) {
    options.onVariant?.(variant);
    const recording = await recordVariant(session, variant, parameters, options);
    const number = measured.own.length + recordings.length + 1;
    recordings.push(named({ ...recording, number }, variant, parameters));
  }
  return { recordings, measured: { ...measured, recorded } };
}

async function recordVariant(
  session: PythonSession,
  variant: PythonVariant,
  parameters: Parameters,
  { sampler, machine, signal }: RecordVariantsOptions,
): Promise<ProcessRecording> {
  signal.throwIfAborted();
  const { recording } = await recordDuring(
    { pid: session.pid, command: [session.path, variant], sampler, rate: RATE, machine },
    () => runVariant(session, variant, parameters),
  );
  return recording;
}

/** A recording that says which variant it is of. */
function named(
  recording: ProcessRecording,
  variant: PythonVariant,
  parameters: Parameters,
): ProcessRecording {
  const threads = formatCounted(threadsOf(variant, parameters), 'thread');
  const title = `${PYTHON_VARIANT_FACTS[variant].label}, ${threads}`;
  return { ...recording, description: { ...recording.description, title, label: variant } };
}
