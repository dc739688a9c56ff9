import { NO_LABEL, type SpanKind } from '../recording/spans.js';
import { RunningStretch } from './running-stretch.js';

/** What a look at a thread shows: `running` also where it is ready and has no core. */
export type Seen = 'hold' | 'wait' | 'sleep' | 'blocked' | 'running';

/** One look at a thread. */
export interface Look {
  readonly seen: Seen;
  /** What it is in; `NO_LABEL` where that is not known. */
  readonly label: number;
  /** The scheduler's count of the time in which it had no core; not a number where it was not read. */
  readonly queuedNs: number;
  /** Whether it may have held the lock since the look before, for so short that no sample saw it. */
  readonly mayHaveHeld: boolean;
}

/** Takes a lane's spans one after another, in order of time. */
export type SpanSink = (kind: SpanKind, label: number, startNs: number, endNs: number) => void;

/** After so long a running stretch is computing and queuing, whatever follows. */
const SETTLED_NS = 50e6;

/** Running for so long is shown as computing before it is settled. */
const SHOWN_RUNNING_NS = 20e6;

/**
 * Turns looks at one thread into spans, each from the look that began it to the look that ended it.
 *
 * Two rules mend what a look cannot tell:
 * - A wait goes on while the thread is seen as running, unless it may have held the lock: it was woken, and
 *   has yet to get the lock or a core.
 * - A running stretch without a core for most of it is a wait where it lies between holding or waiting
 *   and waiting or holding: the thread was on its way to the lock.
 */
export class LaneStates {
  readonly #spans: SpanMerger;
  #seen: Seen | null = null;
  #before: Seen | null = null;
  #label = NO_LABEL;
  #startNs = 0;
  #running: RunningStretch | null = null;
  #isSettled = false;

  constructor(sink: SpanSink) {
    this.#spans = new SpanMerger(sink);
  }

  /** What the thread is in; null before the first look and after a pause. */
  get seen(): Seen | null {
    return this.#seen;
  }

  /** Takes in a look. Times never go back. */
  see(timeNs: number, { seen, label, queuedNs, mayHaveHeld }: Look): void {
    const now = this.#seen === 'wait' && seen === 'running' && !mayHaveHeld ? 'wait' : seen;
    if (now === this.#seen && this.#isSame(label)) {
      if (this.#label === NO_LABEL) this.#label = label;
    } else {
      this.#close(timeNs, now, queuedNs);
      this.#before = this.#seen === now ? this.#before : this.#seen;
      this.#open(timeNs, now, label, queuedNs);
    }
    this.#lookAtRunning(timeNs, queuedNs);
  }

  /** Ends what the thread was in; what it is in from then on is not known. */
  pause(timeNs: number): void {
    this.#close(timeNs, null, NaN);
    this.#spans.flush();
    this.#seen = null;
    this.#before = null;
  }

  /**
   * Shows what is not in the sink yet, as it looks at a time: the span that may go on, and what the thread
   * is in. What running turns out to be may differ.
   */
  showOpen(timeNs: number, sink: SpanSink): void {
    this.#spans.showPending(sink);
    if (this.#seen === null) return;
    if (this.#running === null) {
      // All but running are kinds of span.
      sink(this.#seen as SpanKind, this.#label, this.#startNs, timeNs);
      return;
    }
    const sinceNs = this.#isSettled ? this.#running.settledNs : this.#startNs;
    if (timeNs - sinceNs >= SHOWN_RUNNING_NS) sink('compute', this.#label, sinceNs, timeNs);
  }

  /** A thread that waits or runs outside of the lock stays in its function. */
  #isSame(label: number): boolean {
    const isEither = label === NO_LABEL || this.#label === NO_LABEL || label === this.#label;
    return isEither || this.#seen === 'wait' || this.#seen === 'running';
  }

  #open(timeNs: number, seen: Seen, label: number, queuedNs: number): void {
    this.#seen = seen;
    this.#label = label;
    this.#startNs = timeNs;
    this.#running = seen === 'running' ? new RunningStretch(timeNs, queuedNs) : null;
    this.#isSettled = false;
  }

  #lookAtRunning(timeNs: number, queuedNs: number): void {
    if (this.#running === null) return;
    this.#running.look(timeNs, queuedNs);
    if (timeNs - this.#running.startNs < SETTLED_NS) return;
    this.#isSettled = true;
    this.#pushParts(this.#running);
  }

  #close(timeNs: number, next: Seen | null, queuedNs: number): void {
    if (this.#seen === null) return;
    if (this.#running === null) {
      // All but running are kinds of span.
      this.#spans.push(this.#seen as SpanKind, this.#label, this.#startNs, timeNs);
      return;
    }
    this.#running.look(timeNs, queuedNs);
    const isOnItsWay =
      !this.#isSettled &&
      isAtLock(this.#before) &&
      isAtLock(next) &&
      this.#running.isMostlyQueued(timeNs);
    if (isOnItsWay) {
      this.#spans.push('wait', this.#label, this.#startNs, timeNs);
    } else {
      this.#running.end(timeNs);
      this.#pushParts(this.#running);
    }
  }

  #pushParts(running: RunningStretch): void {
    for (const { kind, startNs, endNs } of running.takeParts()) {
      this.#spans.push(kind, this.#label, startNs, endNs);
    }
  }
}

function isAtLock(seen: Seen | null): boolean {
  return seen === 'hold' || seen === 'wait';
}

/** Joins spans that meet and are alike. A wait that goes on is one, whatever it is called. */
class SpanMerger {
  readonly #sink: SpanSink;
  #kind: SpanKind | null = null;
  #label = NO_LABEL;
  #startNs = 0;
  #endNs = 0;

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  push(kind: SpanKind, label: number, startNs: number, endNs: number): void {
    if (endNs <= startNs) return;
    const isAlike = label === this.#label || kind === 'wait';
    if (kind === this.#kind && startNs === this.#endNs && isAlike) {
      this.#endNs = endNs;
      if (this.#label === NO_LABEL) this.#label = label;
      return;
    }
    this.flush();
    this.#kind = kind;
    this.#label = label;
    this.#startNs = startNs;
    this.#endNs = endNs;
  }

  flush(): void {
    this.showPending(this.#sink);
    this.#kind = null;
  }

  /** Shows the span that is not in the sink yet, as it may go on. */
  showPending(sink: SpanSink): void {
    if (this.#kind !== null) sink(this.#kind, this.#label, this.#startNs, this.#endNs);
  }
}
