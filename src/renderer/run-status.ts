import { comparedParameters } from '../shared/comparison.js';
import type { RunState } from './run-state.js';
import { comparingText, phaseText, tasksText } from './wording.js';

/** What the status line says where runs are as told, and something is about to begin or being exported. */
export function statusOf(
  { live, comparing, stopping, progress, notice }: RunState,
  now: { readonly isExporting: boolean; readonly isStarting: boolean },
): string {
  if (now.isExporting) return 'Exporting…';
  if (now.isStarting) return phaseText(null);
  if (stopping) return 'Stopping…';
  if (comparing !== null) {
    return comparingText(comparing, comparedParameters(comparing.parameters)[comparing.way]);
  }
  return live === null ? notice : phaseText(progress);
}

/** How far what is on has come with its phase; nothing where nothing is on. */
export function countedOf({ live, comparing, progress }: RunState): string {
  return live === null && comparing === null ? '' : tasksText(progress);
}
