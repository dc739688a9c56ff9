import type { Timeline } from '../../../recording/timeline.js';
import type { TaskResult } from '../../../ipc/index.js';
import { formatCount, formatDuration } from '../../../base/units.js';
import { selectedSpan } from '../range-entry.js';
import type { LaneSpan } from './lane-spans.js';
import { formatTime } from './time-ticks.js';
import type { TimeRange } from './time-window.js';
import { laneText, spanTitle, taskFacts } from './tooltip.js';
import { contentionLines, type ShareLine } from './lock-contention.js';

/** What is read of the selection: a title, and facts each with a label. */
export interface SelectionText {
  readonly title: string;
  /** The lane whose colour it carries, if it is of one. */
  readonly lane: number | null;
  readonly facts: readonly Fact[];
}

/** Something that is known of the selection. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What `value` lists, where that is lanes which can be gone to. */
  readonly lanes?: readonly ShareLine[];
}

/** Times are shown as finely as a thousandth of what they bound. */
const RESOLUTION = 1 / 1000;

/** What else is known of a selected span. */
export interface SpanContext {
  /** It is of the baseline's timeline. */
  readonly isOfBaseline: boolean;
  /** What came of its task, where that is known. */
  readonly result: TaskResult | null;
  /** Lanes that held the lock meanwhile, or waited, that are named, at most. */
  readonly lanesNamed: number;
}

/** Describes the selected span, else the selected range. */
export function selectionText(
  timeline: Timeline,
  span: LaneSpan | null,
  range: TimeRange | null,
  context: SpanContext,
): SelectionText | null {
  if (span !== null) return spanText(timeline, span, context);
  if (range === null) return null;
  return {
    title: 'Range',
    lane: null,
    facts: [
      { label: 'from – to', value: selectedSpan(range) },
      { label: 'duration', value: formatDuration(range.endNs - range.startNs) },
    ],
  };
}

function spanText(timeline: Timeline, span: LaneSpan, context: SpanContext): SelectionText {
  const { lane, kind, startNs, endNs } = span;
  const resolutionNs = (endNs - startNs) * RESOLUTION;
  const meanwhile = contentionLines(timeline, span, context.lanesNamed);
  return {
    title: `${context.isOfBaseline ? 'Baseline · ' : ''}${spanTitle(timeline, span)}`,
    lane,
    facts: [
      { label: 'lane', value: laneText(timeline, lane) },
      { label: 'duration', value: formatDuration(endNs - startNs) },
      ...(meanwhile.length > 0
        ? [
            {
              label: kind === 'wait' ? 'lock held by' : 'waited meanwhile',
              value: meanwhile.map(contenderText).join(', '),
              lanes: meanwhile,
            },
          ]
        : []),
      ...(context.result === null ? [] : resultFacts(context.result)),
      ...taskFacts(timeline, span),
      { label: 'start', value: formatTime(startNs, resolutionNs) },
      { label: 'end', value: formatTime(endNs, resolutionNs) },
    ],
  };
}

/** A lane that held or awaited the lock meanwhile: `lane 2 1.20 ms 45 %`, `worker in f (app.py:12) …`. */
export function contenderText({ label, doing, timeNs, share }: ShareLine): string {
  const who = doing === null ? label : `${label} in ${doing}`;
  return `${who} ${formatDuration(timeNs)} ${share}`;
}

function resultFacts({ iterations, eigenvalue, converged }: TaskResult): Fact[] {
  // The step that goes past the cap is taken and counted, as NumPy's loop does.
  const cap = converged ? '' : ` (not converged, cap ${formatCount(iterations - 1)} + 1)`;
  const value = eigenvalue?.toPrecision(7).replaceAll('-', '−');
  return [
    { label: 'iterations', value: `${formatCount(iterations)}${cap}` },
    ...(value === undefined ? [] : [{ label: 'eigenvalue', value }]),
  ];
}

/** The same as one sentence, to be read out. */
export function sentenceOf({ title, facts }: SelectionText): string {
  return `Selected: ${title}, ${facts.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
}
