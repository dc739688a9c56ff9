import type { SweepRow } from './sweep.js';

/** What maps and curves show of a measured cell. */
export type ShownFigures = Pick<SweepRow, 'overview' | 'speedup' | 'speedupCi95' | 'efficiency'>;
