import type { About, StreamMessage } from '../../ipc/index.js';
import { describeProcess } from '../../process/description.js';
import type { ProcessSource, PythonFacts, ThreadFacts } from '../../process/recording.js';
import type { Machine } from '../../recording/machine.js';
import type { Label } from '../../recording/recording.js';
import { halvesOf, laneOfSpan, SPAN_WORDS, spanCount } from '../../recording/spans.js';
import type { ThreadChange } from '../../sampling/messages.js';
import type { RecordingWatcher } from '../../sampling/record-process.js';
import { aboutOf } from '../recordings/recorded.js';
import type { Pacer } from '../runs/pacer.js';
import type { SpanStream } from '../runs/span-stream.js';

/** What a program that is recorded is shown with. */
export interface LiveParts {
  readonly command: readonly string[];
  readonly machine: Machine;
  readonly stream: SpanStream;
  readonly pacer: Pacer;
  /** Tells the page, now and when it is loaded again. */
  readonly tell: (message: StreamMessage) => void;
  /** A clock in ms. */
  readonly now: () => number;
}

/**
 * Descriptions of a recording that goes on are so far apart, in ms: those with threads that are new, whose
 * spans wait for them, and others.
 */
const NEW_LANES_MS = 30;
const OTHERS_MS = 1000;
/** So many lanes and labels are described each ms, so that many of them cost no more than few. */
const DESCRIBED_PER_MS = 4;

/**
 * Shows a program while it is recorded: its threads as lanes as they come, its spans as they end, and what
 * goes on as far as it has come, so that spans that are long are shown in pieces. The recording has them whole.
 */
export class LiveProgram implements RecordingWatcher {
  readonly #parts: LiveParts;
  readonly #processes: PythonFacts[] = [];
  readonly #threads: ThreadFacts[] = [];
  readonly #labels: Label[] = [];
  /** For each lane, until when it is shown, in ns. */
  #shownUntil: number[] = [];
  #shownNs = 0;
  /** Spans of lanes that the page does not know. */
  #held: Float64Array<ArrayBuffer>[] = [];
  /** How many lanes were sent to the page, and when. */
  #sentLanes = { lanes: 0, atMs: -Infinity };
  #isStale = false;
  #run = 0;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** What the recording says of itself by now. */
  get about(): About {
    const { command, machine } = this.#parts;
    const source: ProcessSource = {
      ...NOTHING_KNOWN,
      command: command.length > 0 ? command : (this.#processes[0]?.command ?? []),
      processes: this.#processes,
      threads: this.#threads,
    };
    const description = describeProcess(source);
    return aboutOf({ description, machine, source, tasks: null, labels: this.#labels });
  }

  /** The page has been told that it begins. */
  begin(run: number): void {
    this.#run = run;
    this.#startTimeline();
    this.#isStale = true;
  }

  /** A page that was loaded again has all that was recorded so far. */
  resume(spans: readonly Float64Array<ArrayBuffer>[]): void {
    this.#shownUntil = [];
    this.#held = [];
    this.#startTimeline();
    for (const words of spans) this.#show(words);
  }

  onFound(python: PythonFacts): void {
    this.#processes.push(python);
    this.#isStale = true;
  }

  onLabels(labels: readonly Label[]): void {
    this.#labels.push(...labels);
    this.#isStale = true;
  }

  onThreads(changes: readonly ThreadChange[]): void {
    for (const { lane, ...known } of changes) {
      this.#threads[lane] = { ...known, aliveNs: 0, heldBlockedNs: 0, heldQueuedNs: 0 };
    }
    this.#isStale = true;
    this.#describeIfDue();
  }

  onSpans(words: Float64Array<ArrayBuffer>): void {
    this.#show(words);
  }

  onOpen(words: Float64Array<ArrayBuffer>): void {
    this.#describeIfDue();
    this.#show(words);
    const { stream, pacer } = this.#parts;
    const pace = pacer.look();
    stream.sendNews({ type: 'sampled', run: this.#run, lengthNs: this.#shownNs, pace });
  }

  #startTimeline(): void {
    const { stream } = this.#parts;
    const lanes = this.#sentLanes.lanes;
    stream.send({ type: 'timeline', run: this.#run, repeat: 0, lanes, warmup: false });
  }

  #describeIfDue(): void {
    const size = this.#threads.length + this.#labels.length;
    const hasNewLanes = this.#threads.length > this.#sentLanes.lanes;
    const afterMs = Math.max(hasNewLanes ? NEW_LANES_MS : OTHERS_MS, size / DESCRIBED_PER_MS);
    const nowMs = this.#parts.now();
    if (!this.#isStale || nowMs < this.#sentLanes.atMs + afterMs) return;
    this.#isStale = false;
    this.#sentLanes = { lanes: this.#threads.length, atMs: nowMs };
    this.#parts.tell({ type: 'described', run: this.#run, about: this.about, repeats: [] });
    const held = this.#held;
    this.#held = [];
    for (const words of held) this.#show(words);
  }

  /** Sends what of spans is not shown yet; it waits where the page does not know all of their lanes. */
  #show(words: Float64Array<ArrayBuffer>): void {
    if (this.#held.length > 0 || lanesIn(words) > this.#sentLanes.lanes) this.#held.push(words);
    else this.#parts.stream.sendSpans(this.#run, this.#unshown(words));
  }

  #unshown(words: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    const halves = halvesOf(words);
    const fresh = new Float64Array(words.length);
    let filled = 0;
    for (let index = 0; index < spanCount(words); index += 1) {
      const word = SPAN_WORDS * index;
      const lane = laneOfSpan(halves, index);
      const untilNs = this.#shownUntil[lane] ?? 0;
      const endNs = words[word + 1] ?? 0;
      if (endNs <= untilNs) continue;
      fresh.set(words.subarray(word, word + SPAN_WORDS), filled);
      fresh[filled] = Math.max(words[word] ?? 0, untilNs);
      filled += SPAN_WORDS;
      this.#shownUntil[lane] = endNs;
      this.#shownNs = Math.max(this.#shownNs, endNs);
    }
    return fresh.slice(0, filled);
  }
}

/** How many lanes there are at least where spans are of these. */
function lanesIn(words: Float64Array): number {
  const halves = halvesOf(words);
  let lanes = 0;
  for (let index = 0; index < spanCount(words); index += 1) {
    lanes = Math.max(lanes, laneOfSpan(halves, index) + 1);
  }
  return lanes;
}

/** What is known only at the end. */
const NOTHING_KNOWN: ProcessSource = {
  kind: 'process',
  command: [],
  startMonotonicNs: 0,
  samples: 0,
  askedPeriodNs: 0,
  periodNs: { median: 0, p95: 0 },
  samplerCpuNs: 0,
  hiddenHandoffs: 0,
  processes: [],
  threads: [],
  hotLines: [],
  warnings: [],
};
