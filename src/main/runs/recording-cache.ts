import type { ExperimentRecording } from '../../experiment/recording.js';
import { readHost, spanBytesKept } from '../../engine/index.js';

/**
 * Keeps the recordings of the session. Figures, tasks and results are kept throughout; spans only as
 * far as a budget allows: those of the oldest recordings are evicted first.
 */
export class RecordingCache {
  /** Bytes of spans to keep at most. */
  readonly budgetBytes: number;
  /** Oldest first. */
  readonly #records = new Map<number, ExperimentRecording>();

  constructor(budgetBytes: number = spanBytesKept(readHost().memoryBytes)) {
    this.budgetBytes = budgetBytes;
  }

  /** Keeps a recording. Returns the numbers of those whose spans were evicted for it. */
  keep(record: ExperimentRecording): number[] {
    this.forget(record.number);
    this.#records.set(record.number, record);
    return this.#evictOldest(record.number);
  }

  /** Removes a recording with all that belongs to it. */
  forget(run: number): void {
    this.#records.delete(run);
  }

  /**
   * Returns a recording by its number.
   *
   * @throws Error where there is none of that number
   */
  of(run: number): ExperimentRecording {
    const record = this.#records.get(run);
    if (record === undefined) throw new Error(`Run ${run} is not among the kept runs.`);
    return record;
  }

  #evictOldest(newest: number): number[] {
    const sizes = Array.from(this.#records, ([run, record]) => [run, spanBytes(record)] as const);
    let excess = sizes.reduce((total, [, bytes]) => total + bytes, 0) - this.budgetBytes;
    return sizes.flatMap(([run, bytes]) => {
      if (excess <= 0 || bytes === 0 || run === newest) return [];
      excess -= bytes;
      const record = this.of(run);
      const repeats = record.repeats.map((repeat) => ({ ...repeat, spans: [] }));
      this.#records.set(run, { ...record, repeats });
      return [run];
    });
  }
}

function spanBytes({ repeats }: ExperimentRecording): number {
  return repeats
    .flatMap(({ spans }) => spans)
    .reduce((total, { byteLength }) => total + byteLength, 0);
}
