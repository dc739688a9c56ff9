import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { systemReason } from '../files/system-errors.js';

/** How a program ended: its exit status, or the signal that ended it. */
export type ProgramEnd = number | NodeJS.Signals;

/** How a program is started beside its words; its environment is this process's own, and more. */
export type StartOptions = Pick<SpawnOptions, 'cwd' | 'detached' | 'stdio'> & {
  readonly moreEnvironment?: NodeJS.ProcessEnv;
};

/** A program that this process has started, so that this process may read its memory. */
export class StartedProgram {
  readonly pid: number;
  /** How it ended, once it has. */
  readonly end: Promise<ProgramEnd>;
  readonly child: ChildProcess;

  private constructor(child: ChildProcess, pid: number) {
    this.child = child;
    this.pid = pid;
    this.end = once(child, 'exit').then(
      ([status, signal]: (number | string | null)[]) => (status ?? signal) as ProgramEnd,
    );
  }

  /** @throws Error that says in a line why it cannot be started */
  static async start(
    [program = '', ...words]: readonly string[],
    { moreEnvironment, ...options }: StartOptions,
  ): Promise<StartedProgram> {
    try {
      const env = { ...ownEnvironment(), ...moreEnvironment };
      const child = spawn(program, words, { ...options, env });
      await once(child, 'spawn');
      if (child.pid === undefined) throw new Error('it has no process');
      return new StartedProgram(child, child.pid);
    } catch (error) {
      throw new Error(`cannot start ${program}: ${systemReason(error)}`, { cause: error });
    }
  }
}

/** This process's environment, without what makes a plain Node of an Electron. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const own = { ...process.env };
  delete own['ELECTRON_RUN_AS_NODE'];
  return own;
}
