import type { Timeline } from '../../shared/timeline.js';
import { formatDuration } from '../../shared/units.js';
import { spanOf } from '../wording.js';
import type { LaneSpan } from './lane-spans.js';
import { formatTime } from './time-ticks.js';
import type { TimeRange } from './time-window.js';
import { holderLines, spanTitle } from './tooltip.js';

/** What is read of the selection: a title, and facts each with a label. */
export interface SelectionText {
  readonly title: string;
  /** The lane whose colour it carries, if it is of one. */
  readonly lane: number | null;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** Times are told as finely as a thousandth of what they bound. */
const RESOLUTION = 1 / 1000;
/** Holders that are named, at most. */
const HOLDERS_NAMED = 2;

/** Tells of the selected span, else of the selected range. */
export function selectionText(
  timeline: Timeline,
  span: LaneSpan | null,
  range: TimeRange | null,
): SelectionText | null {
  if (span !== null) return spanText(timeline, span);
  if (range === null) return null;
  return {
    title: 'Range',
    lane: null,
    facts: [
      { label: 'from – to', value: spanOf(range) },
      { label: 'duration', value: formatDuration(range.endNs - range.startNs) },
    ],
  };
}

function spanText(timeline: Timeline, span: LaneSpan): SelectionText {
  const { lane, kind, startNs, endNs } = span;
  const resolutionNs = (endNs - startNs) * RESOLUTION;
  const held =
    kind === 'wait'
      ? holderLines(timeline, span)
          .slice(0, HOLDERS_NAMED)
          .map((holder) => `lane ${holder.lane} ${holder.share}`)
      : [];
  return {
    title: spanTitle(span),
    lane,
    facts: [
      { label: 'lane', value: String(lane) },
      { label: 'duration', value: formatDuration(endNs - startNs) },
      ...(held.length > 0 ? [{ label: 'lock held by', value: held.join(', ') }] : []),
      { label: 'start', value: formatTime(startNs, resolutionNs) },
      { label: 'end', value: formatTime(endNs, resolutionNs) },
    ],
  };
}

/** The same as one sentence, to be read out. */
export function sentenceOf({ title, facts }: SelectionText): string {
  return `Selected: ${title}, ${facts.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
}
