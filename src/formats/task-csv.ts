import type {
  Recording,
  Repeat,
  TaskColumn,
  TaskFacts,
  TaskTimings,
} from '../recording/recording.js';
import { CSV_LINE_END, csvLine } from './csv.js';

/**
 * The tasks of recordings as CSV (RFC 4180): a header line, then a row for each task of each counted
 * repeat, in the order of run, repeat and task. `run` counts from 1, `repeat`, `lane` and `task`
 * from 0. The columns that the recordings add are those of the first (see TaskFacts). Numbers are the
 * shortest text that reads back as the same number; what is not a number is an empty field. Times
 * are nanoseconds from the start of the repeat.
 */
const PLACE_COLUMNS = ['run', 'repeat', 'lane', 'task'] as const;

/** The columns of a task's times. */
export const TASK_TIME_COLUMNS = [
  ['start_ns', 'startNs'],
  ['end_ns', 'endNs'],
  ['wait_ns', 'waitNs'],
  ['hold_ns', 'holdNs'],
  ['compute_ns', 'computeNs'],
] as const satisfies readonly (readonly [string, keyof TaskTimings])[];

/** Rows in a piece of text: few enough that one is made in a few milliseconds. */
const ROWS_PER_PIECE = 1000;

/** The names of the columns of recordings with such tasks. */
function taskColumns({ shared, results }: TaskFacts): string[] {
  const times = TASK_TIME_COLUMNS.map(([name]) => name);
  return [...PLACE_COLUMNS, ...Object.keys(shared), ...times, ...Object.keys(results)];
}

/** How many rows the recordings have, apart from the header. */
export function taskCsvRowCount(recordings: readonly Recording[]): number {
  return recordings.reduce(
    (rows, { tasks, repeats }) => rows + (tasks?.count ?? 0) * repeats.length,
    0,
  );
}

/** The text in pieces of whole lines, made as they are asked for. Empty where there are no tasks. */
export function* taskCsv(recordings: readonly Recording[]): Generator<string> {
  const first = recordings.find(({ tasks }) => tasks !== null)?.tasks;
  if (first == null) return;
  yield csvLine(taskColumns(first));
  for (const { number, tasks, repeats } of recordings) {
    if (tasks === null) continue;
    for (const [index, repeat] of repeats.entries()) {
      yield* repeatPieces(`${number},${index}`, tasks, repeat);
    }
  }
}

/** The rows of a repeat, each beginning with where it belongs: `run,repeat`. */
function* repeatPieces(place: string, tasks: TaskFacts, { timings }: Repeat): Generator<string> {
  if (timings === null) return;
  // Only what tasks share may hold text that needs quotes.
  const shared = csvLine(Object.values(tasks.shared)).slice(0, -CSV_LINE_END.length);
  const results = Object.values(tasks.results);
  for (let first = 0; first < tasks.count; first += ROWS_PER_PIECE) {
    const end = Math.min(first + ROWS_PER_PIECE, tasks.count);
    let piece = '';
    for (let task = first; task < end; task += 1) {
      piece += `${place},${timings.lane[task] ?? 0},${task},${shared}`;
      for (const [, column] of TASK_TIME_COLUMNS) piece += `,${numberField(timings[column][task])}`;
      for (const column of results) piece += `,${resultField(column, task)}`;
      piece += CSV_LINE_END;
    }
    yield piece;
  }
}

function resultField({ type, values }: TaskColumn, task: number): string {
  const value = values[task];
  return type === 'flag' ? String(value === 1) : numberField(value);
}

/** A number in full precision, spelt as programs that read CSV know it. */
function numberField(value = NaN): string {
  if (Number.isNaN(value)) return '';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}
