import type { Column } from '@uwdata/flechette';
import type { Recording, TaskColumn, TaskTimings } from '../../recording/recording.js';
import { taskColumns, TIME_COLUMNS, type TaskTableColumn } from '../task-columns.js';
import {
  flagColumn,
  integerColumn,
  numberColumn,
  tableFile,
  wholeColumn,
  wordColumn,
} from './arrow.js';
import { ReadTable } from './read-table.js';
import type { TableLayouts } from './table-layouts.js';

/**
 * The tasks of a recording as an Arrow table with the columns of the CSV, a row for each task of each
 * repeat, and after them what a saved recording has besides.
 */

/** Makes the table as an Arrow IPC file, in pieces one after another. */
export function taskTable(recording: Recording): Uint8Array[] {
  const { csv, more } = taskColumns(recording);
  const columns = [...csv, ...more].map(
    (column) => [column.name, arrowColumn(column, recording)] as const,
  );
  return tableFile(Object.fromEntries(columns));
}

/** The Arrow column of a table's column, repeat after repeat. */
function arrowColumn(
  { type, of }: TaskTableColumn,
  { tasks, repeats }: Recording,
): Column<unknown> {
  const count = tasks?.count ?? 0;
  const rows = count * repeats.length;
  const filled = <Values extends Float64Array | Int32Array | Uint8Array>(
    values: Values,
  ): Values => {
    for (const repeat of repeats.keys()) {
      const own = of(repeat);
      const from = repeat * count;
      if (typeof own === 'object') values.set(own, from);
      else values.fill(Number(own), from, from + count);
    }
    return values;
  };
  switch (type) {
    case 'whole':
      return wholeColumn(filled(new Float64Array(rows)));
    case 'number':
      return numberColumn(filled(new Float64Array(rows)));
    case 'integer':
      return integerColumn(filled(new Int32Array(rows)));
    case 'flag':
      return flagColumn(filled(new Uint8Array(rows)));
    case 'word':
      return wordColumn([wordOf(of(0))], new Int8Array(rows));
  }
}

function wordOf(value: ReturnType<TaskTableColumn['of']>): string {
  if (typeof value !== 'string') throw new TypeError('a column of words has one for all tasks');
  return value;
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
export function readTaskTable(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  bounds: TaskBounds,
  layouts: TableLayouts,
): ReadTasks {
  const { count, repeats, lanes, types } = bounds;
  const table = new ReadTable(name, bytes, count * repeats, layouts);
  const lane = table.integers('lane', lanes);
  const times = TIME_COLUMNS.map(([column, key]) => [key, table.whole(column)] as const);
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
