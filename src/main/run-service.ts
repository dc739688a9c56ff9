import * as v from 'valibot';
import type { Failure, RequestOf, ResponseOf, StreamMessage } from '../shared/contract.js';
import { defaultParameters, type Parameters } from '../shared/parameters.js';
import { overviewOf } from '../shared/report.js';
import type { RepeatRecord, RunRecord } from '../shared/run-record.js';
import { spanCount } from '../shared/spans.js';
import { MemoryError, type RunEngine, type RunListener, type RunOutcome } from './engine/index.js';
import { paceOf } from './pace.js';
import type { SpanStream } from './span-stream.js';

/**
 * The runs of this session: starts and stops them on the engine, keeps the records of those that
 * ended, and tells the window on the stream.
 */
export class RunService {
  readonly #engine: Promise<RunEngine>;
  readonly #stream: SpanStream;
  readonly #records = new Map<number, RunRecord>();
  /** How each run began and ended. */
  readonly #history: StreamMessage[] = [];

  constructor(engine: Promise<RunEngine>, stream: SpanStream) {
    this.#engine = engine;
    this.#stream = stream;
  }

  /** The machine, and the parameters to begin with. */
  async appInfo(): Promise<ResponseOf<'appInfo'>> {
    const { machine } = await this.#engine;
    return { machine, defaults: defaultParameters(machine.logicalCores) };
  }

  /**
   * Starts a run and resolves with its number; what becomes of it is told on the stream.
   *
   * @throws EngineBusyError or MemoryError where it cannot start
   */
  async start(parameters: Parameters): Promise<number> {
    const engine = await this.#engine;
    return new Promise((resolve, reject) => {
      let started: number | undefined;
      const listener: RunListener = {
        ...this.#streamListener(),
        onStarted: (run) => {
          started = run;
          const paceMs = paceOf(parameters, engine.machine.logicalCores);
          this.#stream.setPace(paceMs);
          this.#tell({ type: 'started', run, parameters, paceMs });
          resolve(run);
        },
      };
      engine
        .run(parameters, listener)
        .then((outcome) => {
          this.#keep(outcome);
        })
        .catch((error: unknown) => {
          // Before it started the request fails; after, the stream tells.
          if (started === undefined) reject(asError(error));
          else this.#tellFailure(started, error);
        });
    });
  }

  /** Stops the run that is on, if any. */
  async stop(): Promise<void> {
    (await this.#engine).stop();
  }

  /**
   * The record of a run that ended.
   *
   * @throws Error where there is none of that number
   */
  record(run: number): RunRecord {
    const record = this.#records.get(run);
    if (record === undefined) throw new Error(`Run ${run} is not among the kept runs.`);
    return record;
  }

  /** Streams one repeat of a kept run. */
  showRepeat({ run, repeat }: RequestOf<'showRepeat'>): void {
    const record = this.record(run);
    const shown = record.repeats[repeat];
    if (shown === undefined) {
      throw new Error(
        `Run ${run} has ${record.repeats.length} repeats; there is no ${repeat + 1}.`,
      );
    }
    const spans = shown.spans.reduce((sum, words) => sum + spanCount(words), 0);
    this.#stream.send({ type: 'timeline', run, repeat, lanes: shown.rings.length, spans });
    for (const words of shown.spans) this.#stream.sendSpans(run, words);
    this.#stream.send(timelineEnd(run, repeat, shown));
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await (await this.#engine).close();
  }

  /** Tells a page that has just connected of every run there was, and of the one that is on. */
  tellHistory(): void {
    for (const message of this.#history) this.#stream.send(message);
  }

  /** Tells the page, and remembers it for pages to come. */
  #tell(message: StreamMessage): void {
    this.#history.push(message);
    this.#stream.send(message);
  }

  #streamListener(): RunListener {
    return {
      onProgress: (run, progress) => {
        this.#stream.sendNews({ type: 'progress', run, progress });
      },
      onTimeline: (run, repeat, lanes) => {
        this.#stream.sendInPace({ type: 'timeline', run, repeat, lanes });
      },
      onSpans: (run, words) => {
        this.#stream.sendSpans(run, words);
      },
      onTimelineEnd: (run, repeat, record) => {
        this.#stream.sendInPace(timelineEnd(run, repeat, record));
      },
    };
  }

  #keep({ run, outcome, record }: RunOutcome): void {
    this.#stream.setPace(0);
    if (record !== null) this.#records.set(run, record);
    const overview = record === null ? null : overviewOf(record);
    this.#tell({ type: 'ended', run, outcome, overview, failure: null });
  }

  #tellFailure(run: number, error: unknown): void {
    this.#stream.setPace(0);
    const failure = failureOf(error);
    this.#tell({ type: 'ended', run, outcome: 'failed', overview: null, failure });
  }
}

/** Says that all spans of a repeat are out. */
function timelineEnd(run: number, repeat: number, record: RepeatRecord): StreamMessage {
  const dropped = record.rings.reduce((total, ring) => total + ring.dropped, 0);
  return { type: 'timelineEnd', run, repeat, wallNs: record.wallNs, dropped };
}

/** What went wrong, for the user to read, and at which field. */
export function failureOf(error: unknown): Failure {
  const { message } = asError(error);
  if (error instanceof MemoryError) return { message, parameter: 'matrices' };
  const parameter = v.isValiError(error) ? v.getDotPath(error.issues[0]) : null;
  return parameter === null ? { message } : { message, parameter };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
