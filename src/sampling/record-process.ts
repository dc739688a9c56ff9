import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describeProcess } from '../process/description.js';
import type { ProcessRecording, PythonFacts } from '../process/recording.js';
import type { Machine } from '../recording/machine.js';
import type { Label } from '../recording/recording.js';
import { Control } from './control.js';
import type { SamplerMessage, SamplerSummary, SamplerTask, ThreadChange } from './messages.js';

/** No CPython was recorded; the message says why, and what to do, in one line. */
export class NothingRecordedError extends Error {
  override readonly name = 'NothingRecordedError';
}

/** What a recorder is made with. */
export interface RecorderOptions {
  /** The built sampler. */
  readonly sampler: URL;
  /** Samples a second. */
  readonly rate: number;
  /** Whether to wait for a CPython where there is none: a command may become one, or start one. */
  readonly waits: boolean;
  /** Looks on while it is recorded, at what it has functions for. */
  readonly watcher?: Partial<RecordingWatcher>;
}

/** Takes in what is recorded as it comes, some 30 times a second. */
export interface RecordingWatcher {
  readonly onFound: (python: PythonFacts) => void;
  /** Labels that are new, in the order of their indices. */
  readonly onLabels: (labels: readonly Label[]) => void;
  readonly onThreads: (changes: readonly ThreadChange[]) => void;
  /** Spans that have ended. Their lanes may be told a little later. */
  readonly onSpans: (words: Float64Array<ArrayBuffer>) => void;
  /** What the lanes are in now, as spans that end now. */
  readonly onOpen: (words: Float64Array<ArrayBuffer>) => void;
}

/**
 * Records one process and those that it starts: `begin` it, `stop` it, and have the `result`. The thread
 * that samples is started before there is a process, so that it misses nothing.
 */
export class ProcessRecorder {
  readonly #control: Control;
  readonly #rate: number;
  readonly #labels: Label[] = [];
  readonly #spans: Float64Array<ArrayBuffer>[] = [];
  readonly #summary: Promise<SamplerSummary>;

  private constructor(worker: Worker, { rate, watcher }: RecorderOptions, control: Control) {
    this.#control = control;
    this.#rate = rate;
    this.#summary = new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => {
        reject(new Error('the sampler ended before its recording'));
      });
      worker.on('message', (message: SamplerMessage) => {
        if (message.type === 'done') resolve(message.summary);
        else this.#take(message, watcher);
      });
    });
    // Who waits for the result is told.
    this.#summary.catch(() => undefined);
  }

  /** Starts the thread that samples. */
  static async create(options: RecorderOptions): Promise<ProcessRecorder> {
    const control = new Control();
    const { rate, waits, watcher } = options;
    const isWatched = watcher?.onOpen !== undefined;
    const task: SamplerTask = { control: control.buffer, rate, waits, isWatched };
    const worker = new Worker(options.sampler, { workerData: task });
    const ready = once(worker, 'message');
    const recorder = new ProcessRecorder(worker, options, control);
    // It may end before it is ready: then there is no summary either.
    await Promise.race([ready, recorder.#summary]);
    return recorder;
  }

  /** The spans so far. */
  get spans(): readonly Float64Array<ArrayBuffer>[] {
    return this.#spans;
  }

  /** Begins to sample a process. */
  begin(pid: number): void {
    this.#control.start(pid);
  }

  /** Ends the sampling. */
  stop(): void {
    this.#control.stop();
  }

  #take(message: SamplerMessage, watcher: Partial<RecordingWatcher> | undefined): void {
    switch (message.type) {
      case 'labels':
        this.#labels.push(...message.labels);
        watcher?.onLabels?.(message.labels);
        return;
      case 'spans':
        this.#spans.push(message.words);
        watcher?.onSpans?.(message.words);
        return;
      case 'found':
        watcher?.onFound?.(message.python);
        return;
      case 'threads':
        watcher?.onThreads?.(message.changes);
        return;
      case 'open':
        watcher?.onOpen?.(message.words);
        return;
      case 'ready':
      case 'done':
    }
  }

  /**
   * The recording, once there is nothing left to sample or it was stopped.
   *
   * @param command what was started; null for the command line of what was attached to
   * @throws NothingRecordedError where there was no CPython, or none that may be read
   */
  async result(command: readonly string[] | null, machine: Machine): Promise<ProcessRecording> {
    const summary = await this.#summary;
    if (summary.processes.length === 0 || summary.threads.length === 0) {
      throw new NothingRecordedError(summary.refusal ?? 'no CPython was found');
    }
    const { threads, spanCounts, suspensions, durationNs } = summary;
    const source = {
      kind: 'process',
      command: command ?? summary.processes[0]?.command ?? [],
      startMonotonicNs: summary.startMonotonicNs,
      samples: summary.samples,
      askedPeriodNs: 1e9 / this.#rate,
      periodNs: summary.periodNs,
      samplerCpuNs: summary.cpuNs,
      hiddenHandoffs: summary.hiddenHandoffs,
      processes: summary.processes,
      threads,
      hotLines: summary.hotLines,
      warnings: summary.warnings,
    } as const;
    return {
      number: 1,
      description: describeProcess(source),
      machine,
      tasks: null,
      labels: this.#labels,
      source,
      repeats: [
        {
          wallNs: durationNs,
          handoffs: summary.handoffs,
          otherCpuNs: null,
          interruptions: { queuedNs: null, queuedShares: null, suspensions },
          spanCounts: spanCounts.map((kept) => ({ kept, dropped: 0 })),
          keptUntilNs: null,
          timings: null,
          spans: this.#spans,
        },
      ],
    };
  }
}
