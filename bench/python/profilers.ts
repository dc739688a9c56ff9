import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findPython } from './child.js';

/** Other profilers of Python, as far as they are there: how each is started, and what it says of functions. */
export interface Profiler {
  readonly name: string;
  /** What it shows of who held the lock, and of who waited for it. */
  readonly holds: string;
  readonly waits: string;
  /** The Python that the program is to run in. */
  readonly python: string;
  /** Words before the program's path, where the profiler runs it; else it is attached to. */
  readonly before: (output: string) => readonly string[];
  /** The command that attaches to a process, or null where it runs the program. */
  readonly attach: ((pid: number, rate: number, output: string) => readonly string[]) | null;
  /** Reads what it wrote: how much of something each function has. */
  readonly read: (text: string) => ReadonlyMap<string, number>;
}

/** What is missing, by name. */
export interface FoundProfilers {
  readonly found: readonly Profiler[];
  readonly missing: readonly string[];
}

/** Looks for profilers beside the Pythons and on the path. */
export function findProfilers(pythons: readonly string[]): FoundProfilers {
  const python = findPython(pythons, []);
  const known: (readonly [string, Profiler | null])[] =
    python === undefined
      ? []
      : [
          ['py-spy', pySpy(python)],
          ['austin', austin(python)],
          ['VizTracer', vizTracer(pythons)],
          ['profiling.sampling of CPython 3.15', profilingSampling([...pythons, 'python3.15'])],
        ];
  return {
    found: known.flatMap(([, profiler]) => profiler ?? []),
    missing: known.flatMap(([name, profiler]) => (profiler === null ? [name] : [])),
  };
}

function pySpy(python: string): Profiler | null {
  const tool = findTool('py-spy', python);
  if (tool === null) return null;
  return {
    name: 'py-spy --gil',
    holds: 'samples of the holder’s stack',
    waits: 'nothing',
    python,
    before: () => [],
    attach: (pid, rate, output) => [
      ...[tool, 'record', '--gil', '--rate', String(rate), '--format', 'raw'],
      ...['--output', output, '--pid', String(pid)],
    ],
    read: (text) => leavesOf(text, /^(\w+) /),
  };
}

function austin(python: string): Profiler | null {
  const tool = findTool('austin', python);
  if (tool === null) return null;
  return {
    name: 'austin',
    holds: 'nothing',
    waits: 'nothing',
    python,
    before: () => [],
    attach: (pid, rate, output) => [
      ...[tool, '--interval', String(Math.round(1e6 / rate)), '--output', output],
      ...['--pid', String(pid)],
    ],
    read: (text) => leavesOf(text, /:(\w+):\d+$/),
  };
}

function vizTracer(pythons: readonly string[]): Profiler | null {
  const python = findPython(pythons, ['viztracer']);
  return python === undefined
    ? null
    : {
        name: 'VizTracer',
        holds: 'nothing',
        waits: 'nothing',
        python,
        before: (output) => ['-m', 'viztracer', '--quiet', '--output_file', output],
        attach: null,
        read: readTrace,
      };
}

function profilingSampling(pythons: readonly string[]): Profiler | null {
  const python = findPython(pythons, ['profiling.sampling']);
  return python === undefined
    ? null
    : {
        name: 'profiling.sampling --mode gil',
        holds: 'samples of the holder’s stack',
        waits: 'marks in a Gecko file',
        python,
        before: () => [],
        attach: (pid, rate, output) => [
          ...[python, '-m', 'profiling.sampling', 'attach', '--all-threads', '--mode', 'gil'],
          ...['--sampling-rate', String(rate), '--collapsed', '--output', output, String(pid)],
        ],
        read: (text) => leavesOf(text, /:(\w+):\d+$/),
      };
}

/** Folded stacks, `a;b;c 12`: how much is of each function that is the last of a stack. */
function leavesOf(text: string, functionOf: RegExp): Map<string, number> {
  const leaves = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, stack = '', count = ''] = /^(.*) (\d+)$/.exec(line) ?? [];
    const name = functionOf.exec(stack.split(';').at(-1) ?? '')?.[1];
    if (name !== undefined) leaves.set(name, (leaves.get(name) ?? 0) + Number(count));
  }
  return leaves;
}

/** Trace events of calls, each with its duration. */
function readTrace(text: string): Map<string, number> {
  const { traceEvents } = JSON.parse(text) as {
    traceEvents: readonly { ph: string; name: string; dur?: number }[];
  };
  const calls = new Map<string, number>();
  for (const { ph, name, dur = 0 } of traceEvents) {
    const own = /^(\w+) \(/.exec(name)?.[1];
    if (ph === 'X' && own !== undefined) calls.set(own, (calls.get(own) ?? 0) + dur);
  }
  return calls;
}

/** A program of that name beside a Python or on the path; null where there is none. */
function findTool(name: string, python: string): string | null {
  const folders = [dirname(python), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A profiler that is attached to a process, and ends with it. */
export class AttachedProfiler {
  readonly #child: ChildProcess;
  readonly #end: Promise<unknown>;

  constructor([command = '', ...words]: readonly string[]) {
    this.#child = spawn(command, words, { stdio: 'ignore' });
    this.#end = once(this.#child, 'exit');
  }

  /** Processor time that it has taken so far, in ns. */
  get cpuNs(): number {
    // proc(5): utime and stime, in hundredths of a second, are the 14th and 15th field.
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 1e7;
  }

  /** Resolves when it has ended. */
  async ended(): Promise<void> {
    await this.#end;
  }
}
