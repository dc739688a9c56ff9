import type { ProcessRecording } from '../process/recording.js';
import type { Machine } from '../recording/machine.js';
import { ProcessRecorder } from './record-process.js';

/** What is recorded while something goes on. */
export interface RecordDuringOptions {
  readonly pid: number;
  /** What the process is told to be; null for its own command line. */
  readonly command: readonly string[] | null;
  /** The built sampler. */
  readonly sampler: URL;
  /** Samples a second. */
  readonly rate: number;
  readonly machine: Machine;
}

/**
 * Records a CPython that runs already, from before some work of it begins until that has ended.
 *
 * @throws NothingRecordedError where it is none, or may not be read; the error of the work
 */
export async function recordDuring<Result>(
  { pid, command, sampler, rate, machine }: RecordDuringOptions,
  work: () => Promise<Result>,
): Promise<{ readonly recording: ProcessRecording; readonly result: Result }> {
  let tellFound: () => void = () => undefined;
  const found = new Promise<void>((resolve) => (tellFound = resolve));
  const recorder = await ProcessRecorder.create({
    ...{ sampler, rate, waits: false },
    watcher: {
      onFound: () => {
        tellFound();
      },
    },
  });
  try {
    recorder.begin(pid);
    const recording = recorder.result(command, machine);
    await Promise.race([found, recording]);
    const result = await work();
    recorder.stop();
    return { recording: await recording, result };
  } finally {
    recorder.stop();
  }
}
