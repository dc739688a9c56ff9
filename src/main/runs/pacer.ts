import type { Pace } from '../../ipc/index.js';
import { budgetOf, firstPace, nextPace } from './pace.js';
import type { SpanStream } from './span-stream.js';

/** What tells how much processor time the window has taken since it was opened, in ms. */
export type WindowMeter = () => number;

/** Time between two looks at the meter, in ms: it goes in steps of 10 ms of processor time. */
const LOOK_MS = 500;

/**
 * How much of what was seen before counts at the next look: one whole painting is no trend, and of
 * spans that are sent every three seconds most looks see nothing.
 */
const REMEMBERED = 0.9;

/** For so long, in ms, the pace that a run begins with counts as one that takes what it may. */
const TRUSTED_MS = 2000;

/** Sets the stream's pace for what is on, and keeps it to what the window is seen to take. */
export class Pacer {
  readonly #stream: SpanStream;
  readonly #meter: WindowMeter;
  readonly #now: () => number;
  /** What runs with the same budget came to, with which the next one begins. */
  readonly #paces = new Map<number, Pace>();
  /** How many cores' time the window may take; null where nothing is on. */
  #budget: number | null = null;
  #lookedMs = 0;
  #meterMs = NaN;
  /** Batches of spans that had been sent by the last look. */
  #batches = 0;
  /** What was taken, and what could have been, in ms. */
  #takenMs = 0;
  #allowedMs = 0;

  /** @param now a clock in ms */
  constructor(stream: SpanStream, meter: WindowMeter, now = () => performance.now()) {
    this.#stream = stream;
    this.#meter = meter;
    this.#now = now;
  }

  /** A recording begins that keeps so many of the machine's cores busy; returns its pace. */
  begin(busy: number, cores: number): Pace {
    const budget = budgetOf(busy, cores);
    const pace = this.#paces.get(budget) ?? firstPace(busy, cores);
    this.#budget = budget;
    // What brings the run up is not yet what its going on takes.
    this.#lookedMs = this.#now();
    this.#meterMs = NaN;
    this.#takenMs = budget * TRUSTED_MS;
    this.#allowedMs = budget * TRUSTED_MS;
    this.#go(budget, pace);
    return pace;
  }

  /** The run goes on; to be called often. Gives its pace. */
  look(): Pace {
    const budget = this.#budget;
    const pace = budget === null ? undefined : this.#paces.get(budget);
    if (budget === null || pace === undefined) throw new Error('No run is on.');
    const now = this.#now();
    if (now < this.#lookedMs + LOOK_MS) return pace;
    const meterMs = this.#meter();
    const spentMs = meterMs - this.#meterMs;
    const passedMs = now - this.#lookedMs;
    this.#lookedMs = now;
    this.#meterMs = meterMs;
    const batches = this.#stream.batches;
    const hasDrawn = batches !== this.#batches;
    this.#batches = batches;
    // Nothing to go by at the first look (NaN), nor where a process has ended and takes its time along.
    if (!(spentMs >= 0)) return pace;
    this.#takenMs = REMEMBERED * this.#takenMs + spentMs;
    this.#allowedMs = REMEMBERED * this.#allowedMs + budget * passedMs;
    const taken = this.#takenMs / this.#allowedMs;
    // While there was nothing to draw, it took little whatever the pace is.
    const next = hasDrawn || taken > 1 ? nextPace(pace, taken) : pace;
    this.#go(budget, next);
    return next;
  }

  /** Nothing is on any more. */
  end(): void {
    this.#budget = null;
    this.#stream.setPace(null);
  }

  #go(budget: number, pace: Pace): void {
    this.#paces.set(budget, pace);
    this.#stream.setPace(pace);
  }
}
