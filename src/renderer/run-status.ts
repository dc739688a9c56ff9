import { comparedParameters } from '../shared/comparison.js';
import type { RunState } from './run-state.js';
import { comparingText, phaseText, tasksText } from './wording.js';

/** What the status line says: what to announce, and what only to show. */
export interface RunStatus {
  readonly said: string;
  readonly counted: string;
}

/** The status where runs are as told, and something is about to begin or being exported. */
export function statusOf(
  { live, comparing, stopping, progress, notice }: RunState,
  now: { readonly isExporting: boolean; readonly isStarting: boolean },
): RunStatus {
  if (now.isExporting) return { said: 'Exporting…', counted: '' };
  if (now.isStarting) return { said: phaseText(null), counted: '' };
  if (stopping) return { said: 'Stopping…', counted: '' };
  if (comparing !== null) {
    const way = comparedParameters(comparing.parameters)[comparing.way];
    return { said: comparingText(comparing, way), counted: tasksText(progress) };
  }
  if (live === null) return { said: notice, counted: '' };
  return { said: phaseText(progress), counted: tasksText(progress) };
}
