import type { AnyRecording } from '../../storage/recording-file.js';
import { isExperiment } from '../../experiment/recording.js';
import { readHost, spanBytesKept } from '../../engine/index.js';

/**
 * Keeps the recordings of the session under their numbers. Figures, tasks and results are kept
 * throughout; spans only as far as a budget allows: those of the oldest recordings are evicted first.
 */
export class RecordingCache {
  /** Bytes of spans to keep at most. */
  readonly budgetBytes: number;
  /** Oldest first. */
  readonly #recordings = new Map<number, AnyRecording>();

  constructor(budgetBytes: number = spanBytesKept(readHost().memoryBytes)) {
    this.budgetBytes = budgetBytes;
  }

  /** Keeps a recording. Returns the numbers of those whose spans were evicted for it. */
  keep(run: number, recording: AnyRecording): number[] {
    this.forget(run);
    this.#recordings.set(run, recording);
    return this.#evictOldest(run);
  }

  /** Removes a recording with all that belongs to it. */
  forget(run: number): void {
    this.#recordings.delete(run);
  }

  /**
   * Returns a recording by its number.
   *
   * @throws Error where there is none of that number
   */
  of(run: number): AnyRecording {
    const recording = this.#recordings.get(run);
    if (recording === undefined) throw new Error(`Run ${run} is not among the kept runs.`);
    return recording;
  }

  #evictOldest(newest: number): number[] {
    const sizes = Array.from(
      this.#recordings,
      ([run, recording]) => [run, spanBytes(recording)] as const,
    );
    let excess = sizes.reduce((total, [, bytes]) => total + bytes, 0) - this.budgetBytes;
    return sizes.flatMap(([run, bytes]) => {
      if (excess <= 0 || bytes === 0 || run === newest) return [];
      excess -= bytes;
      this.#recordings.set(run, withoutSpans(this.of(run)));
      return [run];
    });
  }
}

function spanBytes({ repeats }: AnyRecording): number {
  return repeats
    .flatMap(({ spans }) => spans)
    .reduce((total, { byteLength }) => total + byteLength, 0);
}

function withoutSpans(recording: AnyRecording): AnyRecording {
  return isExperiment(recording)
    ? { ...recording, repeats: recording.repeats.map((repeat) => ({ ...repeat, spans: [] })) }
    : { ...recording, repeats: recording.repeats.map((repeat) => ({ ...repeat, spans: [] })) };
}
