import { laneName, type Recording } from '../recording/recording.js';
import { formatDuration } from '../base/units.js';

/**
 * Names a repeat in traces: `run 1 (executor/gil-held), repeat 0`. One that has not all of its spans
 * says so: `…, spans kept to 1.20 s`.
 */
export function repeatLabel({ number, description, repeats }: Recording, repeat: number): string {
  const keptUntilNs = repeats[repeat]?.keptUntilNs ?? null;
  const kept = keptUntilNs === null ? '' : `, spans kept to ${formatDuration(keptUntilNs)}`;
  return `run ${number} (${description.label}), repeat ${repeat}${kept}`;
}

/** The name of a lane of a recording. */
export function laneLabel({ description }: Recording, lane: number): string {
  return description.lanes[lane] ?? laneName(lane);
}
