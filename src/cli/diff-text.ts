import { intervalLabel, intervalName } from '../base/interval-text.js';
import { alignTable, joinBlocks } from '../base/text-table.js';
import { formatCounted, formatDuration, formatNumber, formatRatio } from '../base/units.js';
import {
  areOneMachine,
  RESULT_TOLERANCE,
  type Diff,
  type DiffRow,
  type ResultAgreement,
} from '../experiment/diff.js';
import { configurationLabel, machineLine, workLine } from '../experiment/labels.js';

/** What the columns of the table mean. */
const LEGEND = [
  'Ratio: how many times as fast OTHER is as BASE; it is the product of the last three.',
  'Core speed: how many times as fast its cores do the work. Efficiency: how many times as large a share of its lanes’ time they work.',
];

/** A diff, for people to read: what was compared, a row for each pair, and whether they agree. */
export function diffText({ rows }: Diff): string {
  const [first] = rows;
  if (first === undefined) return 'Nothing is compared.\n';
  const repeats = Math.min(...rows.map(({ base, other }) => Math.min(base.repeats, other.repeats)));
  return joinBlocks([
    [workLine(first.base.params), ...machineLines(first)],
    alignTable(
      [
        ['', 'BASE', 'OTHER', 'Ratio', intervalName(repeats), 'Core speed', 'Efficiency', 'Lanes'],
        ...rows.map(cells),
      ],
      ['left', ...Array.from({ length: 7 }, () => 'right' as const)],
    ),
    LEGEND,
    agreementLines(rows),
  ]);
}

/** One line where both were recorded on the same machine, else one for each. */
function machineLines({ base, other }: DiffRow): string[] {
  if (areOneMachine(base.machine, other.machine)) return [machineLine(base.machine)];
  const [from, to] = [base, other].map(({ machine }) => `${machineLine(machine)}; ${machine.os}`);
  return [`BASE on ${from}`, `OTHER on ${to}`];
}

function cells({ base, other, ratio, ci95, parts }: DiffRow): string[] {
  const [from, to] = [configurationLabel(base.params), configurationLabel(other.params)];
  return [
    from === to ? from : `${from} → ${to}`,
    formatDuration(base.wallNs),
    formatDuration(other.wallNs),
    formatRatio(ratio),
    intervalLabel(ci95, formatNumber),
    formatRatio(parts.coreSpeed),
    formatRatio(parts.efficiency),
    formatRatio(parts.lanes),
  ];
}

/** One line where all results agree, else one for each row whose do not. */
function agreementLines(rows: readonly DiffRow[]): string[] {
  const differing = rows.filter(({ results }) => results.disagreeing > 0);
  const tasks = rows[0]?.results.tasks ?? 0;
  return differing.length === 0
    ? [`The results of ${formatCounted(tasks, 'task')} agree to ${RESULT_TOLERANCE}.`]
    : differing.map(
        ({ other, results }) => `${configurationLabel(other.params)}: ${disagreement(results)}`,
      );
}

/** Says how results disagree: `The results of 3 of 100 tasks differ, most in task 17: by 2e-7.` */
export function disagreement({ disagreeing, tasks, greatest }: ResultAgreement): string {
  const most =
    greatest === null
      ? ''
      : `, most in task ${greatest.task}: by ${greatest.difference.toPrecision(2)} of its size`;
  return `The results of ${disagreeing} of ${formatCounted(tasks, 'task')} differ${most}.`;
}
