import type { TimeRange } from '../timeline/model/time-window.js';
import type { RunEntry } from './run-state.js';

/** What of the shown run is looked at: all its repeats, the one on view, or a range of that. */
export class Scope {
  readonly #shown: () => RunEntry | undefined;
  #selection = $state.raw<TimeRange | null>(null);
  #wantsAllRepeats = $state(true);

  constructor(shown: () => RunEntry | undefined) {
    this.#shown = shown;
  }

  /** The part of the shown repeat's time that is selected; null where none is, and all counts. */
  get selection(): TimeRange | null {
    return this.#selection;
  }

  /** The shown run has more than one repeat, with their spans, so that they can be joined. */
  get hasRepeatsToJoin(): boolean {
    const shown = this.#shown();
    return shown !== undefined && shown.hasSpans && shown.repeats.length > 1;
  }

  /** All repeats of the shown run are looked at together, rather than the one on view. */
  get isOfAllRepeats(): boolean {
    return this.#wantsAllRepeats && this.#selection === null && this.hasRepeatsToJoin;
  }

  /** Selects a part of the shown repeat's time, or lets go of it. */
  selectRange(range: TimeRange | null): void {
    this.#selection = range;
  }

  /** Looks at all repeats of the shown run together, or at all of the one that is on view. */
  lookAt(whole: 'all repeats' | 'repeat'): void {
    this.#selection = null;
    this.#wantsAllRepeats = whole === 'all repeats';
  }

  /** A run begins, of which all repeats are to be looked at where nobody says otherwise. */
  begin(): void {
    this.#wantsAllRepeats = true;
  }
}
