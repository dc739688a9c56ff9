import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { systemReason } from '../files/system-errors.js';
import { hasTerminal } from './job-control.js';

/** How a program ended: its exit status, or the signal that ended it. */
export type ProgramEnd = number | NodeJS.Signals;

/** A program that runs with this process's own streams, in its group, on its terminal. */
export class StartedProgram {
  readonly pid: number;
  /** How it ended, once it has. */
  readonly end: Promise<ProgramEnd>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.pid = pid;
    this.end = once(child, 'exit').then(
      ([status, signal]: (number | string | null)[]) => (status ?? signal) as ProgramEnd,
    );
  }

  /** @throws Error that says in a line why it cannot be started */
  static async start([program = '', ...words]: readonly string[]): Promise<StartedProgram> {
    const child = spawn(program, words, { stdio: 'inherit', env: environment() });
    try {
      await once(child, 'spawn');
    } catch (error) {
      throw new Error(`cannot start ${program}: ${systemReason(error)}`, { cause: error });
    }
    if (child.pid === undefined) throw new Error(`cannot start ${program}`);
    return new StartedProgram(child, child.pid);
  }

  /**
   * Passes on a signal that this process got. One from the keyboard goes to all that are on the terminal,
   * so that the program has it already.
   */
  readonly passOn = (signal: NodeJS.Signals): void => {
    const isFromKeyboard = signal === 'SIGINT' || signal === 'SIGQUIT';
    if (!isFromKeyboard || !hasTerminal()) this.#child.kill(signal);
  };
}

/** This process's environment, without what makes a plain Node of an Electron. */
function environment(): NodeJS.ProcessEnv {
  const own = { ...process.env };
  delete own['ELECTRON_RUN_AS_NODE'];
  return own;
}
