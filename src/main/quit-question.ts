import type { App, Event } from 'electron';

/** The part of Electron's app that quits. */
export type QuittingApp = Pick<App, 'quit'> & {
  on(event: 'before-quit', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
};

/** The part of a window that is closed. */
export interface ClosingWindow {
  on(event: 'close', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
}

/** What quitting may lose. */
export interface AtStake {
  hasUnsavedWork(): boolean;
  /** Asks, saves if so asked, and resolves with whether to quit. */
  mayQuit(): Promise<boolean>;
}

/**
 * Asks before work is lost, however the app is ended. While it asks nothing is closed, so that the
 * user may stay.
 */
export class QuitQuestion {
  readonly #app: QuittingApp;
  readonly #atStake: AtStake;
  readonly #keepsRunning: boolean;
  #isAsking = false;
  #isAnswered = false;

  /** @param keepsRunning the app stays where its windows are closed, as on macOS */
  constructor(app: QuittingApp, atStake: AtStake, keepsRunning = process.platform === 'darwin') {
    this.#app = app;
    this.#atStake = atStake;
    this.#keepsRunning = keepsRunning;
    app.on('before-quit', (event) => {
      if (!this.#mustAsk) return;
      event.preventDefault();
      void this.#ask();
    });
  }

  /** Closing a window ends the app where it does not keep running. */
  guard(window: ClosingWindow): void {
    window.on('close', (event) => {
      if (this.#keepsRunning || !this.#mustAsk) return;
      event.preventDefault();
      void this.#ask();
    });
  }

  get #mustAsk(): boolean {
    return !this.#isAnswered && this.#atStake.hasUnsavedWork();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#isAnswered = await this.#atStake.mayQuit();
    } finally {
      this.#isAsking = false;
    }
    if (this.#isAnswered) this.#app.quit();
  }
}
