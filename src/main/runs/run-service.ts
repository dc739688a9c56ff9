import type { AnyRecording } from '../../storage/recording-file.js';
import { describe, isExperiment, type ExperimentRecording } from '../../experiment/recording.js';
import type { Machine } from '../../recording/machine.js';
import type { Repeat } from '../../recording/recording.js';
import type { RangeAnalysis } from '../../analysis/analyse.js';
import {
  comparedParameters,
  mapCompared,
  VARIANTS,
  type Compared,
} from '../../experiment/variants.js';
import type {
  About,
  RecordedEntry,
  RequestOf,
  ResponseOf,
  StreamMessage,
} from '../../ipc/index.js';
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
import { newEntry } from '../recordings/entries.js';
import type { EntryList } from '../recordings/entry-list.js';
import { recordedOf } from '../recordings/recorded.js';
import type { Session } from '../recordings/session.js';
import { busyLanes } from './pace.js';
import type { Pacer } from './pacer.js';
import type { SpanStream } from './span-stream.js';

/**
 * The runs of this session: starts and stops them on the engine, keeps the recordings of those that
 * ended, and shows and analyses recordings.
 */
export class RunService {
  readonly #engine: Promise<RunEngine>;
  readonly #stream: SpanStream;
  readonly #pacer: Pacer;
  readonly #session: Session;
  readonly #entries: EntryList;
  readonly #analysed = new RunAnalyses();
  /** Counts the analyses that were asked for. */
  #analyses = 0;

