import type { Interval } from '../base/statistics.js';
import type { Overview } from '../experiment/report.js';

/** What maps and curves show of a measured cell; null where there is nothing to set it against. */
export interface ShownFigures {
  readonly overview: Pick<Overview, 'summary'>;
  readonly speedup: number | null;
  readonly speedupCi95: Interval | null;
  readonly efficiency: number | null;
}
