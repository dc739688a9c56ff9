/** Words of the control block. */
const PID = 0;
const STOP = 1;
const WORDS = 2;

/**
 * What the sampler and who started it share: which process is to be sampled, and whether to stop. The
 * sampler sleeps on the word that says stop, so that it stops at once.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4 * WORDS)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Says which process is to be sampled, with those that it starts. */
  start(pid: number): void {
    // Orders nothing: the word is all there is to say.
    Atomics.store(this.#words, PID, pid);
    Atomics.notify(this.#words, PID);
  }

  /** Has the sampler end. */
  stop(): void {
    // Orders nothing: likewise.
    Atomics.store(this.#words, STOP, 1);
    Atomics.notify(this.#words, STOP);
    Atomics.notify(this.#words, PID);
  }

  /** Waits until the sampler is to begin; returns the pid, or null where it is to stop before. */
  waitForStart(): number | null {
    for (;;) {
      // Before the word that says stop: a program that is over at once was still to be looked at.
      const pid = Atomics.load(this.#words, PID);
      if (pid !== 0) return pid;
      if (this.isStopped) return null;
      Atomics.wait(this.#words, PID, 0, 100);
    }
  }

  get isStopped(): boolean {
    // Orders nothing.
    return Atomics.load(this.#words, STOP) !== 0;
  }

  /** Sleeps, or less where the sampler is to stop. */
  sleep(ms: number): void {
    Atomics.wait(this.#words, STOP, 0, ms);
  }
}
