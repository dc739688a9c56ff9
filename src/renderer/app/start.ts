import type { ParameterName } from '../../experiment/parameters.js';
import { fieldId } from '../setup/form.js';

/** The id of the part of the page that shows what is measured. */
export const RESULTS_ID = 'results';

/** The id of the timeline in it, where one run is shown. */
export const TIMELINE_ID = 'timeline';

/**
 * Waits for something to start, and has it seen where the page is so long that it would not be; or
 * takes the user to the field that keeps it from starting.
 */
export async function startOrFocusInvalidField(
  starting: Promise<ParameterName | null>,
): Promise<void> {
  const wrong = await starting;
  if (wrong === null) showResults();
  else document.getElementById(fieldId(wrong))?.focus();
}

/** Scrolls a page that is longer than the window to the timeline, or to the comparison in its place. */
export function showResults(): void {
  const results = document.getElementById(TIMELINE_ID) ?? document.getElementById(RESULTS_ID);
  if (results === null) return;
  const { scrollHeight, clientHeight } = document.documentElement;
  const { top, bottom } = results.getBoundingClientRect();
  const headerPx = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  const isSeen = top >= headerPx && bottom <= clientHeight;
  if (isSeen || scrollHeight <= clientHeight) return;
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ block: 'start', behavior: isCalm ? 'instant' : 'smooth' });
}
