import { groupsBy } from '../base/groups.js';
import { machineLine } from '../experiment/labels.js';
import {
  isEffective,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
} from '../experiment/parameters.js';
import { intervalLabel, intervalName } from '../base/interval-text.js';
import {
  formatCounted,
  formatDuration,
  formatNumber,
  formatRatio,
  formatShare,
} from '../base/units.js';
import type { Axes } from './axes.js';
import { fitSentence } from './fit-sentence.js';
import type { Sweep, SweepRow } from './sweep.js';
import { whereLabel } from './where-label.js';

/* What a sweep's text and its Markdown have in common. */

/** What was combined: `6 cells: size 32, 64; threads 1, 2, 4`. */
export function cellsLine({ axes, varied, rows }: Sweep): string {
  const values = varied.map((name) => `${labelOf(name)} ${axes[name].join(', ')}`);
  return [formatCounted(rows.length, 'cell'), values.join('; ')]
    .filter((text) => text !== '')
    .join(': ');
}

/** What all cells have in common, where it is not the default: `matrices 64, seed 7`. */
export function commonLine({
  axes,
  varied,
  rows,
}: Pick<Sweep, 'axes' | 'varied' | 'rows'>): string {
  const isInEffect = (name: ParameterName) =>
    rows.some(({ overview }) => isEffective(name, overview.params));
  return PARAMETER_NAMES.filter((name) => isWorthSaying(name, axes) && !varied.includes(name))
    .filter(isInEffect)
    .map((name) => `${labelOf(name)} ${axes[name].join(', ')}`)
    .join(', ');
}

/** A parameter's name in the middle of a sentence. */
function labelOf(name: ParameterName): string {
  const { label } = SPECIFICATIONS[name];
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

const ALWAYS: readonly ParameterName[] = ['matrices', 'seed', 'repeats', 'warmup'];

function isWorthSaying(name: ParameterName, axes: Axes): boolean {
  return ALWAYS.includes(name) || axes[name][0] !== SPECIFICATIONS[name].fallback;
}

/** The machines, a line each, with their numbers where there are several. */
export function machineLines({ machines }: Sweep): string[] {
  return machines.map((machine, index) =>
    machines.length === 1 ? machineLine(machine) : `machine ${index + 1}: ${machineLine(machine)}`,
  );
}

/** A column of the table: its heading and its text in a row. */
export interface TableColumn {
  readonly heading: string;
  readonly text: (row: SweepRow) => string;
}

/** The columns of the table: what varies, and what was measured. */
export function tableColumns({ varied, machines, rows }: Sweep): TableColumn[] {
  const interval = intervalName(Math.min(...rows.map(({ overview }) => overview.repeats.length)));
  const names: readonly ParameterName[] = varied.length === 0 ? ['threads'] : varied;
  return [
    { heading: 'Cell', text: ({ cell }) => String(cell) },
    ...(machines.length > 1
      ? [{ heading: 'Machine', text: ({ machine }: SweepRow) => String(machine + 1) }]
      : []),
    ...names.map((name) => ({
      heading: SPECIFICATIONS[name].label,
      text: ({ overview }: SweepRow) => String(overview.params[name]),
    })),
    {
      heading: 'Wall time',
      text: ({ overview }) => formatDuration(overview.summary.wallNs.median),
    },
    {
      heading: interval,
      text: ({ overview }) => intervalLabel(overview.summary.wallNs.ci95, formatDuration),
    },
    { heading: 'Speed-up', text: ({ speedup }) => orDash(speedup, formatRatio) },
    { heading: interval, text: ({ speedupCi95 }) => intervalLabel(speedupCi95, formatNumber) },
    { heading: 'Efficiency', text: ({ efficiency }) => orDash(efficiency, formatShare) },
    { heading: 'Waiting', text: ({ overview }) => formatShare(overview.summary.waitShare) },
  ];
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}

/** What law each curve follows, a line each, with the curve's name where there are several. */
export function fitLines({ fits }: Sweep): string[] {
  return fits.map((fit) => {
    const label = whereLabel(fit.where);
    return label === '' ? fitSentence(fit) : `${label}: ${fitSentence(fit)}`;
  });
}

/** The warnings of all cells: one for each thing to know, with the cells that it is of. */
export function sweepWarnings({ rows }: Sweep): string[] {
  const warned = rows.flatMap(({ cell, overview }) =>
    overview.summary.warnings.map(({ code, message }) => ({ cell, code, message })),
  );
  return groupsBy(warned, ({ code }) => code).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const isAlike = group.every(({ message }) => message === first.message);
    if (isAlike && group.length === rows.length) return [first.message];
    const cells = cellsText(
      group.map(({ cell }) => cell),
      rows.length,
    );
    return [`${cells}${isAlike ? '' : `; of cell ${first.cell}`}: ${first.message}`];
  });
}

/** Cells that are named one by one, at most. */
const CELLS_NAMED = 8;

function cellsText(cells: readonly number[], all: number): string {
  if (cells.length === all) return 'All cells';
  if (cells.length > CELLS_NAMED) return `${cells.length} of ${formatCounted(all, 'cell')}`;
  return `${cells.length === 1 ? 'Cell' : 'Cells'} ${cells.join(', ')}`;
}
