import * as v from 'valibot';
import { ContentError } from '../base/content-error.js';
import { shortened } from '../base/shortened.js';
import type { UncheckedRecording } from '../recording/recording.js';
import type { ProcessRecording, ProcessSource } from './recording.js';

const Text = v.pipe(v.string(), v.maxLength(100_000));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Nanoseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Words = v.pipe(v.array(Text), v.maxLength(100_000));

const PythonSchema = v.object({
  pid: Count,
  command: Words,
  python: Text,
  executable: Text,
  gil: v.picklist(['enabled', 'disabled', 'absent']),
});

const ThreadSchema = v.object({
  pid: Count,
  tid: Count,
  name: Text,
  native: v.boolean(),
  aliveNs: Nanoseconds,
  lock: v.nullable(Count),
  heldBlockedNs: Nanoseconds,
  heldQueuedNs: Nanoseconds,
});

/** Checks what a program's source says, in a file or to the window. */
export const ProcessSourceSchema: v.GenericSchema<unknown, ProcessSource> = v.object({
  kind: v.literal('process'),
  command: Words,
  startMonotonicNs: Nanoseconds,
  samples: Count,
  askedPeriodNs: Nanoseconds,
  periodNs: v.object({ median: Nanoseconds, p95: Nanoseconds }),
  samplerCpuNs: Nanoseconds,
  hiddenHandoffs: Count,
  processes: v.array(PythonSchema),
  threads: v.array(ThreadSchema),
  hotLines: v.array(v.nullable(Count)),
  warnings: v.array(v.object({ code: Text, message: Text, figures: v.record(Text, v.number()) })),
});

/**
 * Makes a program's recording of one out of a file.
 *
 * @throws ContentError where its source is not as it should be, or its lanes are not its threads
 */
export function processFrom(read: UncheckedRecording): ProcessRecording {
  const checked = v.safeParse(ProcessSourceSchema, read.source);
  if (!checked.success) throw new ContentError(shortened(checked.issues[0].message, 200));
  const source = checked.output;
  if (source.threads.length !== read.description.lanes.length) {
    throw new ContentError('its lanes are not its threads');
  }
  if (read.labels === null || read.tasks !== null || read.repeats.length !== 1) {
    throw new ContentError('a program is recorded once, with labels in place of tasks');
  }
  return { ...read, source };
}
