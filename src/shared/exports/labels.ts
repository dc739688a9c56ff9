import type { RunRecord } from '../run-record.js';

/** Names a repeat in traces: `run 1 (executor/gil-held), repeat 0`. */
export function repeatLabel({ run, parameters }: RunRecord, repeat: number): string {
  return `run ${run} (${parameters.scheduler}/${parameters.lock}), repeat ${repeat}`;
}

/** Names a lane: `lane 3`. */
export function laneLabel(lane: number): string {
  return `lane ${lane}`;
}