  constructor(
    engine: Promise<RunEngine>,
    stream: SpanStream,
    pacer: Pacer,
    session: Session,
    entries: EntryList,
  ) {
    this.#engine = engine;
    this.#stream = stream;
    this.#pacer = pacer;
    this.#session = session;
    this.#entries = entries;
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
   * Starts a run and resolves with its number; its news come on the stream.
   *
   * @throws EngineBusyError or MemoryError where it cannot start
   */
  async start({ parameters, inPlaceOf }: RequestOf<'startRun'>): Promise<number> {
    if (inPlaceOf !== null && !this.#session.has(inPlaceOf)) {
      throw new Error(`There is no run ${inPlaceOf} whose place a run could take.`);
    }
    const engine = await this.#engine;
    const signal = this.#session.begin();
    return new Promise((resolve, reject) => {
      let started: number | undefined;
      const onStarted = () => {
        started = this.#number(inPlaceOf);
        const pace = this.#pacer.begin(busyLanes(parameters), engine.machine.usableCores);
        const about = aboutRun(parameters, engine.machine);
        const entry = newEntry('run', [started], new Date());
        this.#entries.add(entry, null, 0);
        this.#session.tell({ type: 'started', run: started, about, entry, pace });
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
          { spanBytes: this.#session.budgetBytes / 2 },
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
   * Starts a comparison; its news come on the stream.
   *
   * @throws EngineBusyError where something is on already
   */
  async startComparison(parameters: Parameters): Promise<void> {
    const engine = await this.#engine;
    const signal = this.#session.begin();
    const { executor } = comparedParameters(parameters);
    this.#pacer.begin(busyLanes(executor), engine.machine.usableCores);
    const first = this.#session.number(VARIANTS.length);
    const runs = { serial: first, static: first + 1, executor: first + 2, gilHeld: first + 3 };
    void this.#compare(engine, parameters, runs, signal).then(({ message, records }) => {
      this.#end();
      if (records === null) this.#session.giveBack(first);
      this.#session.tell(message);
      if (records !== null)
        for (const variant of VARIANTS) this.#session.keep(runs[variant], records[variant]);
    });
  }

  /** Stops what is running, if anything is. */
  stop(): void {
    this.#session.stop();
  }

  /**
   * Returns a recording that has ended.
   *
   * @throws Error where there is none of that number
   */
  recording(run: number): AnyRecording {
    return this.#session.recording(run);
  }

  /**
   * Returns the recording of an experiment that has ended.
   *
   * @throws Error where there is none of that number, or it is of something else
   */
  experiment(run: number): ExperimentRecording {
    const recording = this.recording(run);
    if (!isExperiment(recording)) throw new Error(`Recording ${run} is of no experiment.`);
    return recording;
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
    const isCancelled = () => this.#session.isRunning || own !== this.#analyses;
    if (isCancelled()) throw new EngineBusyError();
    const against = baseline === null ? null : this.recording(baseline);
    return this.#analysed.of(this.recording(run), against, isCancelled);
  }

  /** Streams one repeat of a kept run. */
  showRepeat({ run, repeat }: RequestOf<'showRepeat'>): void {
    const record = this.recording(run);
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

  /** Nothing is measured any more. */
  #end(): void {
    this.#session.end();
    this.#pacer.end();
  }

  /** The number of a run that starts, and with it the place of an earlier one if it takes that. */
  #number(inPlaceOf: number | null): number {
    if (inPlaceOf === null) return this.#session.number();
    this.#session.forget(inPlaceOf);
    return inPlaceOf;
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

  #tellEnd(run: number, outcome: 'done' | 'stopped', record: ExperimentRecording | null): void {
    const overview = record === null ? null : overviewOf(record);
    if (record !== null) this.#entries.measured(run, wallNsOf([record]));
    this.#session.tell({ type: 'ended', run, outcome, overview, failure: null });
    if (record !== null) this.#session.keep(run, record);
  }

  #tellFailure(run: number, error: unknown): void {
    const failure = failureOf(error);
    this.#session.tell({ type: 'ended', run, outcome: 'failed', overview: null, failure });
  }

  /** Makes the runs of a comparison. Returns their recordings, and what is to be told of its end. */
  async #compare(
    engine: RunEngine,
    parameters: Parameters,
    runs: Compared<number>,
    signal: AbortSignal,
  ): Promise<{
    message: StreamMessage & { type: 'compared' };
    records: Compared<ExperimentRecording> | null;
  }> {
    const compared = { type: 'compared', parameters, runs } as const;
    try {
      const { outcome, records } = await runComparison(engine, parameters, {
        signal,
        listener: {
          onVariant: (variant, round, soFar) => {
            const wallsNs = mapCompared(soFar, wallsOf);
            this.#session.tell({ type: 'comparing', parameters, runs, variant, round, wallsNs });
          },
          onProgress: (variant, _, progress) => {
            this.#tellProgress(runs[variant], progress);
          },
        },
      });
      const recorded = records === null ? null : this.#recordedComparison(runs, records);
      return { message: { ...compared, outcome, recorded, failure: null }, records };
    } catch (error) {
      const failure = failureOf(error);
      const message = { ...compared, outcome: 'failed', recorded: null, failure } as const;
      return { message, records: null };
    }
  }

  #recordedComparison(
    runs: Compared<number>,
    records: Compared<ExperimentRecording>,
  ): RecordedEntry {
    const entry = newEntry('comparison', Object.values(runs), new Date());
    this.#entries.add(entry, null, wallNsOf(Object.values(records)));
    const recordings = VARIANTS.map((variant) => recordedOf(runs[variant], records[variant]));
    return { entry, recordings };
  }
}

/** What a run says of itself as it starts. */
function aboutRun(parameters: Parameters, machine: Machine): About {
  return {
    description: describe(parameters),
    machine,
    source: { kind: 'experiment', parameters },
    tasks: parameters.matrices,
    labels: null,
  };
}

/** How long all repeats took together, in ns. */
function wallNsOf(recordings: readonly AnyRecording[]): number {
  return wallsOf(recordings).reduce((total, wallNs) => total + wallNs, 0);
}

function wallsOf(recordings: readonly AnyRecording[]): number[] {
  return recordings.flatMap(({ repeats }) => repeats.map(({ wallNs }) => wallNs));
}

/** Says that all spans of a repeat are out. */
function timelineEnd(run: number, repeat: number, record: Repeat): StreamMessage {
  const dropped = record.spanCounts.reduce((total, { dropped }) => total + dropped, 0);
  const { wallNs, keptUntilNs, interruptions } = record;
  return { type: 'timelineEnd', run, repeat, wallNs, keptUntilNs, interruptions, dropped };
}
