import type { ExperimentRecording } from '../../experiment/recording.js';
import { readHost, spanBytesKept } from '../../engine/index.js';

/**
 * The records of the runs that ended. Figures, tasks and results are kept for the whole session;
 * of the spans only as many as fit a budget, those of the oldest runs being let go first.
 */
export class KeptRuns {
  /** Bytes of spans that are kept. */
  readonly budgetBytes: number;
  /** Oldest first. */
  readonly #records = new Map<number, ExperimentRecording>();

  constructor(budgetBytes: number = spanBytesKept(readHost().memoryBytes)) {
    this.budgetBytes = budgetBytes;
  }

  /** Keeps a record; gives the runs whose spans were let go for it. */
  keep(record: ExperimentRecording): number[] {
    this.forget(record.number);
    this.#records.set(record.number, record);
    return this.#letGoOfOldest(record.number);
  }

  /** Forgets a run altogether. */
  forget(run: number): void {
    this.#records.delete(run);
  }

  /**
   * The record of a run.
   *
   * @throws Error where there is none of that number
   */
  of(run: number): ExperimentRecording {
    const record = this.#records.get(run);
    if (record === undefined) throw new Error(`Run ${run} is not among the kept runs.`);
    return record;
  }

  #letGoOfOldest(newest: number): number[] {
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
