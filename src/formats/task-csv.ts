import type { Recording } from '../recording/recording.js';
import { CSV_LINE_END, csvField, csvLine } from './csv.js';
import { taskColumns, type TaskTableColumn } from './task-columns.js';

/** Rows in a piece of text: few enough that one is made in a few milliseconds. */
const ROWS_PER_PIECE = 1000;

/** How many rows the recordings have, apart from the header. */
export function taskCsvRowCount(recordings: readonly Recording[]): number {
  return recordings.reduce(
    (rows, { tasks, repeats }) => rows + (tasks?.count ?? 0) * repeats.length,
    0,
  );
}

/**
 * The tasks of recordings as CSV (RFC 4180): a header line, then a row for each task of each counted
 * repeat, in the order of run, repeat and task. `run` counts from 1, `repeat`, `lane` and `task`
 * from 0. The columns that the recordings add are those of the first (see TaskFacts). Numbers are the
 * shortest text that reads back as the same number; what is not a number is an empty field. Times
 * are nanoseconds from the start of the repeat.
 *
 * The text comes in pieces of whole lines, made as they are asked for. It is empty where there are no
 * tasks.
 */
export function* taskCsv(recordings: readonly Recording[]): Generator<string> {
  const first = recordings.find(({ tasks }) => tasks !== null);
  if (first === undefined) return;
  yield csvLine(taskColumns(first).csv.map(({ name }) => name));
  for (const recording of recordings) {
    const { csv } = taskColumns(recording);
    for (const repeat of recording.repeats.keys()) {
      yield* repeatPieces(recording.tasks?.count ?? 0, fieldsOf(csv, repeat));
    }
  }
}

function* repeatPieces(tasks: number, fields: readonly Field[]): Generator<string> {
  for (let first = 0; first < tasks; first += ROWS_PER_PIECE) {
    const end = Math.min(first + ROWS_PER_PIECE, tasks);
    let piece = '';
    for (let task = first; task < end; task += 1) {
      let separator = '';
      for (const field of fields) {
        piece += separator + field(task);
        separator = ',';
      }
      piece += CSV_LINE_END;
    }
    yield piece;
  }
}

/** The text of one or several columns in the row of a task. */
type Field = (task: number) => string;

/** Makes the fields of a repeat's rows; columns side by side that all rows share are one. */
function fieldsOf(columns: readonly TaskTableColumn[], repeat: number): Field[] {
  const fields: Field[] = [];
  let shared: (number | string)[] = [];
  const addShared = () => {
    if (shared.length === 0) return;
    const text = shared.map(csvField).join(',');
    fields.push(() => text);
    shared = [];
  };
  for (const { type, of } of columns) {
    const values = of(repeat);
    if (typeof values === 'object') {
      addShared();
      fields.push(
        type === 'flag'
          ? (task) => String(values[task] === 1)
          : (task) => numberField(values[task]),
      );
    } else {
      shared.push(values);
    }
  }
  addShared();
  return fields;
}

/** A number in full precision, spelt as programs that read CSV know it. */
function numberField(value = NaN): string {
  if (Number.isNaN(value)) return '';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}
