import { formatDuration, formatShare } from '../../../base/units.js';
import type { SpanKind } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';
import { taskAround, type Hit } from './hit-test.js';
import type { LaneSpan } from './lane-spans.js';
import { formatTime } from './time-ticks.js';
import { contentionLines, type ShareLine } from './lock-contention.js';

/** What the tooltip says about a span. */
export interface TooltipText {
  readonly title: string;
  /** The lane whose colour it carries. */
  readonly lane: number;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Of a wait: who held the lock meanwhile. Of a hold: who waited. */
  readonly meanwhile: { readonly heading: string; readonly lines: readonly ShareLine[] } | null;
  /** What a click does beside selecting the span. */
  readonly hint: string | null;
}

/** Lanes that are named, at most. */
const LANES_NAMED = 5;

/** What is shown of other lanes, by the kind of the span. */
const HEADINGS: Partial<Record<SpanKind, string>> = {
  wait: 'Lock held meanwhile by',
  hold: 'Waited meanwhile',
};

/** Describes a span; starts are as fine as `resolutionNs`. */
export function tooltipText(timeline: Timeline, hit: Hit, resolutionNs: number): TooltipText {
  const { lane, kind, startNs, endNs, more } = hit;
  const lines = contentionLines(timeline, hit, LANES_NAMED);
  const heading = HEADINGS[kind];
  const meanwhile = heading === undefined || lines.length === 0 ? null : { heading, lines };
  return {
    title: spanTitle(timeline, hit),
    lane,
    facts: [
      { label: 'lane', value: laneText(timeline, lane) },
      { label: 'start', value: formatTime(startNs, resolutionNs) },
      { label: 'duration', value: formatDuration(endNs - startNs) },
      ...taskFacts(timeline, hit),
      ...(more > 0 ? [{ label: 'in this pixel', value: `${more} more` }] : []),
    ],
    meanwhile,
    hint: meanwhile === null ? null : 'Click for links to them',
  };
}

/** What a span is: `wait · task #12`, or `hold · work (app.py:12)` where there are no tasks. */
export function spanTitle(
  { labels }: Timeline,
  { kind, task }: Pick<Hit, 'kind' | 'task'>,
): string {
  if (labels !== null) {
    const label = labels[task];
    return label === undefined ? kind : `${kind} · ${label}`;
  }
  return kind === 'task' ? `task #${task}` : `${kind} · task #${task}`;
}

/** A lane among the facts of a span: its number, or the name of its thread. */
export function laneText(timeline: Timeline, lane: number): string {
  return timeline.laneName(lane).replace(/^lane /, '');
}

/** How long the whole task of a part of it took, and how much of that was waiting. */
export function taskFacts(timeline: Timeline, hit: LaneSpan): TooltipText['facts'] {
  const task = taskAround(timeline, hit);
  if (task === null) return [];
  const taskNs = task.endNs - task.startNs;
  const waitNs = timeline.lane(hit.lane).wait.coveredNs(task.startNs, task.endNs);
  const isWhole = hit.endNs - hit.startNs === taskNs;
  return [
    ...(isWhole ? [] : [{ label: 'whole task', value: formatDuration(taskNs) }]),
    ...(waitNs > 0 ? [{ label: 'task waits', value: formatShare(waitNs / taskNs) }] : []),
  ];
}
