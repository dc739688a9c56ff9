import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The sources' folder, seen from the built bench in out/bench. */
const FOLDER = new URL('../../bench/', import.meta.url);

/** A script of this folder, as a path. */
function scriptPath(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

/** Where a Python is looked for: the system's own, or one on the path. */
export const USUAL_PYTHONS: readonly string[] = ['/usr/bin/python3', 'python3', 'python'];

/** The first of some Pythons that can import the modules, or undefined. */
export function findPython(
  pythons: readonly string[],
  modules: readonly string[],
): string | undefined {
  const program = ['pass', ...modules.map((name) => `import ${name}`)].join('\n');
  return pythons.find((python) => spawnSync(python, ['-c', program]).status === 0);
}

/** A Python script that stays and answers lines with lines, one at a time. */
export class PythonChild {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string, undefined>;

  /** Resolves when the script has ended. */
  readonly ended: Promise<unknown>;

  /**
   * Starts a script, with words before its path. It is to end when its standard input does, as it does with this
   * process.
   */
  constructor(
    python: string,
    script: string,
    env: NodeJS.ProcessEnv,
    before: readonly string[] = [],
  ) {
    this.#process = spawn(python, [...before, scriptPath(script)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    });
    this.ended = once(this.#process, 'exit');
    // Writing to a script that has ended fails; whoever waits for its answer learns of its end.
    this.#process.stdin.on('error', () => undefined);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the Python script was not started');
    return pid;
  }

  /**
   * Sends a line and waits for the one that answers it.
   *
   * @throws Error if the script has ended
   */
  async ask(line: string): Promise<string> {
    this.#process.stdin.write(line);
    return this.nextLine();
  }

  /**
   * Waits for a line.
   *
   * @throws Error if the script has ended
   */
  async nextLine(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the Python script has ended; what it said is above');
    return value;
  }

  /** Lets the script end. */
  close(): void {
    this.#process.stdin.end();
  }
}
