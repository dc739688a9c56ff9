import type { Takeover } from '../measure/holds.js';
import { PythonChild, findPython } from './child.js';
import { contentionLine, readGilHello, readTakeovers } from './protocol.js';

/** CPython in a process of its own, whose threads contend for its lock when they are asked to. */
export class CPythonGil {
  readonly python: string;
  readonly intervalMs: number;
  readonly #child: PythonChild;

  private constructor(child: PythonChild, python: string, intervalMs: number) {
    this.#child = child;
    this.python = python;
    this.intervalMs = intervalMs;
  }

  /** Starts it; or says what stands in the way. */
  static async start(): Promise<CPythonGil | { readonly skipped: string }> {
    const python = findPython([]);
    if (python === undefined) return { skipped: 'there is no Python' };
    const child = new PythonChild(python, 'cpython_gil.py', process.env);
    const hello = readGilHello(await child.nextLine());
    return 'skipped' in hello ? hello : new CPythonGil(child, hello.python, hello.intervalMs);
  }

  /** Has threads contend for a while; who took the lock when, in order. */
  async contend(threads: number, milliseconds: number): Promise<Takeover[]> {
    return readTakeovers(await this.#child.ask(contentionLine(threads, milliseconds / 1000)));
  }

  close(): void {
    this.#child.close();
  }
}
