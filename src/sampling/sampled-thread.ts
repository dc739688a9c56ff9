import { NO_LABEL } from '../recording/spans.js';
import type { Look, Seen } from './lane-states.js';
import type { Labels, PlaceInCode } from './labels.js';
import type { Lane } from './lanes.js';
import type { SampledLock } from './sampled-lock.js';
import { FUTEX, isSleep } from './system-calls.js';
import type { ThreadProbe } from './thread-probe.js';

/** A holder is asked so often where it is, and whether it runs, in ns. */
const HOLDER_EVERY_NS = 1e6;

/** Python has a state for a thread so long after its start at the latest, unless it is a native one. */
const YOUNG_NS = 200e6;

/** What a thread is looked at with. */
export interface Surroundings {
  readonly locks: readonly SampledLock[];
  readonly labels: Labels;
  /** Where a thread state is in its program; null where that is not known, or too dear just now. */
  readonly placeOf: (state: number, timeNs: number) => PlaceInCode | null;
  /** Whether a thread state stands still for another; null with a lock. */
  readonly isSuspended: (state: number) => boolean;
}

/** One thread of a process that is sampled. */
export class SampledThread {
  readonly tid: number;
  readonly lane: Lane;
  /** Its states of Python's, one for each interpreter; none for a native thread. */
  states: readonly number[] = [];
  readonly #probe: ThreadProbe;
  readonly #bornNs: number;
  #lookedAtNs: number;
  #namedNs = 0;
  /** The hand-offs that no sample saw, when it was looked at last. */
  #hidden = 0;
  /** When it was seen to hold and looked at whether it runs, and the scheduler's count then. */
  #heldLookNs = 0;
  #heldQueuedNs = NaN;

  constructor(tid: number, lane: Lane, probe: ThreadProbe, bornNs: number) {
    this.tid = tid;
    this.lane = lane;
    this.#probe = probe;
    this.#bornNs = bornNs;
    this.#lookedAtNs = bornNs;
  }

  /** Whether it was seen as running, so that it may do anything next. */
  get isRunning(): boolean {
    return this.lane.states.seen === 'running';
  }

  /**
   * Whether Python may have a state for it that was not found yet: it has begun lately, or waits for a lock
   * of Python's.
   */
  mayLackState(timeNs: number): boolean {
    if (this.states.length > 0) return false;
    return timeNs - this.#bornNs < YOUNG_NS || this.lane.notes.lock !== null;
  }

  /** Looks at it; false where it has ended. */
  look(timeNs: number, around: Surroundings): boolean {
    const held = around.locks.find(
      ({ holder, isEnabled }) => isEnabled && holder !== 0 && this.states.includes(holder),
    );
    const look =
      held === undefined
        ? this.#lookOutside(timeNs, around)
        : this.#lookHolding(timeNs, held, around);
    this.#lookedAtNs = timeNs;
    this.#hidden = hiddenOf(around.locks);
    if (look === null) return false;
    this.lane.states.see(timeNs, look);
    return true;
  }

  /** Ends it: it is not there any more, or not looked at any longer. */
  end(timeNs: number): void {
    this.lane.states.pause(timeNs);
    this.lane.notes.aliveNs = timeNs - this.#bornNs;
    this.#probe.close();
  }

  #lookHolding(timeNs: number, lock: SampledLock, around: Surroundings): Look {
    const { notes, states } = this.lane;
    notes.lock = lock.number;
    const goesOn = states.seen === 'hold';
    if (!goesOn || timeNs - this.#heldLookNs >= HOLDER_EVERY_NS) this.#countHeldOff(timeNs, goesOn);
    let label = NO_LABEL;
    if (!goesOn || timeNs - this.#namedNs >= HOLDER_EVERY_NS) {
      const place = around.placeOf(lock.holder, timeNs);
      if (place !== null) {
        label = around.labels.ofCode(place.code);
        around.labels.addHeld(label, place.line, goesOn ? timeNs - this.#namedNs : HOLDER_EVERY_NS);
        this.#namedNs = timeNs;
      }
    }
    return { seen: 'hold', label, queuedNs: this.#heldQueuedNs, mayHaveHeld: true };
  }

  /** Counts for how long it held the lock and did not run. */
  #countHeldOff(timeNs: number, goesOn: boolean): void {
    const { notes } = this.lane;
    const sinceNs = timeNs - this.#heldLookNs;
    const isBlocked = this.#probe.look() === 'in-call';
    const queuedNs = this.#probe.queuedNs();
    const rose = queuedNs - this.#heldQueuedNs;
    if (goesOn && isBlocked) notes.heldBlockedNs += sinceNs;
    if (goesOn && rose > 0) notes.heldQueuedNs += Math.min(rose, sinceNs);
    this.#heldQueuedNs = queuedNs;
    this.#heldLookNs = timeNs;
  }

  #lookOutside(timeNs: number, around: Surroundings): Look | null {
    const activity = this.#probe.look();
    if (activity === 'gone') return null;
    const [state = 0] = this.states;
    if (state !== 0 && around.isSuspended(state)) {
      const label = around.labels.ofState('stopped world');
      return this.#lookOf('blocked', label, activity === 'running');
    }
    if (activity === 'running') {
      const mayHaveHeld = this.#mayHaveHeld(around.locks);
      const goesOnWaiting = this.lane.states.seen === 'wait' && !mayHaveHeld;
      const label = goesOnWaiting ? NO_LABEL : this.#labelOf('running', timeNs, around);
      return this.#lookOf('running', label, true, mayHaveHeld);
    }
    const { call, first, second } = this.#probe;
    const lock = call === FUTEX && around.locks.find((own) => own.isWaitedForAt(first));
    if (lock !== undefined && lock !== false) {
      this.lane.notes.lock = lock.number;
      return this.#lookOf('wait', this.#labelOf('wait', timeNs, around), this.isRunning);
    }
    if (isSleep(call, first, second)) {
      return this.#lookOf('sleep', this.#labelOf('sleep', timeNs, around), this.isRunning);
    }
    return this.#lookOf('blocked', around.labels.ofCall(call), this.isRunning);
  }

  #lookOf(seen: Seen, label: number, readsQueue: boolean, mayHaveHeld = true): Look {
    return { seen, label, queuedNs: readsQueue ? this.#probe.queuedNs() : NaN, mayHaveHeld };
  }

  /** Outside of the lock a thread stays where it is, so that it is asked once. */
  #labelOf(seen: Seen, timeNs: number, { labels, placeOf }: Surroundings): number {
    const [state = 0] = this.states;
    if (state === 0 || this.lane.states.seen === seen) return NO_LABEL;
    const place = placeOf(state, timeNs);
    return place === null ? NO_LABEL : labels.ofCode(place.code);
  }

  /** Whether it may have held a lock since it was looked at last, unseen. */
  #mayHaveHeld(locks: readonly SampledLock[]): boolean {
    return (
      hiddenOf(locks) > this.#hidden ||
      locks.some((lock) => this.states.some((state) => lock.wasTakenBy(state, this.#lookedAtNs)))
    );
  }
}

function hiddenOf(locks: readonly SampledLock[]): number {
  return locks.reduce((sum, { hidden }) => sum + hidden, 0);
}
