/** A part of a stretch in which a thread was running or ready to run. */
export interface StretchPart {
  readonly kind: 'compute' | 'queued';
  readonly startNs: number;
  readonly endNs: number;
}

/** Time without a core that is told apart from computing, at least. */
const LEAST_QUEUED_NS = 200_000;

/**
 * A stretch of time in which a thread was seen as running, which may also mean ready without a core.
 * The scheduler's own count of the time queued tells which: it rises when the thread gets its core, so
 * that what it has risen by lies right before.
 */
export class RunningStretch {
  readonly startNs: number;
  /** The parts before `#cursorNs`, which are final. */
  #parts: StretchPart[] = [];
  #cursorNs: number;
  #queuedNs: number;
  /** Queued time that has not become a part yet. */
  #pendingNs = 0;
  #totalQueuedNs = 0;

  /** @param queuedNs the scheduler's count so far; not a number where it is not known */
  constructor(startNs: number, queuedNs: number) {
    this.startNs = startNs;
    this.#cursorNs = startNs;
    this.#queuedNs = queuedNs;
  }

  /** Takes in the scheduler's count at a time. */
  look(timeNs: number, queuedNs: number): void {
    if (Number.isNaN(queuedNs)) return;
    const rose = queuedNs - this.#queuedNs;
    this.#queuedNs = queuedNs;
    // At the first count the rise is not known.
    if (rose > 0) {
      this.#pendingNs += rose;
      this.#totalQueuedNs += rose;
    }
    if (this.#pendingNs >= LEAST_QUEUED_NS) this.#queueUntil(timeNs);
  }

  /** Until when its parts are final. */
  get settledNs(): number {
    return this.#cursorNs;
  }

  /** Whether the thread had no core for more than half of the stretch, which ends now. */
  isMostlyQueued(timeNs: number): boolean {
    return this.#totalQueuedNs > (timeNs - this.startNs) / 2;
  }

  /** Takes the parts that are final. */
  takeParts(): readonly StretchPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Ends the stretch. */
  end(timeNs: number): void {
    if (this.#pendingNs > (timeNs - this.#cursorNs) / 2) this.#queueUntil(timeNs);
    this.#add('compute', timeNs);
  }

  #queueUntil(timeNs: number): void {
    this.#add('compute', timeNs - this.#pendingNs);
    this.#add('queued', timeNs);
    this.#pendingNs = 0;
  }

  #add(kind: StretchPart['kind'], endNs: number): void {
    if (endNs <= this.#cursorNs) return;
    this.#parts.push({ kind, startNs: this.#cursorNs, endNs });
    this.#cursorNs = endNs;
  }
}
