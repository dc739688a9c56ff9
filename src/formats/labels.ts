import type { RunRecord } from '../experiment/run-record.js';
import { formatDuration } from '../base/units.js';

/**
 * Names a repeat in traces: `run 1 (executor/gil-held), repeat 0`. One that has not all of its spans
 * says so: `…, spans kept to 1.20 s`.
 */
export function repeatLabel({ run, parameters, repeats }: RunRecord, repeat: number): string {
  const keptUntilNs = repeats[repeat]?.keptUntilNs ?? null;
  const kept = keptUntilNs === null ? '' : `, spans kept to ${formatDuration(keptUntilNs)}`;
  return `run ${run} (${parameters.scheduler}/${parameters.lock}), repeat ${repeat}${kept}`;
}

/** Names a lane: `lane 3`. */
export function laneLabel(lane: number): string {
  return `lane ${lane}`;
}
