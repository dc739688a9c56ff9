import { formatCounted } from '../base/units.js';
import { laneCount } from '../experiment/plan.js';
import type { Curve } from './curves.js';
import { factorsOf } from './factors.js';
import { isOverThreads } from './fits.js';
import type { EfficiencyGroup } from './findings.js';
import { lostEfficiency } from './lost-efficiency.js';
import { shortWhereLabel } from './where-label.js';

/** Stacks the efficiency of every cell in which something was computed. */
export function efficiencyBars(curves: readonly Curve[]): EfficiencyGroup[] {
  return curves.filter(isOverThreads).map(({ where, cells, baseline }) => ({
    label: shortWhereLabel(where),
    bars: cells.flatMap((cell) => {
      const lost = lostEfficiency(factorsOf(cell, baseline));
      const label = formatCounted(laneCount(cell.overview.params), 'thread');
      return lost === null ? [] : [{ cell: cell.cell, label, ...lost }];
    }),
  }));
}
