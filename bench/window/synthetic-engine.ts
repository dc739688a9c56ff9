import { NO_INTERRUPTIONS } from '../../src/recording/interruptions.js';
import { recordingOf, type ExperimentRepeat } from '../../src/experiment/recording.js';
import type { Machine } from '../../src/recording/machine.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEngine, RunListener, RunOutcome } from '../../src/engine/index.js';
import { TASK_STATE } from '../../src/experiment/task-table.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { spanCount } from '../../src/recording/spans.js';
import { Contention } from './contention.js';

/** What a synthetic run gives. */
export type Scene =
  /** So many spans that lie in the record and are streamed when the run is shown. */
  | { readonly kind: 'kept'; readonly lanes: number; readonly spans: number }
  /** Spans that come as time goes by. */
  | {
      readonly kind: 'live';
      readonly lanes: number;
      readonly spansPerSecond: number;
      readonly seconds: number;
    };

/** Rate of the spans of a kept scene, in a second of its time. */
const KEPT_RATE = 200_000;
/** Spans of a batch of a kept record: what a drain finds at that rate. */
const BATCH_SPANS = 6667;
/** As often as the engine empties its rings. */
const PULSES_PER_SECOND = 30;

/** An engine whose runs take no thread: their spans are made up, all else is as in a real one. */
export class SyntheticEngine implements RunEngine {
  readonly machine: Machine;
  readonly #scene: Scene;
  #runs = 0;
  #stopping = false;
  /** When the last repeat began, in ms since 1970, and the spans that it gave. */
  startedMs = NaN;
  spans = 0;

  constructor(machine: Machine, scene: Scene) {
    this.machine = machine;
    this.#scene = scene;
  }

  async run(parameters: Parameters, listener: RunListener = {}): Promise<RunOutcome> {
    this.#runs += 1;
    this.#stopping = false;
    const run = this.#runs;
    const told = { ...parameters, repeats: 1, warmup: 0 };
    listener.onStarted?.(run, told);
    const scene = this.#scene;
    const spans =
      scene.kind === 'kept' ? keptSpans(scene, run) : await this.#live(run, scene, listener);
    const repeat = repeatOf(spans, scene.lanes, parameters.matrices);
    if (scene.kind === 'live') listener.onTimelineEnd?.(run, 0, repeat);
    const results = resultsOf(parameters.matrices);
    const costs = { iterationNs: null, holdNs: 0, handOverNs: 0 };
    const record = recordingOf(run, {
      parameters: told,
      machine: this.machine,
      repeats: [repeat],
      results,
      costs,
    });
    return { run, outcome: 'done', record };
  }

  warm(): Promise<void> {
    return Promise.resolve();
  }

  reserve(): ReturnType<RunEngine['reserve']> {
    // Its runs take no memory of the engine's.
    return { spanBytes: Infinity, [Symbol.dispose]: () => undefined };
  }

  stop(): void {
    this.#stopping = true;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #live(
    run: number,
    { lanes, spansPerSecond, seconds }: Scene & { kind: 'live' },
    listener: RunListener,
  ): Promise<Float64Array<ArrayBuffer>[]> {
    const contention = new Contention({ lanes, spansPerSecond, seed: run });
    const batches: Float64Array<ArrayBuffer>[] = [];
    listener.onTimeline?.(run, 0, lanes, false);
    const start = performance.now();
    this.startedMs = performance.timeOrigin + start;
    this.spans = 0;
    for (let at = 0; at < 1000 * seconds && !this.#stopping;) {
      await sleep(1000 / PULSES_PER_SECOND);
      at = performance.now() - start;
      const words = contention.spansUntil(at * 1e6);
      this.spans += spanCount(words);
      batches.push(words);
      listener.onSpans?.(run, words);
    }
    return batches;
  }
}

function keptSpans(
  { lanes, spans }: Scene & { kind: 'kept' },
  run: number,
): Float64Array<ArrayBuffer>[] {
  const contention = new Contention({ lanes, spansPerSecond: KEPT_RATE, seed: run });
  const batches: Float64Array<ArrayBuffer>[] = [];
  for (let left = spans; left > 0;) {
    const words = contention.spansUntil(Infinity, Math.min(left, BATCH_SPANS));
    left -= spanCount(words);
    batches.push(words);
  }
  return batches;
}

function repeatOf(
  spans: readonly Float64Array<ArrayBuffer>[],
  lanes: number,
  tasks: number,
): ExperimentRepeat {
  const last = spans.at(-1);
  const wallNs = last?.[last.length - 2] ?? 0;
  const times = new Float64Array(tasks);
  const timings = {
    startNs: times,
    endNs: times.slice().fill(wallNs),
    waitNs: times,
    holdNs: times,
    computeNs: times.slice().fill(wallNs),
    sleepNs: times,
    lane: new Int32Array(tasks).map((_, task) => task % lanes),
  };
  const spanCounts = Array.from({ length: lanes }, () => ({ kept: 0, dropped: 0 }));
  return {
    wallNs,
    handoffs: 0,
    otherCpuNs: null,
    interruptions: NO_INTERRUPTIONS,
    spanCounts,
    keptUntilNs: null,
    timings,
    spans,
  };
}

function resultsOf(tasks: number) {
  return {
    eigenvalue: new Float64Array(tasks),
    rayleigh: new Float64Array(tasks),
    residual: new Float64Array(tasks),
    iterations: new Int32Array(tasks).fill(1),
    state: new Int32Array(tasks).fill(TASK_STATE.converged),
  };
}
