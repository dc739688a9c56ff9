import { once } from 'node:events';
import { readStat } from '../../python/proc.js';
import { StartedProgram, type ProgramEnd } from '../../sampling/started-program.js';
import type { Command } from './command.js';
import type { ProgramOutput } from './program-output.js';

/** A program that was asked to end is ended after so long, in ms. */
const PATIENCE_MS = 3000;

/** What a program's streams still have is waited for no longer than this after its end, in ms. */
const LAST_OUTPUT_MS = 200;

/**
 * As a terminal shows it, a program's output comes line by line; to a pipe Python would write it in blocks
 * of 8 KiB, the last of them at the end.
 */
const ENVIRONMENT = { PYTHONUNBUFFERED: process.env['PYTHONUNBUFFERED'] ?? '1' };

/** A program that is recorded for the window: in a group of its own, without input, its output taken in. */
export class RecordedProgram {
  readonly words: readonly string[];
  readonly pid: number;
  readonly end: Promise<ProgramEnd>;
  /** Resolves once nothing is to be ended any more: it has ended, and after an interruption its group too. */
  readonly gone: Promise<void>;
  /** The wait for what was interrupted. */
  #patience: Promise<void> = Promise.resolve();
  #hasEnded = false;

  private constructor({ words }: Command, { pid, end }: StartedProgram) {
    this.words = words;
    this.pid = pid;
    this.end = end;
    void end.then(() => {
      this.#hasEnded = true;
    });
    this.gone = end.then(() => this.#patience);
  }

  /** @throws Error that says in a line why it cannot be started */
  static async start(command: Command, output: ProgramOutput): Promise<RecordedProgram> {
    const started = await StartedProgram.start(command.words, {
      cwd: command.folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      moreEnvironment: ENVIRONMENT,
    });
    const { stdout, stderr } = started.child;
    stdout?.on('data', (bytes: Buffer) => {
      output.take('output', bytes);
    });
    stderr?.on('data', (bytes: Buffer) => {
      output.take('errors', bytes);
    });
    // What it has started may keep the streams open for longer than it lives.
    const closed = once(started.child, 'close');
    void started.end.then(async (end) => {
      await Promise.race([closed, delay(LAST_OUTPUT_MS)]);
      output.end(`The program ${endText(end)}.`);
    });
    return new RecordedProgram(command, started);
  }

  /** Asks it to end, as Ctrl+C does, with all of its group; kills what of them goes on. */
  interrupt(): void {
    this.#signal('SIGINT');
    this.#patience = delay(PATIENCE_MS).then(() => {
      this.#signal('SIGKILL');
    });
  }

  /** Kills it with all of its group, also what of that outlives it; resolves when it has ended. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.end;
  }

  #signal(signal: NodeJS.Signals): void {
    // A group keeps its number from others while it has members. Once it has none, another process may get it.
    if (this.#hasEnded && readStat(this.pid) !== null) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // There is nothing of the group any more.
    }
  }
}

/** How a program ended: `ended with status 1`, `was ended by SIGKILL`. */
export function endText(end: ProgramEnd): string {
  return typeof end === 'number' ? `ended with status ${end}` : `was ended by ${end}`;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
