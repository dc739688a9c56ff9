import type { Timeline } from '../../../recording/timeline.js';
import type { TooltipText } from './tooltip.js';

/** The tooltip of a span: its timeline, its text, and where the pointer is in the window, in px. */
export interface TooltipState {
  readonly timeline: Timeline;
  readonly text: TooltipText;
  readonly pointer: { readonly x: number; readonly y: number };
}

/** How long a wheel is still before the tooltip shows again, in ms. */
export const REST_MS = 120;

/**
 * Shows the tooltip of the span under the pointer: at once when the pointer moves, and debounced when
 * the wheel moves the spans, as nobody can read what rushes by.
 */
export class TooltipController {
  #state = $state.raw<TooltipState | null>(null);
  #rest: ReturnType<typeof setTimeout> | undefined;

  get state(): TooltipState | null {
    return this.#state;
  }

  /** Shows a tooltip, or none. */
  show(state: TooltipState | null): void {
    clearTimeout(this.#rest);
    this.#state = state;
  }

  /** Hides the tooltip until the wheel has been still, then calls `look`, which shows the next. */
  showDebounced(look: () => void): void {
    this.show(null);
    this.#rest = setTimeout(look, REST_MS);
  }
}
