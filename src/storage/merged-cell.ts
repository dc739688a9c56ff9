import {
  recordingOf,
  type ExperimentRecording,
  type ExperimentRepeat,
} from '../experiment/recording.js';
import { resultsOf } from '../experiment/saved-experiment.js';
import { TIMING_BYTES, type TaskResults } from '../experiment/task-table.js';
import type { TaskFacts, TaskTimings, UncheckedRecording } from '../recording/recording.js';
import { SPAN_BYTES, SPAN_WORDS } from '../recording/spans.js';
import type { MergedCell } from '../sweep/merge.js';
import { repeatsIn, type UnreadRun } from './sweep-part.js';

/** A cell whose runs are in files. */
export type UnreadCell = MergedCell<UnreadRun>;

/** Bytes that the tables of a cell take. */
export function bytesOf({ runs }: UnreadCell): number {
  return runs.reduce(
    (bytes, run) => bytes + SPAN_BYTES * run.spans + TIMING_BYTES * rowsOf(run),
    0,
  );
}

/** Repeats of a cell, those of all its runs. */
export function repeatsOf({ runs }: UnreadCell): number {
  return sum(runs.map(({ repeatCount }) => repeatCount));
}

/** Rows of a run in the table of tasks. */
function rowsOf({ parameters, repeatCount }: UnreadRun): number {
  return parameters.matrices * repeatCount;
}

const NO_RESULTS: TaskResults = {
  eigenvalue: new Float64Array(),
  rayleigh: new Float64Array(),
  residual: new Float64Array(),
  iterations: new Int32Array(),
  state: new Int32Array(),
};

/** Makes the recording of all repeats of a cell; the costs are those of the last run. */
export function cellRecording(
  cell: UnreadCell,
  repeats: readonly ExperimentRepeat[] = [],
  results: TaskResults = NO_RESULTS,
): ExperimentRecording {
  const last = cell.runs.at(-1);
  if (last === undefined) throw new RangeError('a cell has a run');
  const parameters = { ...last.parameters, repeats: repeatsOf(cell) };
  const { number, machine } = cell;
  return recordingOf(number, { parameters, machine, repeats, results, costs: last.costs });
}

/**
 * Gathers the tables of a cell's runs: all values of a column in one array, as a thousand runs would have ten
 * thousand short ones.
 */
export class MergedTables {
  readonly #cell: UnreadCell;
  readonly #words: Float64Array<ArrayBuffer>;
  readonly #timings: TaskTimings;
  #word = 0;
  #row = 0;
  #tasks: TaskFacts | null = null;

  constructor(cell: UnreadCell) {
    this.#cell = cell;
    this.#words = new Float64Array(SPAN_WORDS * sum(cell.runs.map(({ spans }) => spans)));
    const rows = sum(cell.runs.map(rowsOf));
    this.#timings = timingsBy(
      () => new Float64Array(rows),
      () => new Int32Array(rows),
    );
  }

  /** Adds the tables of the next run. */
  add({ repeats, tasks }: UncheckedRecording): void {
    for (const { spans, timings } of repeats) {
      for (const words of spans) {
        this.#words.set(words, this.#word);
        this.#word += words.length;
      }
      if (timings === null) continue;
      for (const name of TIMES) this.#timings[name].set(timings[name], this.#row);
      this.#timings.lane.set(timings.lane, this.#row);
      this.#row += timings.lane.length;
    }
    this.#tasks = tasks;
  }

  /** Returns one recording of all repeats, with the results of the last run. */
  recording(): ExperimentRecording {
    if (this.#tasks === null) throw new RangeError('a cell has tasks');
    let [word, row] = [0, 0];
    const repeats = this.#cell.runs.flatMap(({ repeats: text, parameters: { matrices } }) =>
      repeatsIn(text).map((repeat) => {
        const spans = [this.#words.subarray(word, word + SPAN_WORDS * repeat.spans)];
        const timings = this.#timingsOf(row, row + matrices);
        word += SPAN_WORDS * repeat.spans;
        row += matrices;
        return { ...repeat, spans, timings };
      }),
    );
    return cellRecording(this.#cell, repeats, resultsOf(this.#tasks));
  }

  #timingsOf(first: number, end: number): TaskTimings {
    return timingsBy(
      (name) => this.#timings[name].subarray(first, end),
      () => this.#timings.lane.subarray(first, end),
    );
  }
}

/** The columns of timings that are times. */
const TIMES = ['startNs', 'endNs', 'waitNs', 'holdNs', 'computeNs', 'sleepNs'] as const;

function timingsBy(
  timesOf: (name: (typeof TIMES)[number]) => Float64Array<ArrayBuffer>,
  lanesOf: () => Int32Array<ArrayBuffer>,
): TaskTimings {
  return {
    startNs: timesOf('startNs'),
    endNs: timesOf('endNs'),
    waitNs: timesOf('waitNs'),
    holdNs: timesOf('holdNs'),
    computeNs: timesOf('computeNs'),
    sleepNs: timesOf('sleepNs'),
    lane: lanesOf(),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
