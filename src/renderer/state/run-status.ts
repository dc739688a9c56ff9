import { comparedParameters } from '../../experiment/variants.js';
import { entryOf, type RunState } from './run-state.js';
import { sweepingText, sweptSoFarText } from './sweep-wording.js';
import {
  comparingText,
  noticeText,
  phaseText,
  repeatText,
  sampledText,
  tasksText,
} from './wording.js';

/**
 * What the status line says where runs are as told, and something is about to begin or being exported.
 * It is read out, so that it tells of what changes seldom; and as it is far from all else that changes
 * while a run is on, each change of it has the whole window put together anew.
 */
export function statusOf(
  { runs, live, comparing, sweeping, sweepNow, opening, stopping, progress, notice }: RunState,
  now: { readonly isExporting: boolean; readonly isStarting: boolean },
): string {
  if (now.isExporting) return 'Exporting…';
  if (now.isStarting) return phaseText(null);
  if (stopping) return 'Stopping…';
  if (comparing !== null) {
    return comparingText(comparing, comparedParameters(comparing.parameters)[comparing.variant]);
  }
  if (sweeping !== null) return sweepingText(sweepNow);
  if (opening !== null) return `Opening ${opening.file}…`;
  if (live === null) return noticeText(notice);
  const program = entryOf({ runs }, live);
  if (program?.source.kind === 'process') return `Recording ${program.description.title}`;
  return phaseText(progress);
}

/** How far what is on has come; nothing where nothing is on. Its round tells the repeat of a comparison. */
export function countedOf({ live, comparing, sweepNow, progress, sampledNs }: RunState): string {
  if (sweepNow !== null) return sweptSoFarText(sweepNow);
  if (comparing !== null) return tasksText(progress);
  if (live === null) return '';
  return [repeatText(progress), tasksText(progress), sampledText(sampledNs)]
    .filter((text) => text !== '')
    .join(', ');
}
