import * as v from 'valibot';
import type { Takeover } from '../measure/holds.js';
import { PythonChild } from './child.js';
import { fairEnvironment } from './power-method.js';

const Ns = v.number();
const Thread = v.object({ tid: v.number(), beats: v.array(Ns) });
const HelloSchema = v.object({ python: v.string(), numba: v.boolean() });

const PureSchema = v.object({
  wallNs: Ns,
  threads: v.array(v.object({ ...Thread.entries, calls: v.array(v.tuple([v.string(), Ns, Ns])) })),
});

const MixSchema = v.object({
  wallNs: Ns,
  threads: v.array(
    v.object({
      ...Thread.entries,
      kind: v.picklist(['pure', 'compute', 'sleep', 'lock']),
      phases: v.array(v.tuple([Ns, Ns])),
    }),
  ),
});

const ContendSchema = v.object({
  turns: v.number(),
  takeovers: v.array(v.tuple([v.number(), Ns])),
});

/** What threads of pure Python logged: times of beats, and of calls, on CLOCK_MONOTONIC. */
export type PureLog = v.InferOutput<typeof PureSchema>;

/** What threads of a mix logged. */
export type MixLog = v.InferOutput<typeof MixSchema>;

/** recorded_program.py in a Python: programs that log what they do. */
export class LoggingProgram {
  readonly hello: v.InferOutput<typeof HelloSchema>;
  readonly #child: PythonChild;

  private constructor(child: PythonChild, hello: LoggingProgram['hello']) {
    this.#child = child;
    this.hello = hello;
  }

  /** Starts it, with words before the script's path, such as a module that runs it. */
  static async start(python: string, before: readonly string[] = []): Promise<LoggingProgram> {
    const child = new PythonChild(python, 'recorded_program.py', fairEnvironment(), before);
    return new LoggingProgram(child, v.parse(HelloSchema, JSON.parse(await child.nextLine())));
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Threads of pure Python, each of so many beats. */
  async pure(threads: number, beats: number): Promise<PureLog> {
    return v.parse(PureSchema, await this.#ask({ program: 'pure', threads, beats }));
  }

  /** A thread each of different work. */
  async mix(seconds: number): Promise<MixLog> {
    return v.parse(MixSchema, await this.#ask({ program: 'mix', seconds }));
  }

  /** Threads that want the lock for so long; returns how much they did, and who took it when. */
  async contend(
    threads: number,
    intervalMs: number,
    milliseconds: number,
  ): Promise<{ turns: number; takeovers: Takeover[] }> {
    const times = { seconds: milliseconds / 1000, interval: intervalMs / 1000 };
    return v.parse(ContendSchema, await this.#ask({ program: 'contend', threads, ...times }));
  }

  /** Ends it; resolves when it has ended. */
  async close(): Promise<void> {
    this.#child.close();
    await this.#child.ended;
  }

  async #ask(request: object): Promise<unknown> {
    return JSON.parse(await this.#child.ask(`${JSON.stringify(request)}\n`));
  }
}
