import type { Parameters } from '../shared/parameters.js';
import { firstPace, nextPace, type Pace } from './pace.js';
import type { SpanStream } from './span-stream.js';

/** What tells how much processor time the window has taken since it was opened, in ms. */
export type WindowMeter = () => number;

/** Time between two looks at the meter, in ms: it goes in steps of 10 ms of processor time. */
const LOOK_MS = 1000;

/** Sets the stream's pace for what is on, and keeps it to what the window is seen to take. */
export class Pacer {
  readonly #stream: SpanStream;
  readonly #meter: WindowMeter;
  readonly #now: () => number;
  #pace: Pace | null = null;
  #cores = 1;
  #lookedMs = 0;
  #cpuMs = 0;

  /** @param now a clock in ms */
  constructor(stream: SpanStream, meter: WindowMeter, now = () => performance.now()) {
    this.#stream = stream;
    this.#meter = meter;
    this.#now = now;
  }

  /** Time between two sendings of spans, in ms; undefined where they go out as they come. */
  get beatMs(): number | undefined {
    return this.#pace === null ? undefined : Math.round(this.#pace.beatMs);
  }

  /** A run begins on a machine with so many cores. */
  begin(parameters: Parameters, cores: number): void {
    this.#cores = cores;
    this.#pace = firstPace(parameters, cores);
    // What brings the run up is not yet what its going on takes.
    this.#lookedMs = this.#now();
    this.#cpuMs = NaN;
    this.#stream.setPace(this.#pace);
  }

  /** The run goes on; to be called often. */
  look(): void {
    const now = this.#now();
    if (this.#pace === null || now < this.#lookedMs + LOOK_MS) return;
    const cpuMs = this.#meter();
    // Nothing to go by at the first look (NaN), nor where a process has ended and takes its time along.
    if (cpuMs >= this.#cpuMs) {
      const spentMs = cpuMs - this.#cpuMs;
      this.#pace = nextPace(this.#pace, spentMs, now - this.#lookedMs, this.#cores);
      this.#stream.setPace(this.#pace);
    }
    this.#lookedMs = now;
    this.#cpuMs = cpuMs;
  }

  /** Nothing is on any more. */
  end(): void {
    this.#pace = null;
    this.#stream.setPace(null);
  }
}
