import { formatCounted } from '../base/units.js';
import { laneCount } from '../experiment/plan.js';
import type { Curve } from './curves.js';
import { factorsOf } from './factors.js';
import { isOverThreads } from './fits.js';
import { lostEfficiency, type LostEfficiency } from './lost-efficiency.js';
import { whereLabel } from './where-label.js';

/** A stacked bar: what is left of a cell's efficiency, and what is lost to what. */
export interface EfficiencyBar extends LostEfficiency {
  readonly cell: number;
  readonly label: string;
}

/** The bars of one curve, by threads. */
export interface EfficiencyGroup {
  readonly label: string;
  readonly bars: readonly EfficiencyBar[];
}

/** Stacks the efficiency of every cell in which something was computed. */
export function efficiencyBars(curves: readonly Curve[]): EfficiencyGroup[] {
  return curves.filter(isOverThreads).map(({ where, cells, baseline }) => ({
    label: whereLabel(where),
    bars: cells.flatMap((cell) => {
      const lost = lostEfficiency(factorsOf(cell, baseline));
      const label = formatCounted(laneCount(cell.overview.params), 'thread');
      return lost === null ? [] : [{ cell: cell.cell, label, ...lost }];
    }),
  }));
}
