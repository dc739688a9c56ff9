import type { Timeline } from '../../../recording/timeline.js';
import type { TooltipText } from './tooltip.js';

/** What is told of a span, the timeline that it is of, and where the pointer is in the window, in px. */
export interface Told {
  readonly timeline: Timeline;
  readonly text: TooltipText;
  readonly pointer: { readonly x: number; readonly y: number };
}

/** Time after which a wheel is at rest, in ms. */
export const REST_MS = 120;

/**
 * Tells of the span under the pointer: at once where the pointer moves, but where the wheel moves
 * the spans only when these have come to rest, as nobody can read what rushes by.
 */
export class SpanTeller {
  #told = $state.raw<Told | null>(null);
  #rest: ReturnType<typeof setTimeout> | undefined;

  get told(): Told | null {
    return this.#told;
  }

  /** Tells of a span, or of none. */
  tell(told: Told | null): void {
    clearTimeout(this.#rest);
    this.#told = told;
  }

  /** Tells of none until the wheel has come to rest, and then has somebody look what is there. */
  tellAtRest(look: () => void): void {
    this.tell(null);
    this.#rest = setTimeout(look, REST_MS);
  }
}
