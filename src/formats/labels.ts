import { laneName, type Recording } from '../recording/recording.js';
import type { Span } from '../recording/spans.js';
import type { TimeRange } from '../recording/span-walk.js';
import { formatDuration } from '../base/units.js';

/**
 * Names a repeat in traces: `run 1 (executor/gil-held), repeat 0`. One that has not all of its spans
 * says so: `…, spans kept to 1.20 s`; so does a part of one: `…, 2 ms to 5.5 ms`.
 */
export function repeatLabel(
  { number, description, repeats }: Recording,
  repeat: number,
  range: TimeRange | null = null,
): string {
  const keptUntilNs = repeats[repeat]?.keptUntilNs ?? null;
  const kept = keptUntilNs === null ? '' : `, spans kept to ${formatDuration(keptUntilNs)}`;
  return `run ${number} (${description.label}), repeat ${repeat}${rangeLabel(range)}${kept}`;
}

function rangeLabel(range: TimeRange | null): string {
  if (range === null) return '';
  const end = Number.isFinite(range.endNs) ? `${range.endNs / 1e6} ms` : 'the end';
  return `, ${range.startNs / 1e6} ms to ${end}`;
}

/** What a list has for a span's label; undefined where the label is not known. */
export function labelOf<Value>(
  labels: readonly Value[] | null,
  { task }: Pick<Span, 'task'>,
): Value | undefined {
  return labels?.[task];
}

/** The name of a lane of a recording. */
export function laneLabel({ description }: Recording, lane: number): string {
  return description.lanes[lane] ?? laneName(lane);
}
