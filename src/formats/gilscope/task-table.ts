import { tableFromColumns, tableToIPC, type Column } from '@uwdata/flechette';
import type {
  Recording,
  Repeat,
  TaskColumn,
  TaskFacts,
  TaskTimings,
} from '../../recording/recording.js';
import { TASK_TIME_COLUMNS } from '../task-csv.js';
import {
  flagColumn,
  integerColumn,
  numberColumn,
  readTable,
  wholeColumn,
  wordColumn,
  type ReadTable,
} from './arrow.js';

/**
 * The tasks of a recording as an Arrow table with the columns of the CSV, a row for each task of each
 * repeat, and after them what a saved recording has besides.
 */

/** The columns of a task's times, with those that the CSV leaves out. */
const TIMES = [...TASK_TIME_COLUMNS, ['sleep_ns', 'sleepNs']] as const;

/** Writes the table as an Arrow IPC file. */
export function taskTable(
  number: number,
  tasks: TaskFacts,
  repeats: Recording['repeats'],
): Uint8Array {
  const timings = repeats.map(timingsOf);
  const rows = tasks.count * repeats.length;
  const eachRepeat = (valueOf: (repeat: number, task: number) => number) =>
    Int32Array.from({ length: rows }, (_, row) =>
      valueOf(Math.floor(row / tasks.count), row % tasks.count),
    );
  const columns = {
    run: integerColumn(new Int32Array(rows).fill(number)),
    repeat: integerColumn(eachRepeat((repeat) => repeat)),
    lane: integerColumn(eachRepeat((repeat, task) => timings[repeat]?.lane[task] ?? 0)),
    task: integerColumn(eachRepeat((_, task) => task)),
    ...mapColumns(tasks.shared, (value) => sharedColumn(value, rows)),
    ...Object.fromEntries(
      TASK_TIME_COLUMNS.map(([name, times]) => [name, timeColumn(timings, times)]),
    ),
    ...mapColumns(tasks.results, (column) => repeated(column, repeats.length)),
    sleep_ns: timeColumn(timings, 'sleepNs'),
    ...mapColumns(tasks.more, (column) => repeated(column, repeats.length)),
  };
  const bytes = tableToIPC(tableFromColumns(columns), { format: 'file' });
  if (bytes === null) throw new TypeError('a table written to memory is bytes');
  return bytes;
}

/** The Arrow columns of values by name. */
function mapColumns<Value>(
  values: Readonly<Record<string, Value>>,
  columnOf: (value: Value) => Column<unknown>,
): Record<string, Column<unknown>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, columnOf(value)]));
}

function timingsOf({ timings }: Repeat): TaskTimings {
  if (timings === null) throw new TypeError('a recording with tasks has the times of each');
  return timings;
}

function timeColumn(
  timings: readonly TaskTimings[],
  column: Exclude<keyof TaskTimings, 'lane'>,
): Column<unknown> {
  return wholeColumn(Float64Array.from(timings.flatMap((repeat) => Array.from(repeat[column]))));
}

function sharedColumn(value: number | string, rows: number): Column<unknown> {
  return typeof value === 'string'
    ? wordColumn([value], new Int8Array(rows))
    : wholeColumn(new Float64Array(rows).fill(value));
}

/** A column of results, which are the same in each repeat. */
function repeated(column: TaskColumn, times: number): Column<unknown> {
  const places = { length: column.values.length * times };
  const { length } = column.values;
  switch (column.type) {
    case 'number':
      return numberColumn(Float64Array.from(places, (_, row) => column.values[row % length] ?? 0));
    case 'integer':
      return integerColumn(Int32Array.from(places, (_, row) => column.values[row % length] ?? 0));
    case 'flag':
      return flagColumn(Uint8Array.from(places, (_, row) => column.values[row % length] ?? 0));
  }
}

/** What the tasks of a file must fit. */
export interface TaskBounds {
  readonly lanes: number;
  readonly count: number;
  readonly repeats: number;
  /** The types of the columns after the times. */
  readonly types: Readonly<Record<string, TaskColumn['type']>>;
}

/** The tasks of a file: each repeat's times, and the columns after them. */
export interface ReadTasks {
  readonly timings: readonly TaskTimings[];
  readonly columns: Readonly<Record<string, TaskColumn>>;
}

/**
 * Reads the times and results of tasks.
 *
 * @throws ContentError where the table is not what `taskTable` writes of such a recording
 */
export function readTaskTable(name: string, bytes: Uint8Array, bounds: TaskBounds): ReadTasks {
  const { count, repeats, lanes, types } = bounds;
  const table = readTable(name, bytes, count * repeats);
  const lane = table.integers('lane', lanes);
  const times = TIMES.map(([column, key]) => [key, table.whole(column)] as const);
  const timings = Array.from({ length: repeats }, (_, repeat) => {
    const [from, to] = [repeat * count, (repeat + 1) * count];
    const own = times.map(([key, values]) => [key, values.slice(from, to)] as const);
    return { ...Object.fromEntries(own), lane: lane.slice(from, to) } as TaskTimings;
  });
  const columns = Object.entries(types).map(
    ([column, type]) => [column, readColumn(table, column, type, count)] as const,
  );
  return { timings, columns: Object.fromEntries(columns) };
}

function readColumn(
  table: ReadTable,
  name: string,
  type: TaskColumn['type'],
  count: number,
): TaskColumn {
  switch (type) {
    case 'number':
      return { type, values: table.numbers(name).slice(0, count) };
    case 'integer':
      return { type, values: table.integers(name).slice(0, count) };
    case 'flag':
      return { type, values: table.flags(name).slice(0, count) };
  }
}
