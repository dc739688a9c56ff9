import { plainLine } from '../../base/plain-text.js';
import { describeMachine, EngineBusyError } from '../../engine/index.js';
import type {
  Interpreter,
  Output,
  RequestOf,
  ResponseOf,
  RunningProgram,
} from '../../ipc/index.js';
import type { ProcessRecording } from '../../process/recording.js';
import { installedPythons, type PythonPlaces } from '../../python/installed.js';
import { refuseOtherSystems } from '../../python/open-python.js';
import { readStat } from '../../python/proc.js';
import { runningPythons } from '../../python/running.js';
import { ProcessRecorder } from '../../sampling/record-process.js';
import { failureOf } from '../failures.js';
import { newEntry } from '../recordings/entries.js';
import type { EntryList } from '../recordings/entry-list.js';
import { recordedOf } from '../recordings/recorded.js';
import type { Session } from '../recordings/session.js';
import { inSlices } from '../runs/in-slices.js';
import type { Pacer } from '../runs/pacer.js';
import type { SpanStream } from '../runs/span-stream.js';
import { commandOf, type Command } from './command.js';
import { LiveProgram } from './live-program.js';
import { ProgramOutput } from './program-output.js';
import { endText, RecordedProgram } from './recorded-program.js';

/** What recording programs works with. */
export interface ProgramParts {
  readonly session: Session;
  readonly stream: SpanStream;
  readonly pacer: Pacer;
  readonly list: EntryList;
  /** The built sampler. */
  readonly sampler: URL;
  readonly places: PythonPlaces;
  /** Asks the user whether a command may be started. */
  readonly mayStart: (command: Command) => Promise<boolean>;
}

/** Characters of a command in the list of those that run, at most. */
const COMMAND_LENGTH = 300;

/** The output of so many programs is kept. */
const OUTPUTS_KEPT = 20;

/** The cores that a program with one lock keeps busy. */
const BUSY_CORES = 1;

/** A recording that goes on. */
interface Recording {
  readonly run: number;
  readonly recorder: ProcessRecorder;
  readonly live: LiveProgram;
  /** Null where a process was attached to, which goes on. */
  readonly program: RecordedProgram | null;
  readonly signal: AbortSignal;
}

