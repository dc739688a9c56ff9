import { formatLongTime } from '../base/long-times.js';
import { alignTable, joinBlocks } from '../base/text-table.js';
import { formatCount, formatCounted } from '../base/units.js';
import { PARAMETER_NAMES, SPECIFICATIONS } from '../experiment/parameters.js';
import { cellsOf } from '../sweep/axes.js';
import type { Estimate } from '../sweep/estimate.js';
import { roundsOf, warmupOf, type Portion, type SweepPlan } from '../sweep/plan.js';
import type { Sweep } from '../sweep/sweep.js';
import {
  cellsLine,
  commonLine,
  fitLines,
  machineLines,
  sweepWarnings,
  tableColumns,
} from '../sweep/sweep-table.js';

/** A sweep, for people to read. */
export function sweepText(sweep: Sweep): string {
  const columns = tableColumns(sweep);
  const rows = sweep.rows.map((row) => columns.map(({ text }) => text(row)));
  return joinBlocks([
    [cellsLine(sweep), commonLine(sweep), ...machineLines(sweep)],
    alignTable(
      [columns.map(({ heading }) => heading), ...rows],
      columns.map(() => 'right'),
    ),
    headed('What threads gain', fitLines(sweep)),
    headed(
      'Advice',
      sweep.advice.map(({ message }) => message),
    ),
    headed('Warnings', sweepWarnings(sweep)),
  ]);
}

/** What a sweep would measure, and about how long that takes. */
export function planText(plan: SweepPlan, { cells, rounds }: Portion, estimate: Estimate): string {
  const { axes, untilShare } = plan;
  const all = cellsOf(axes).length;
  const values = PARAMETER_NAMES.filter((name) => axes[name].length > 1).map(
    (name) => `${SPECIFICATIONS[name].flag.slice(2)} ${axes[name].join(', ')}`,
  );
  const part =
    cells.length < all || rounds.length < roundsOf(plan) ? ` of ${formatCount(all)}` : '';
  const most = untilShare === null ? '' : 'at most ';
  return joinBlocks([
    [
      `${formatCount(cells.length)}${part} ${all === 1 ? 'cell' : 'cells'}` +
        (values.length === 0 ? '' : `: ${values.join('; ')}`),
      `${most}${formatCounted(rounds.length, 'round')} of one repeat of each cell, in random order; ` +
        `warm-up: ${warmupOf(axes)}`,
      `about ${formatLongTime(estimate.aboutNs)}, at most ${formatLongTime(estimate.atMostNs)}`,
    ],
  ]);
}

/** Lines under a heading; nothing where there are none. */
function headed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}
