import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import * as v from 'valibot';
import { plainLine } from '../base/plain-text.js';
import { systemReason } from '../files/system-errors.js';
import { PythonFailedError, UnsuitablePythonError } from './errors.js';
import program from './experiment.py?raw';
import { markedLines } from './lines.js';
import { AboutAnswer, ErrorAnswer, OldPythonSchema, type PythonRequest } from './protocol.js';

/** How a line of an answer begins. */
const MARK = 'gilscope ';

/** Characters of what a Python said last that a message repeats, at most, and that are kept for it. */
const REASON_LENGTH = 200;
const KEPT_LENGTH = 4000;

/** Reads the program from standard input and runs it; a Python before 3.8, since 2.6, says that it is too old. */
const LOADER = `
import sys
if sys.version_info < (3, 8):
    sys.stdout.write('${MARK}{"tooOld": "%d.%d.%d"}\\n' % sys.version_info[:3])
else:
    sys.path[:] = [folder for folder in sys.path if folder]
    exec(compile(sys.stdin.buffer.read(${Buffer.byteLength(program)}), 'experiment.py', 'exec'))
`;

/** A Python with the laboratory's experiment in it, which answers one request at a time. */
export class PythonSession {
  /** As it was named. */
  readonly path: string;
  /** What it said of itself. */
  readonly about: v.InferOutput<typeof AboutAnswer>;
  readonly #child: PythonChild;

  private constructor(path: string, about: PythonSession['about'], child: PythonChild) {
    this.path = path;
    this.about = about;
    this.#child = child;
  }

  /**
   * Starts a Python, by its path or its name on the path, for work on so many threads.
   *
   * @throws UnsuitablePythonError where it is none, or older than 3.8; the signal's reason where that aborts it
   */
  static async start(path: string, threads: number, signal: AbortSignal): Promise<PythonSession> {
    signal.throwIfAborted();
    const child = await PythonChild.start(path, threads, signal);
    try {
      signal.throwIfAborted();
      child.write(program);
      const answer = await child.answer();
      if (answer === null) throw await notAPython(child);
      if (v.is(OldPythonSchema, answer)) {
        const { tooOld } = answer;
        throw new UnsuitablePythonError(
          `${shown(path)} is Python ${plainLine(tooOld, 40)}; choose one of 3.8 or later`,
        );
      }
      const about = v.safeParse(AboutAnswer, answer);
      if (!about.success) {
        child.kill();
        throw await notAPython(child);
      }
      return new PythonSession(path, about.output, child);
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  /** The process. */
  get pid(): number {
    return this.#child.pid;
  }

  /**
   * Has it do something. Returns the answer, which is of the form that the schema says.
   *
   * @throws PythonFailedError where it has ended, or could not; the signal's reason where that aborted it
   */
  async ask<Answer>(
    request: PythonRequest,
    schema: v.GenericSchema<unknown, Answer>,
  ): Promise<Answer> {
    this.#child.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#child.answer();
    const found = v.safeParse(schema, answer);
    if (found.success) return found.output;
    const what = 'variant' in request ? request.variant : request.do;
    const failed = v.is(ErrorAnswer, answer) ? answer.error : null;
    const reason =
      answer === null
        ? await this.#child.endText()
        : `it said ${failed === null ? 'what is no answer' : plainLine(failed, REASON_LENGTH)}`;
    throw new PythonFailedError(`${shown(this.path)} failed at ${what}: ${reason}`);
  }

  /** Ends it. */
  close(): void {
    this.#child.kill();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function shown(path: string): string {
  return plainLine(path, REASON_LENGTH);
}

async function notAPython(child: PythonChild): Promise<UnsuitablePythonError> {
  return new UnsuitablePythonError(
    `${shown(child.path)} is no Python that can be measured in: ${await child.endText()}`,
  );
}

/** The process of a session: what goes in and comes out. */
class PythonChild {
  readonly path: string;
  readonly pid: number;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncGenerator<string>;
  readonly #signal: AbortSignal;
  readonly #end: Promise<unknown>;
  /** What it said last on standard error. */
  #said = '';
  #isKilled = false;

  private constructor(
    path: string,
    child: ChildProcessWithoutNullStreams,
    pid: number,
    signal: AbortSignal,
  ) {
    this.path = path;
    this.pid = pid;
    this.#process = child;
    this.#signal = signal;
    this.#answers = markedLines(child.stdout, MARK);
    this.#end = once(child, 'close');
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-KEPT_LENGTH);
    });
    // Writing to a program that has ended fails; whoever waits for its answer learns of its end.
    child.stdin.on('error', () => undefined);
    signal.addEventListener('abort', this.kill, { once: true });
  }

  static async start(path: string, threads: number, signal: AbortSignal): Promise<PythonChild> {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(path, ['-c', LOADER], { env: environment(threads) });
      await once(child, 'spawn');
    } catch (error) {
      throw new UnsuitablePythonError(`cannot start ${shown(path)}: ${systemReason(error)}`);
    }
    if (child.pid === undefined) throw new UnsuitablePythonError(`cannot start ${shown(path)}`);
    return new PythonChild(path, child, child.pid, signal);
  }

  write(text: string): void {
    this.#process.stdin.write(text);
  }

  /** The next answer as JSON; null where none comes any more, or what comes is none. */
  async answer(): Promise<unknown> {
    try {
      const next = await this.#answers.next();
      this.#signal.throwIfAborted();
      return next.done === true ? null : JSON.parse(next.value);
    } catch {
      this.#signal.throwIfAborted();
      this.kill();
      return null;
    }
  }

  /** How it ended, with what it said last: `it ended with status 1 (ImportError: no module)`. */
  async endText(): Promise<string> {
    if (this.#isKilled) return 'it does not answer as one';
    this.#process.stdin.end();
    await this.#end;
    const { exitCode, signalCode } = this.#process;
    const how =
      signalCode === null ? `it ended with status ${exitCode}` : `it was ended by ${signalCode}`;
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return last === '' ? how : `${how} (${plainLine(last, REASON_LENGTH)})`;
  }

  readonly kill = (): void => {
    this.#isKilled = true;
    this.#signal.removeEventListener('abort', this.kill);
    this.#process.kill('SIGKILL');
    // Programs that it started may have its streams.
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
  };
}

/**
 * The environment of a fair comparison: products on the thread that calls them, as the threads are Numba's or the
 * pool's, and as many threads for Numba as are asked for.
 */
function environment(threads: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    BLIS_NUM_THREADS: '1',
    VECLIB_MAXIMUM_THREADS: '1',
    ELECTRON_RUN_AS_NODE: undefined,
    NUMBA_NUM_THREADS: String(threads),
  };
}
