import type { Takeover } from '../measure/holds.js';
import { PythonChild, findPython } from './child.js';
import { contentionLine, readGilHello, readTakeovers } from './protocol.js';

/** CPython in a process of its own, whose threads contend for its lock when they are asked to. */
export class CPythonGil {
  readonly python: string;
  readonly #child: PythonChild;

  private constructor(child: PythonChild, python: string) {
    this.#child = child;
    this.python = python;
  }

  /** Starts it; or says what stands in the way. */
  static async start(
    pythons: readonly string[],
  ): Promise<CPythonGil | { readonly skipped: string }> {
    const python = findPython(pythons, []);
    if (python === undefined) return { skipped: 'there is no Python' };
    const child = new PythonChild(python, 'cpython_gil.py', process.env);
    const hello = readGilHello(await child.nextLine());
    return 'skipped' in hello ? hello : new CPythonGil(child, hello.python);
  }

  /** Has threads contend for a while with a switch interval; returns who took the lock when, in order. */
  async contend(threads: number, intervalMs: number, milliseconds: number): Promise<Takeover[]> {
    const line = contentionLine(threads, milliseconds / 1000, intervalMs / 1000);
    return readTakeovers(await this.#child.ask(line));
  }

  close(): void {
    this.#child.close();
  }
}
