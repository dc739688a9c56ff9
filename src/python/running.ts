import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { CooperativeTask } from '../base/cooperative-task.js';
import { openPython } from './open-python.js';
import { commandLineOf, readStat } from './proc.js';
import { PythonRefusal } from './refusal.js';

/** A process that runs a Python. */
export interface RunningPython {
  readonly pid: number;
  /** When it started, in clock ticks after boot: with the pid it names one process for good. */
  readonly startTicks: number;
  readonly command: readonly string[];
  /** Null where it is not known. */
  readonly version: string | null;
  /** Why it cannot be recorded, in one line; null where it can. */
  readonly problem: string | null;
}

/** Lists the processes of this machine that run a Python, the newest first; it yields between two of them. */
export function* runningPythons(): CooperativeTask<RunningPython[]> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found: RunningPython[] = [];
  for (const pid of pids.map(Number)) {
    const python = pid === process.pid || !isNamedPython(pid) ? null : describe(pid);
    if (python !== null) found.push(python);
    yield;
  }
  return found.sort((a, b) => b.startTicks - a.startTicks);
}

/** Whether a process runs a program called Python, or has loaded the library of that name. */
function isNamedPython(pid: number): boolean {
  const isPython = (path: string) => basename(path).startsWith('python');
  try {
    if (isPython(readlinkSync(`/proc/${pid}/exe`))) return true;
    return /\/libpython3[^/]*$/m.test(readFileSync(`/proc/${pid}/maps`, 'utf8'));
  } catch {
    // What may not be looked into may still be named; kernel threads and what has ended are not.
    return isPython(commandLineOf(pid)[0] ?? '');
  }
}

function describe(pid: number): RunningPython | null {
  const stat = readStat(pid);
  if (stat === null || stat.state === 'Z') return null;
  const process = { pid, startTicks: stat.startTicks, command: commandLineOf(pid) };
  try {
    const python = openPython(pid);
    const version = python.version?.text ?? null;
    python.close();
    return { ...process, version, problem: null };
  } catch (error) {
    if (error instanceof PythonRefusal && error.reason === 'gone') return null;
    const problem = error instanceof Error ? error.message : String(error);
    return { ...process, version: null, problem };
  }
}
