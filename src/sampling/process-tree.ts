import { childrenOf, commandLineOf, executableOf, readStat } from '../python/proc.js';
import { openPython } from '../python/open-python.js';
import type { PythonProcess } from '../python/python-process.js';
import { PythonRefusal } from '../python/refusal.js';

/** What of processes the tree needs; injected, so that tests need none. */
export interface ProcessSystem {
  readonly childrenOf: (pid: number) => readonly number[];
  /** Names the program that a process runs; null where it has ended. Another name, another program. */
  readonly programOf: (pid: number) => string | null;
  /** @throws PythonRefusal */
  readonly open: (pid: number) => PythonProcess;
}

/** A process and those that it started, with the CPythons among them. */
export class ProcessTree {
  readonly #root: number;
  readonly #system: ProcessSystem;
  /** The programs that are not to be opened (again): those that are open, and those that were refused. */
  readonly #settled = new Map<number, string>();
  #refusal: PythonRefusal | null = null;
  #isStarting = false;

  constructor(root: number, system: ProcessSystem = SYSTEM) {
    this.#root = root;
    this.#system = system;
  }

  /** Whether the first process is still there. */
  get hasRoot(): boolean {
    return this.#system.programOf(this.#root) !== null;
  }

  /** Why what was looked at cannot be recorded; null where nothing was refused. */
  get refusal(): PythonRefusal | null {
    return this.#refusal;
  }

  /** Whether there is an interpreter that is not set up yet. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Opens the CPythons that are new since the last look. */
  look(): PythonProcess[] {
    const pids = this.#pids();
    for (const pid of this.#settled.keys()) if (!pids.includes(pid)) this.#settled.delete(pid);
    this.#isStarting = false;
    return pids.flatMap((pid) => this.#open(pid) ?? []);
  }

  /** Forgets a process that runs another program now, or none. */
  forget(pid: number): void {
    this.#settled.delete(pid);
  }

  #pids(): number[] {
    const pids = [this.#root];
    // The list grows while it is gone through.
    for (const pid of pids) {
      for (const child of this.#system.childrenOf(pid)) if (!pids.includes(child)) pids.push(child);
    }
    return pids;
  }

  #open(pid: number): PythonProcess | null {
    const program = this.#system.programOf(pid);
    // What has ended is refused as such.
    if (program !== null && this.#settled.get(pid) === program) return null;
    try {
      const python = this.#system.open(pid);
      if (program !== null) this.#settled.set(pid, program);
      return python;
    } catch (error) {
      if (!(error instanceof PythonRefusal)) throw error;
      if (error.reason === 'starting') this.#isStarting = true;
      else if (error.isFinal && program !== null) this.#settled.set(pid, program);
      this.#keep(error);
      return null;
    }
  }

  /** Keeps what is worth telling most: that something is no Python says least. */
  #keep(refusal: PythonRefusal): void {
    const kept = this.#refusal;
    if (kept === null || weight(refusal) > weight(kept)) this.#refusal = refusal;
  }
}

function weight({ reason }: PythonRefusal): number {
  return reason === 'gone' ? 0 : reason === 'not-python' ? 1 : reason === 'starting' ? 2 : 3;
}

const SYSTEM: ProcessSystem = {
  childrenOf,
  programOf: (pid) => {
    const stat = readStat(pid);
    if (stat === null || stat.state === 'Z') return null;
    // A shell that becomes Python, or one Python another, has other words.
    return [stat.startTicks, executableOf(pid), ...commandLineOf(pid)].join('\0');
  },
  open: openPython,
};
