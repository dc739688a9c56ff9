import type { ExperimentRecording, ExperimentRepeat } from '../../experiment/recording.js';
import type { RangeAnalysis } from '../../analysis/analyse.js';
import {
  comparedParameters,
  mapCompared,
  VARIANTS,
  type Compared,
} from '../../experiment/variants.js';
import type { RequestOf, ResponseOf, StreamMessage } from '../../ipc/index.js';
import type { Progress } from '../../experiment/progress.js';
import { defaultParameters, type Parameters } from '../../experiment/parameters.js';
import { overviewOf } from '../../experiment/report.js';
import { spanCount } from '../../recording/spans.js';
import { RunAnalyses } from './analyse-run.js';
import {
  EngineBusyError,
  runComparison,
  type RunEngine,
  type RunListener,
} from '../../engine/index.js';
import { asError, failureOf } from '../failures.js';
import { RecordingCache } from './recording-cache.js';
import type { Pacer } from './pacer.js';
import type { SpanStream } from './span-stream.js';

/**
 * The runs of this session: starts and stops them on the engine, numbers them, keeps the records
 * of those that ended, and tells the window on the stream.
 */
export class RunService {
  readonly #engine: Promise<RunEngine>;
  readonly #stream: SpanStream;
  readonly #pacer: Pacer;
  readonly #kept: RecordingCache;
  readonly #analysed = new RunAnalyses();
  /** How each run and each comparison began and ended. */
  #history: StreamMessage[] = [];
  /** The number of the newest run. */
  #runs = 0;
  /** Counts the analyses that were asked for. */
  #analyses = 0;
  /** Stops what is on; undefined where nothing is. */
  #on: AbortController | undefined;

  constructor(
    engine: Promise<RunEngine>,
    stream: SpanStream,
    pacer: Pacer,
    kept = new RecordingCache(),
  ) {
    this.#engine = engine;
    this.#stream = stream;
    this.#pacer = pacer;
    this.#kept = kept;
  }

  /** The machine, and the parameters to begin with. */
  async defaults(): Promise<Pick<ResponseOf<'appInfo'>, 'machine' | 'defaults'>> {
    const { machine } = await this.#engine;
    return { machine, defaults: defaultParameters(machine.usableCores) };
  }

  /** Starts the workers that a first run with the defaults needs; where there is no engine, none. */
  async warm(): Promise<void> {
    // What went wrong is told to whoever asks the engine for something.
    const engine = await this.#engine.catch(() => undefined);
    await engine?.warm(defaultParameters(engine.machine.usableCores).threads);
  }

  /**
   * Starts a run and resolves with its number; what becomes of it is told on the stream.
   *
   * @throws EngineBusyError or MemoryError where it cannot start
   */
  async start({ parameters, inPlaceOf }: RequestOf<'startRun'>): Promise<number> {
    if (inPlaceOf !== null && inPlaceOf > this.#runs) {
      throw new Error(`There is no run ${inPlaceOf} whose place a run could take.`);
    }
    const engine = await this.#engine;
    const signal = this.#begin();
    return new Promise((resolve, reject) => {
      let started: number | undefined;
      const onStarted = () => {
        started = this.#number(inPlaceOf);
        const pace = this.#pacer.begin(parameters, engine.machine.usableCores);
        this.#tell({ type: 'started', run: started, parameters, pace });
        resolve(started);
      };
      signal.addEventListener('abort', () => {
        engine.stop();
      });
      engine
        .run(
          parameters,
          { ...this.#streamListener(() => started ?? 0), onStarted },
          // So that another one can be kept beside it.
          { spanBytes: this.#kept.budgetBytes / 2 },
        )
        .then(({ outcome, record }) => {
          this.#end();
          this.#tellEnd(started ?? 0, outcome, record);
        })
        .catch((error: unknown) => {
          this.#end();
          // Before it started the request fails; after, the stream tells.
          if (started === undefined) reject(asError(error));
          else this.#tellFailure(started, error);
        });
    });
  }

  /**
   * Starts a comparison; what becomes of it is told on the stream.
   *
   * @throws EngineBusyError where something is on already
   */
  async startComparison(parameters: Parameters): Promise<void> {
    const engine = await this.#engine;
    const signal = this.#begin();
    const { executor } = comparedParameters(parameters);
    this.#pacer.begin(executor, engine.machine.usableCores);
    const next = this.#runs + 1;
    const runs = { serial: next, static: next + 1, executor: next + 2, gilHeld: next + 3 };
    void this.#compare(engine, parameters, runs, signal).then((message) => {
      this.#end();
      if (message.overviews !== null) this.#runs = runs.gilHeld;
      this.#tell(message);
    });
  }

  /** Stops the run or the comparison that is on, if any. */
  stop(): void {
    this.#on?.abort();
  }

  /**
   * The record of a run that ended.
   *
   * @throws Error where there is none of that number
   */
  record(run: number): ExperimentRecording {
    return this.#kept.of(run);
  }

