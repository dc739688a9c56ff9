import { laneCount } from '../experiment/plan.js';
import type { RepeatRecord, RunRecord } from '../experiment/run-record.js';
import { hasConverged } from '../experiment/task-table.js';
import { CSV_LINE_END, csvLine } from './csv.js';

/**
 * The tasks of runs as CSV (RFC 4180): a header line, then a row for each task of each counted
 * repeat, in the order of run, repeat and task. `run` counts from 1, `repeat`, `lane` and `task`
 * from 0. Numbers are the shortest text that reads back as the same number; what is not a number
 * is an empty field. Times are nanoseconds from the start of the repeat.
 */
export const TASK_CSV_COLUMNS = [
  'run',
  'repeat',
  'lane',
  'task',
  'matrices',
  'size',
  'threads',
  'scheduler',
  'lock',
  'seed',
  'start_ns',
  'end_ns',
  'wait_ns',
  'hold_ns',
  'compute_ns',
  'iterations',
  'converged',
  'eigenvalue',
  'rayleigh',
] as const;

/** Rows in a piece of text: few enough that one is made in a few milliseconds. */
const ROWS_PER_PIECE = 1000;

/** How many rows the runs have, apart from the header. */
export function taskCsvRowCount(records: readonly RunRecord[]): number {
  return records.reduce(
    (rows, { parameters, repeats }) => rows + parameters.matrices * repeats.length,
    0,
  );
}

/** The text in pieces of whole lines, made as they are asked for. */
export function* taskCsv(records: readonly RunRecord[]): Generator<string> {
  yield csvLine(TASK_CSV_COLUMNS);
  for (const record of records) {
    for (const [number, repeat] of record.repeats.entries()) {
      yield* repeatPieces(record, repeat, number);
    }
  }
}

function* repeatPieces(record: RunRecord, repeat: RepeatRecord, number: number): Generator<string> {
  const { matrices } = record.parameters;
  const parameters = parameterFields(record);
  for (let first = 0; first < matrices; first += ROWS_PER_PIECE) {
    const end = Math.min(first + ROWS_PER_PIECE, matrices);
    let piece = '';
    for (let task = first; task < end; task += 1) {
      const lane = repeat.timings.lane[task] ?? 0;
      piece +=
        `${record.run},${number},${lane},${task},${parameters},` +
        `${timingFields(repeat, task)},${resultFields(record, task)}${CSV_LINE_END}`;
    }
    yield piece;
  }
}

/** The fields that are the same in each row of a run. Only they hold text that may need quotes. */
function parameterFields({ parameters }: RunRecord): string {
  const { matrices, size, scheduler, lock, seed } = parameters;
  return csvLine([matrices, size, laneCount(parameters), scheduler, lock, seed]).slice(
    0,
    -CSV_LINE_END.length,
  );
}

function timingFields({ timings }: RepeatRecord, task: number): string {
  const { startNs, endNs, waitNs, holdNs, computeNs } = timings;
  const interval = `${field(startNs[task])},${field(endNs[task])}`;
  return `${interval},${field(waitNs[task])},${field(holdNs[task])},${field(computeNs[task])}`;
}

function resultFields({ results }: RunRecord, task: number): string {
  const converged = hasConverged(results, task);
  const figures = `${field(results.eigenvalue[task])},${field(results.rayleigh[task])}`;
  return `${results.iterations[task] ?? 0},${converged ? 'true' : 'false'},${figures}`;
}

/** A number in full precision, spelt as programs that read CSV know it. */
function field(value = NaN): string {
  if (Number.isNaN(value)) return '';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}
