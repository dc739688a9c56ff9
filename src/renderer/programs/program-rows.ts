import { formatDuration, formatShare } from '../../base/units.js';
import type { ProgramMeaning } from '../../process/meaning.js';
import { sharesOf, THREAD_STATES, totalOf, type ThreadState } from '../../process/thread-shares.js';

/** What a program's recording says, as rows of tables. */

export interface ProgramTable {
  readonly headings: readonly Heading[];
  readonly rows: readonly ProgramRow[];
  /** What stands in place of rows where there are none. */
  readonly empty: string;
}

export interface Heading {
  readonly label: string;
  readonly help: string;
  /** Its cells are names rather than figures. */
  readonly isName: boolean;
}

export interface ProgramRow {
  /** What tells it from the others. */
  readonly key: string;
  /** One for each heading. */
  readonly cells: readonly Cell[];
}

/** What a cell shows, and all of it where that is shortened. */
export interface Cell {
  readonly shown: string;
  readonly full: string;
}

/** Rows of a table, at most: those that matter most. */
const MOST_ROWS = 200;

/** Who kept the others waiting, by function. */
export function functionTable({ functions }: ProgramMeaning): ProgramTable {
  return {
    headings: [
      name('Function', 'Whoever kept the others waiting most first'),
      figure('Kept waiting', 'The waiting of all other threads that its holds caused'),
      figure('Held', 'For how long it held the lock'),
      figure('Longest', 'For how long it held the lock without a break, at most'),
      figure('Without', 'For how long it computed without the lock'),
      name('Line', 'Where it held the lock longest, else where it begins'),
    ],
    rows: functions.slice(0, MOST_ROWS).map((times) => {
      const { causedWaitNs, heldNs, longestNs, computeNs, file, line } = times;
      const lengths = [causedWaitNs, heldNs, longestNs, computeNs];
      return {
        key: `${times.function}\0${file}\0${line}`,
        cells: [
          cell(times.function),
          ...lengths.map((lengthNs) => cell(formatDuration(lengthNs))),
          { shown: `${file.slice(file.lastIndexOf('/') + 1)}:${line}`, full: `${file}:${line}` },
        ],
      };
    }),
    empty: 'No function was seen to hold the lock.',
  };
}

/** Who kept whom waiting, by the functions of both. */
export function pairTable({ pairs }: ProgramMeaning): ProgramTable {
  return {
    headings: [
      name('Holder', 'The function that held the lock'),
      name('Waiter', 'The function that waited for it'),
      figure('Waited', 'For how long, all of its threads together'),
    ],
    rows: pairs.slice(0, MOST_ROWS).map(({ holder, waiter, waitNs }, place) => ({
      key: String(place),
      cells: [cell(holder), cell(waiter), cell(formatDuration(waitNs))],
    })),
    empty: 'No thread waited for another.',
  };
}

/** What each thread did with its time; of many threads those with most time. */
export function threadTable({ threads }: ProgramMeaning, names: readonly string[]): ProgramTable {
  const all = threads.map((times, lane) => ({ times, lane }));
  const shown =
    all.length <= MOST_ROWS
      ? all
      : all.toSorted((a, b) => totalOf(b.times) - totalOf(a.times)).slice(0, MOST_ROWS);
  return {
    headings: [
      name('Thread', 'As Python names it; native ones have no Python in them'),
      ...THREAD_STATES.map((state) => figure(...STATE_HEADINGS[state])),
    ],
    rows: shown.map(({ times, lane }) => {
      const shares = sharesOf(times);
      return {
        key: String(lane),
        cells: [
          cell(names[lane] ?? ''),
          ...THREAD_STATES.map((state) => cell(formatShare(shares[state]))),
        ],
      };
    }),
    empty: 'There is no thread in this range.',
  };
}

/** What the states of threads are called, and what that means; shares are of a thread's own time. */
const STATE_HEADINGS: Readonly<Record<ThreadState, readonly [label: string, help: string]>> = {
  hold: ['Hold', 'Holding the lock, of its own time'],
  wait: ['Wait', 'Waiting for the lock'],
  compute: ['Compute', 'Computing without the lock'],
  sleep: ['Sleep', 'Sleeping'],
  blocked: ['Blocked', 'In a system call, or on another lock'],
  queued: ['Queued', 'Ready, without a core'],
};

/** A row as text that a spreadsheet takes: its cells in full, with tabs between them. */
export function rowText({ cells }: ProgramRow): string {
  return cells.map(({ full }) => full).join('\t');
}

function name(label: string, help: string): Heading {
  return { label, help, isName: true };
}

function figure(label: string, help: string): Heading {
  return { label, help, isName: false };
}

function cell(text: string): Cell {
  return { shown: text, full: text };
}
