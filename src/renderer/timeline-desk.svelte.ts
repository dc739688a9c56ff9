import type { TimelineExplorer } from './chart/explorer.js';
import type { LaneSpan } from './chart/lane-spans.js';
import type { Sight } from './chart/timeline-view.js';

/** The timeline on the page, for the panel that shows it and for actions from elsewhere. */
export class TimelineDesk {
  /** What explores the chart; null while there is none. */
  explorer = $state.raw<TimelineExplorer | null>(null);
  /** What is in view of it. */
  sight = $state.raw<Sight | null>(null);
  /** The selected span. */
  span = $state.raw<LaneSpan | null>(null);
  /** Puts the focus into the search for tasks; null while there is none. */
  search = $state.raw<(() => void) | null>(null);
}
