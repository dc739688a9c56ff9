/** What /proc tells of processes; the files' formats are those of proc(5). */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process as its stat file describes it. */
export interface ProcessStat {
  /** One letter: `R` running, `S` sleeping, `T` stopped, `Z` ended but not yet waited for. */
  readonly state: string;
  readonly parent: number;
  /** When it started, in clock ticks after boot: with the pid it names one process for good. */
  readonly startTicks: number;
}

/** Reads a process's stat file; null where there is no such process. */
export function readStat(pid: number): ProcessStat | null {
  const text = readText(`/proc/${pid}/stat`);
  return text === null ? null : parseStat(text);
}

/** Parses a stat file. The name, in parentheses, may hold anything, parentheses and spaces too. */
export function parseStat(text: string): ProcessStat | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  const [parent, startTicks] = [Number(fields[1]), Number(fields[19])];
  if (!Number.isInteger(parent) || !Number.isInteger(startTicks)) return null;
  return { state, parent, startTicks };
}

/** Clock ticks a second: the kernel's USER_HZ is 100 on all that Gilscope reads. */
const TICKS_PER_SECOND = 100;

/** Returns for how many seconds a process has run. */
export function ageOf({ startTicks }: ProcessStat): number {
  const uptime = Number.parseFloat(readText('/proc/uptime') ?? '');
  return uptime - startTicks / TICKS_PER_SECOND;
}

/** Returns the native ids of a process's threads, ascending; none where it has ended. */
export function taskIds(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/** Returns the pids of the processes that a process's threads started and that are still its own. */
export function childrenOf(pid: number): number[] {
  return taskIds(pid).flatMap((tid) =>
    (readText(`/proc/${pid}/task/${tid}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
}

/** Returns the file that a process executes; empty where it may not be known. */
export function executableOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return '';
  }
}

/** Returns a process's command line, one string for each argument; none where it has ended. */
export function commandLineOf(pid: number): string[] {
  return (readText(`/proc/${pid}/cmdline`) ?? '').split('\0').slice(0, -1);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
