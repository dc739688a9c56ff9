import type { ParameterName } from '../shared/parameters.js';
import { fieldId } from './form.js';

/** Waits for something to start, or takes the user to the field that keeps it from starting. */
export async function startOrMend(starting: Promise<ParameterName | null>): Promise<void> {
  const wrong = await starting;
  if (wrong !== null) document.getElementById(fieldId(wrong))?.focus();
}
