import { uptime } from 'node:os';
import { systemClock, toNanoseconds, type Clock, type Milliseconds } from '../base/units.js';
import type { Suspension } from '../recording/interruptions.js';
import { SPAN_WORDS } from '../recording/spans.js';
import { ownProcessorNs } from './queue-watch.js';
import { systemFiles } from './system-files.js';

/** What the system says at a beat. */
export interface BeatReadings {
  readonly clock: Clock;
  /** Processor time of the process, in ns. */
  readonly processorNs: () => number;
  /** How long this thread was ready and had no core, in ns; 0 where the system does not say. */
  readonly delayNs: () => number;
  /** Seconds since the machine was started, those included in which it slept. */
  readonly uptimeSeconds: () => number;
}

const SYSTEM: BeatReadings = {
  clock: systemClock,
  processorNs: ownProcessorNs,
  delayNs: () => Number(systemFiles.read('/proc/self/schedstat')?.split(' ')[1] ?? 0),
  uptimeSeconds: uptime,
};

/** A gap between two beats that is worth a mark, in ns: ten beats. */
const LEAST_GAP_NS = 300e6;

/** How long the process may go on around a gap, before it stops and after it goes on, in ns. */
const AROUND_GAP_NS = 100e6;

/** Processor time in a gap that is let pass, as a share of it: none of it is of lanes that go on. */
const LET_PASS = 0.05;

/** The machine slept where its clocks differ by more than this, in ns: some count whole seconds. */
const LEAST_SLEEP_NS = 1.5e9;

/** A reading of all. */
interface Beat {
  readonly atNs: number;
  readonly processorNs: number;
  readonly delayNs: number;
  readonly uptimeNs: number;
}

/**
 * Notices that the whole process stood still: a signal stopped it, or the machine slept. The thread that
 * drains beats steadily. Where a beat is late although that thread was not queued for a core, and the
 * process used hardly any processor time meanwhile, nothing of it ran. The gap is the longest part of
 * the time between the two beats in which no lane began or ended a span.
 *
 * While a machine sleeps, CLOCK_MONOTONIC stands still on Linux and CLOCK_BOOTTIME, which the uptime is
 * read from, goes on (clock_gettime(2)): that is seen by their difference.
 */
export class SuspensionWatch {
  readonly suspensions: Suspension[] = [];
  readonly #readings: BeatReadings;
  readonly #origin: Milliseconds;
  readonly #first: Beat;
  #last: Beat;

  /** Begins to watch a repeat that began at a time of the clock. */
  constructor(origin: Milliseconds, readings: BeatReadings = SYSTEM) {
    this.#readings = readings;
    this.#origin = origin;
    this.#first = this.#last = this.#read();
  }

  /** Beats, with the spans that were drained since the last time. */
  beat(words: Float64Array): void {
    const last = this.#last;
    const now = this.#read();
    const cores = this.#coresInUse();
    this.#last = now;
    const gapNs = now.atNs - last.atNs;
    const sleptNs = now.uptimeNs - last.uptimeNs - gapNs;
    if (sleptNs > LEAST_SLEEP_NS) {
      this.suspensions.push({ startNs: now.atNs, endNs: now.atNs, sleptNs });
    }
    const delayNs = now.delayNs - last.delayNs;
    const processorNs = now.processorNs - last.processorNs;
    if (gapNs - delayNs < LEAST_GAP_NS) return;
    if (processorNs > LET_PASS * gapNs + AROUND_GAP_NS * cores) return;
    const gap = longestSilence(words, last.atNs, now.atNs);
    this.suspensions.push({ ...gap, sleptNs: 0 });
  }

  /** Returns how many cores the process used until the last beat, on average; one to begin with. */
  #coresInUse(): number {
    const lengthNs = this.#last.atNs - this.#first.atNs;
    const processorNs = this.#last.processorNs - this.#first.processorNs;
    return lengthNs > 0 ? Math.max(1, processorNs / lengthNs) : 1;
  }

  #read(): Beat {
    const { clock, processorNs, delayNs, uptimeSeconds } = this.#readings;
    return {
      atNs: toNanoseconds(clock() - this.#origin),
      processorNs: processorNs(),
      delayNs: delayNs(),
      uptimeNs: uptimeSeconds() * 1e9,
    };
  }
}

/** Returns the longest part of a range in which none of the spans begins or ends. */
function longestSilence(
  words: Float64Array,
  startNs: number,
  endNs: number,
): { readonly startNs: number; readonly endNs: number } {
  const edges = [startNs, endNs];
  for (let word = 0; word < words.length; word += SPAN_WORDS) {
    for (const edge of words.subarray(word, word + 2)) {
      if (edge > startNs && edge < endNs) edges.push(edge);
    }
  }
  edges.sort((a, b) => a - b);
  let longest = { startNs, endNs: startNs };
  for (const [index, edge] of edges.entries()) {
    const before = edges[index - 1] ?? edge;
    if (edge - before > longest.endNs - longest.startNs) longest = { startNs: before, endNs: edge };
  }
  return longest;
}
