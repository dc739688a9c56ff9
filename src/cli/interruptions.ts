import { InterruptedError } from './failures.js';

/** The signals by which users and systems end a program; the last comes where its terminal is closed. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals that are a program's own business, and that would end this process. */
const OTHERS = ['SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** The signals that this process gets: they end what it does, or are for a program that it started. */
export class Interruptions {
  readonly #controller = new AbortController();

  constructor() {
    // Once: a second signal ends the process at once, as if there were no handler.
    for (const signal of ENDINGS) process.once(signal, this.#interrupt);
  }

  /** Aborts with an InterruptedError where the user ends this process. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Has a handler take all signals, until the function that it returns is called. */
  divert(handler: (signal: NodeJS.Signals) => void): () => void {
    for (const signal of ENDINGS) process.removeListener(signal, this.#interrupt);
    const all = [...ENDINGS, ...OTHERS];
    for (const signal of all) process.on(signal, handler);
    return () => {
      for (const signal of all) process.removeListener(signal, handler);
      for (const signal of ENDINGS) process.once(signal, this.#interrupt);
    };
  }

  /** Leaves signals to the system, which ends this process on each of them. */
  release(): void {
    for (const signal of [...ENDINGS, ...OTHERS]) process.removeAllListeners(signal);
  }

  readonly #interrupt = () => {
    this.#controller.abort(new InterruptedError());
  };
}
