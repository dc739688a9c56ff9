import type { Recording, Repeat, TaskColumn, TaskTimings } from '../recording/recording.js';

/**
 * The columns of tables that have a row for each task of each repeat: the CSV's, and those that a saved
 * recording has more. Header, rows and Arrow tables are all made of these.
 */

/** A column: its name, and its values. */
export interface TaskTableColumn {
  readonly name: string;
  /** `whole` numbers go up to 2^53, an `integer` has 32 bits; a flag is true where it is not 0. */
  readonly type: TaskColumn['type'] | 'whole' | 'word';
  /** Returns the value of each task of a repeat, or the one that all of them have. */
  readonly of: (repeat: number) => ArrayLike<number> | number | string;
}

/** The columns of a task's times; the CSV has all but the last. */
export const TIME_COLUMNS = [
  ['start_ns', 'startNs'],
  ['end_ns', 'endNs'],
  ['wait_ns', 'waitNs'],
  ['hold_ns', 'holdNs'],
  ['compute_ns', 'computeNs'],
  ['sleep_ns', 'sleepNs'],
] as const satisfies readonly (readonly [string, keyof TaskTimings])[];

/** The columns of a recording's CSV, and those that it has more where it is saved; none without tasks. */
export function taskColumns({ number, tasks, repeats }: Recording): {
  readonly csv: readonly TaskTableColumn[];
  readonly more: readonly TaskTableColumn[];
} {
  if (tasks === null) return { csv: [], more: [] };
  const indices = Int32Array.from({ length: tasks.count }, (_, task) => task);
  const times = TIME_COLUMNS.map(([name, key]): TaskTableColumn => ({
    name,
    type: 'whole',
    of: (repeat) => timingsOf(repeats[repeat])[key],
  }));
  return {
    csv: [
      { name: 'run', type: 'integer', of: () => number },
      { name: 'repeat', type: 'integer', of: (repeat) => repeat },
      { name: 'lane', type: 'integer', of: (repeat) => timingsOf(repeats[repeat]).lane },
      { name: 'task', type: 'integer', of: () => indices },
      ...Object.entries(tasks.shared).map(([name, value]): TaskTableColumn => ({
        name,
        type: typeof value === 'string' ? 'word' : 'whole',
        of: () => value,
      })),
      ...times.slice(0, -1),
      ...resultColumns(tasks.results),
    ],
    more: [...times.slice(-1), ...resultColumns(tasks.more)],
  };
}

/** The columns of results, which are the same in each repeat. */
function resultColumns(columns: Readonly<Record<string, TaskColumn>>): TaskTableColumn[] {
  return Object.entries(columns).map(([name, { type, values }]) => ({
    name,
    type,
    of: () => values,
  }));
}

function timingsOf(repeat: Repeat | undefined): TaskTimings {
  if (repeat?.timings == null) throw new TypeError('a recording with tasks has the times of each');
  return repeat.timings;
}
