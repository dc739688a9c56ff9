import { once } from 'node:events';
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
  #hasEnded = false;

  private constructor({ words }: Command, { pid, end }: StartedProgram) {
    this.words = words;
    this.pid = pid;
    this.end = end;
    void end.then(() => {
      this.#hasEnded = true;
    });
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

  /** Asks it to end, as Ctrl+C does, with all of its group; ends it where it does not. */
  interrupt(): void {
    this.#signal('SIGINT');
    setTimeout(() => {
      void this.kill();
    }, PATIENCE_MS).unref();
  }

  /** Ends it with all of its group; resolves when it has ended. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.end;
  }

  #signal(signal: NodeJS.Signals): void {
    // Another group may have the number by then.
    if (this.#hasEnded) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It has ended just now.
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