  /**
   * Analyses all repeats of a kept run, beside those of a baseline where there is one. What is asked
   * for next calls it off, and so does a run.
   *
   * @throws Error where it was called off, or a run is on
   */
  async analyse({ run, baseline }: RequestOf<'analyseRun'>): Promise<RangeAnalysis> {
    this.#analyses += 1;
    const own = this.#analyses;
    const isCancelled = () => this.#on !== undefined || own !== this.#analyses;
    if (isCancelled()) throw new EngineBusyError();
    const against = baseline === null ? null : this.record(baseline);
    return this.#analysed.of(this.record(run), against, isCancelled);
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
    const lanes = shown.spanCounts.length;
    const spans = shown.spans.reduce((sum, words) => sum + spanCount(words), 0);
    this.#stream.send({ type: 'timeline', run, repeat, lanes, warmup: false, spans });
    for (const words of shown.spans) this.#stream.sendSpans(run, words);
    this.#stream.send(timelineEnd(run, repeat, shown));
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    this.stop();
    await (await this.#engine).close();
  }

  /** How every run and comparison so far began and ended, for a page that has just connected. */
  get history(): readonly StreamMessage[] {
    return this.#history;
  }

  /** @throws EngineBusyError where something is on already */
  #begin(): AbortSignal {
    if (this.#on !== undefined) throw new EngineBusyError();
    this.#on = new AbortController();
    return this.#on.signal;
  }

  /** Nothing is on any more. */
  #end(): void {
    this.#on = undefined;
    this.#pacer.end();
  }

  /** The number of a run that starts, and with it the place of an earlier one if it takes that. */
  #number(inPlaceOf: number | null): number {
    if (inPlaceOf === null) return (this.#runs += 1);
    this.#kept.forget(inPlaceOf);
    this.#history = this.#history.filter(
      (message) => !('run' in message) || message.run !== inPlaceOf,
    );
    return inPlaceOf;
  }

  /** Tells the page, and remembers it for pages to come. */
  #tell(message: StreamMessage): void {
    this.#history = [...this.#history.filter(({ type }) => type !== 'comparing'), message];
    this.#stream.send(message);
  }

  #streamListener(run: () => number): RunListener {
    return {
      onProgress: (_, progress) => {
        this.#tellProgress(run(), progress);
      },
      onTimeline: (_, repeat, lanes, warmup) => {
        this.#stream.sendInPace({ type: 'timeline', run: run(), repeat, lanes, warmup });
      },
      onSpans: (_, words) => {
        this.#stream.sendSpans(run(), words);
      },
      onTimelineEnd: (_, repeat, record) => {
        this.#stream.sendInPace(timelineEnd(run(), repeat, record));
      },
    };
  }

  #tellProgress(run: number, progress: Progress): void {
    const pace = this.#pacer.look();
    this.#stream.sendNews({ type: 'progress', run, progress, pace });
  }

  /** Keeps the record under the number that the run has here, and says whose spans went for it. */
  #keep(record: ExperimentRecording, run: number): void {
    for (const other of this.#kept.keep({ ...record, number: run })) {
      this.#tell({ type: 'spansEvicted', run: other });
    }
  }

  #tellEnd(run: number, outcome: 'done' | 'stopped', record: ExperimentRecording | null): void {
    if (record !== null) this.#keep(record, run);
    const overview = record === null ? null : overviewOf(record);
    this.#tell({ type: 'ended', run, outcome, overview, failure: null });
  }

  #tellFailure(run: number, error: unknown): void {
    const failure = failureOf(error);
    this.#tell({ type: 'ended', run, outcome: 'failed', overview: null, failure });
  }

  /** Makes the runs of a comparison and keeps them; gives what is to be told of its end. */
  async #compare(
    engine: RunEngine,
    parameters: Parameters,
    runs: Compared<number>,
    signal: AbortSignal,
  ): Promise<StreamMessage & { type: 'compared' }> {
    try {
      const { outcome, records } = await runComparison(engine, parameters, {
        signal,
        listener: {
          onVariant: (variant, round, soFar) => {
            const wallsNs = mapCompared(soFar, wallsOf);
            this.#tell({ type: 'comparing', parameters, runs, variant, round, wallsNs });
          },
          onProgress: (variant, _, progress) => {
            this.#tellProgress(runs[variant], progress);
          },
        },
      });
      if (records !== null)
        for (const variant of VARIANTS) this.#keep(records[variant], runs[variant]);
      const overviews = records === null ? null : mapCompared(records, overviewOf);
      return { type: 'compared', parameters, runs, outcome, overviews, failure: null };
    } catch (error) {
      const failure = failureOf(error);
      return { type: 'compared', parameters, runs, outcome: 'failed', overviews: null, failure };
    }
  }
}

function wallsOf(records: readonly ExperimentRecording[]): number[] {
  return records.flatMap(({ repeats }) => repeats.map(({ wallNs }) => wallNs));
}

/** Says that all spans of a repeat are out. */
function timelineEnd(run: number, repeat: number, record: ExperimentRepeat): StreamMessage {
  const dropped = record.spanCounts.reduce((total, { dropped }) => total + dropped, 0);
  const { wallNs, keptUntilNs, interruptions } = record;
  return { type: 'timelineEnd', run, repeat, wallNs, keptUntilNs, interruptions, dropped };
}
