/**
 * After so long without another change the parameters are run, in ms: keys typed and steps taken
 * one after the other are one change, and the first spans are still there within 150 ms.
 */
export const LIVE_DELAY_MS = 60;

/** What the switch works on. */
export interface LiveHost {
  /** Something is measured, the switch's own run or another. */
  readonly isBusy: () => boolean;
  /** Stops the current run where the switch started it. */
  readonly stopOwn: () => void;
  /** Starts a run of what the form says by then, if that can be run. */
  readonly start: () => void;
}

/**
 * The Live switch: while it is on, each change of the parameters is run. The run before is stopped at
 * once; the next one starts when nothing has changed for a while and nothing is running. Of several
 * changes the last one counts.
 */
export class LiveSwitch {
  readonly #host: LiveHost;
  #isOn = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The parameters are to be run as soon as nothing is running. */
  #isDue = false;

  constructor(host: LiveHost) {
    this.#host = host;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** A change is to be run, and is not yet. */
  get isDue(): boolean {
    return this.#timer !== undefined || this.#isDue;
  }

  /** Turns it on, which runs what the form says, or off. */
  toggle(): void {
    this.#isOn = !this.#isOn;
    if (this.#isOn) this.changed();
    else this.cancel();
  }

  /** The parameters have changed. */
  changed(): void {
    if (!this.#isOn) return;
    this.cancel();
    this.#host.stopOwn();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#isDue = true;
      this.idle();
    }, LIVE_DELAY_MS);
  }

  /** The switch's own run has begun; it is stopped where it is out of date already. */
  started(): void {
    if (this.isDue) this.#host.stopOwn();
  }

  /** Nothing may be on any more. */
  idle(): void {
    if (!this.#isDue || this.#host.isBusy()) return;
    this.#isDue = false;
    this.#host.start();
  }

  /** Forgets a change that was not run yet. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }
}
