import type { ParameterName } from '../../experiment/parameters.js';
import { fieldId } from '../setup/form.js';

/** The id of the part of the page that shows what is measured. */
export const RESULTS_ID = 'results';

/**
 * Waits for something to start, and has it seen where the page is so long that it would not be; or
 * takes the user to the field that keeps it from starting.
 */
export async function startOrMend(starting: Promise<ParameterName | null>): Promise<void> {
  const wrong = await starting;
  if (wrong === null) showResults();
  else document.getElementById(fieldId(wrong))?.focus();
}

/** Scrolls the page to what is measured, unless that is in view already. */
function showResults(): void {
  const results = document.getElementById(RESULTS_ID);
  if (results === null) return;
  const { top, bottom } = results.getBoundingClientRect();
  const middle = window.innerHeight / 2;
  if (top < middle && bottom > middle) return;
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ block: 'start', behavior: isCalm ? 'instant' : 'smooth' });
}
