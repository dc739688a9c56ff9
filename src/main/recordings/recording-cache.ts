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
  /** Oldest first, each with the bytes of its spans. */
  readonly #kept = new Map<number, { readonly recording: AnyRecording; readonly bytes: number }>();
  /** The bytes of all of them, as a sweep keeps thousands. */
  #bytes = 0;

  constructor(budgetBytes: number = spanBytesKept(readHost().memoryBytes)) {
    this.budgetBytes = budgetBytes;
  }

  /** Keeps a recording. Returns the numbers of those whose spans were evicted for it. */
  keep(run: number, recording: AnyRecording): number[] {
    this.forget(run);
    this.#set(run, recording);
    return this.#evictOldest(run);
  }

  /** Removes a recording with all that belongs to it. */
  forget(run: number): void {
    this.#bytes -= this.#kept.get(run)?.bytes ?? 0;
    this.#kept.delete(run);
  }

  /**
   * Returns a recording by its number.
   *
   * @throws Error where there is none of that number
   */
  of(run: number): AnyRecording {
    const kept = this.#kept.get(run);
    if (kept === undefined) throw new Error(`Run ${run} is not among the kept runs.`);
    return kept.recording;
  }

  #evictOldest(newest: number): number[] {
    const evicted: number[] = [];
    for (const [run, { recording, bytes }] of this.#kept) {
      if (this.#bytes <= this.budgetBytes) break;
      if (bytes === 0 || run === newest) continue;
      this.#set(run, withoutSpans(recording));
      evicted.push(run);
    }
    return evicted;
  }

  /** Puts a recording in the place of an earlier one of its number, or at the end. */
  #set(run: number, recording: AnyRecording): void {
    const bytes = spanBytes(recording);
    this.#bytes += bytes - (this.#kept.get(run)?.bytes ?? 0);
    this.#kept.set(run, { recording, bytes });
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