/** Records Python programs for the window: finds interpreters and processes, starts, attaches, stops. */
export class ProgramService {
  readonly #parts: ProgramParts;
  readonly #outputs = new Map<number, ProgramOutput>();
  /** The programs that were started and are not gone, as far as is known. */
  readonly #programs = new Set<RecordedProgram>();
  #recording: Recording | null = null;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
  }

  /** What programs can be recorded here. */
  get facts(): ResponseOf<'appInfo'>['programs'] {
    const { home } = this.#parts.places;
    try {
      refuseOtherSystems(process.platform, process.arch);
      return { problem: null, folder: home };
    } catch (error) {
      return { problem: failureOf(error).message, folder: home };
    }
  }

  interpreters(): Interpreter[] {
    return installedPythons(this.#parts.places);
  }

  /** The Pythons that run. */
  async running(): Promise<RunningProgram[]> {
    const found = await inSlices(runningPythons());
    return found.map(({ command, problem, ...facts }) => ({
      ...facts,
      command: plainLine(command.join(' '), COMMAND_LENGTH),
      problem: problem === null ? null : plainLine(problem, COMMAND_LENGTH),
    }));
  }

  /**
   * Starts a program and records it, once the user has said that it may be started.
   *
   * @throws Error where it cannot be started, or something else is running
   */
  async start(request: RequestOf<'startProgram'>): Promise<ResponseOf<'startProgram'>> {
    const { session, mayStart } = this.#parts;
    refuseOtherSystems(process.platform, process.arch);
    const command = commandOf(request);
    if (session.isRunning) throw new EngineBusyError();
    if (!(await mayStart(command))) return { status: 'cancelled' };
    const signal = session.begin();
    try {
      const { words } = command;
      const output = new ProgramOutput((news) => {
        this.#tellOutput(output, news);
      });
      const { recorder, live } = await this.#prepare(words, request.rate, true);
      if (signal.aborted) {
        recorder.stop();
        this.#end();
        return { status: 'cancelled' };
      }
      const program = await RecordedProgram.start(command, output).catch((error: unknown) => {
        recorder.stop();
        throw error;
      });
      this.#programs.add(program);
      void program.gone.then(() => this.#programs.delete(program));
      void program.end.then(() => {
        recorder.stop();
      });
      const run = this.#begin({ recorder, live, program, signal }, program.pid);
      this.#keepOutput(run, output);
      return { status: 'started', run };
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  /**
   * Records a process that runs already. Nothing is started or changed, so that there is no question.
   *
   * @throws Error where it has ended, or something else is running
   */
  async attach({ pid, startTicks, rate }: RequestOf<'attachToProgram'>): Promise<number> {
    refuseOtherSystems(process.platform, process.arch);
    if (readStat(pid)?.startTicks !== startTicks) {
      throw new Error(`Process ${pid} has ended: look again which run.`);
    }
    const signal = this.#parts.session.begin();
    try {
      const { recorder, live } = await this.#prepare([], rate, false);
      return this.#begin({ recorder, live, program: null, signal }, pid);
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  /**
   * Returns what is kept of what a program has printed.
   *
   * @throws Error where none of that number was started in this session
   */
  output(run: number): Output {
    const output = this.#outputs.get(run);
    if (output === undefined) throw new Error(`No output of run ${run} is kept.`);
    return output.all;
  }

  /** A page that was loaded again is shown what is recorded just now. */
  resume(): void {
    if (this.#recording !== null) this.#recording.live.resume(this.#recording.recorder.spans);
  }

  /** Ends the programs that were started. */
  async close(): Promise<void> {
    this.#recording?.recorder.stop();
    await Promise.all([...this.#programs].map((program) => program.kill()));
  }

  async #prepare(command: readonly string[], rate: number, waits: boolean) {
    const { stream, pacer, session, sampler } = this.#parts;
    const live = new LiveProgram({
      command,
      machine: describeMachine('none'),
      stream,
      pacer,
      tell: (message) => {
        session.tell(message);
      },
      now: () => performance.now(),
    });
    return {
      live,
      recorder: await ProcessRecorder.create({ sampler, rate, waits, watcher: live }),
    };
  }

  /** Begins to record a process, and tells the page. Returns the recording's number. */
  #begin(parts: Omit<Recording, 'run'>, pid: number): number {
    const { session, pacer, list } = this.#parts;
    const { recorder, live, program, signal } = parts;
    recorder.begin(pid);
    const run = session.number();
    const recording = { ...parts, run };
    this.#recording = recording;
    const { about } = live;
    const pace = pacer.begin(BUSY_CORES, about.machine.usableCores);
    const entry = newEntry('run', [run], new Date());
    list.add(entry, null, 0);
    session.tell({ type: 'started', run, about, entry, pace });
    live.begin(run);
    const stop = () => {
      recorder.stop();
      program?.interrupt();
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    void this.#finish(recording);
    return run;
  }

  /** Waits for the recording, keeps it, and tells the page how it ended. */
  async #finish({ run, recorder, live, program, signal }: Recording): Promise<void> {
    const { session, list } = this.#parts;
    try {
      const recording = await recorder.result(program?.words ?? null, live.about.machine);
      const whole = program === null ? recording : await withItsEnd(recording, program, signal);
      const { about, repeats, overview } = recordedOf(run, whole);
      list.measured(run, whole.repeats[0]?.wallNs ?? 0);
      this.#end();
      session.tell({ type: 'described', run, about, repeats });
      session.tell({ type: 'ended', run, outcome: 'done', overview, failure: null });
      session.keep(run, whole);
    } catch (error) {
      const isStopped = signal.aborted;
      const failure = await this.#whyNothing(error, program, signal);
      this.#end();
      const outcome = isStopped ? 'stopped' : 'failed';
      session.tell({ type: 'ended', run, outcome, overview: null, failure });
    }
  }

  /** Why there is no recording: a program that failed by itself says more than that there was no Python. */
  async #whyNothing(error: unknown, program: RecordedProgram | null, signal: AbortSignal) {
    const failure = failureOf(error);
    if (program === null || signal.aborted) return failure;
    const end = await program.end;
    return end === 0
      ? failure
      : {
          message: `The program ${endText(end)} before it could be recorded: its output may say why.`,
        };
  }

  /** Nothing is recorded any more. */
  #end(): void {
    const { session, pacer } = this.#parts;
    this.#recording = null;
    session.end();
    pacer.end();
  }

  #keepOutput(run: number, output: ProgramOutput): void {
    this.#outputs.set(run, output);
    const [oldest] = this.#outputs.keys();
    if (oldest !== undefined && this.#outputs.size > OUTPUTS_KEPT) this.#outputs.delete(oldest);
  }

  #tellOutput(output: ProgramOutput, news: Output): void {
    for (const [run, kept] of this.#outputs) {
      if (kept === output) this.#parts.stream.send({ type: 'output', run, output: news });
    }
  }
}

/** A recording that says how its program ended, where something else than itself ended it. */
async function withItsEnd(
  recording: ProcessRecording,
  program: RecordedProgram,
  signal: AbortSignal,
): Promise<ProcessRecording> {
  if (signal.aborted) return recording;
  const end = await program.end;
  if (typeof end === 'number') return recording;
  const message = `the program ${endText(end)}: what it did last may be missing`;
  const warnings = [...recording.source.warnings, { code: 'program-killed', message, figures: {} }];
  return { ...recording, source: { ...recording.source, warnings } };
}
