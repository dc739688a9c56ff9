import { laneCount } from '../experiment/plan.js';
import { csvLine } from '../formats/csv.js';
import type { Sweep, SweepRow } from './sweep.js';

/*
 * A sweep as CSV (RFC 4180), in full precision: a row for each cell, or one for each repeat of each cell.
 * What is not known is an empty field. Times are nanoseconds.
 */

/** A column: its name, and its value in a row. */
interface Column<Row> {
  readonly name: string;
  value(this: void, row: Row): number | string | null | undefined;
}

/** What a cell measured. */
const PLACE_COLUMNS: readonly Column<SweepRow>[] = [
  column('workload', ({ overview }) => overview.params.workload),
  column('matrices', ({ overview }) => overview.params.matrices),
  column('size', ({ overview }) => overview.params.size),
  column('threads', ({ overview }) => laneCount(overview.params)),
  column('scheduler', ({ overview }) => overview.params.scheduler),
  column('lock', ({ overview }) => overview.params.lock),
  column('switch_interval_ms', ({ overview }) => overview.params.switchIntervalMs),
  column('interpreter_us', ({ overview }) => overview.params.interpreterUs),
  column('seed', ({ overview }) => overview.params.seed),
];

const CELL_COLUMNS: readonly Column<SweepRow>[] = [
  column('cell', ({ cell }) => cell),
  ...PLACE_COLUMNS,
  column('repeats', ({ overview }) => overview.repeats.length),
  column('wall_ns', ({ overview }) => overview.summary.wallNs.median),
  column('wall_ns_low', ({ overview }) => overview.summary.wallNs.ci95?.[0]),
  column('wall_ns_high', ({ overview }) => overview.summary.wallNs.ci95?.[1]),
  column('tasks_per_second', ({ overview }) => overview.summary.tasksPerSecond),
  column('gflops', ({ overview }) => overview.summary.gflops),
  column('wait_share', ({ overview }) => overview.summary.waitShare),
  column('handoffs', ({ overview }) => overview.summary.handoffs),
  column('speedup', ({ speedup }) => speedup),
  column('speedup_low', ({ speedupCi95 }) => speedupCi95?.[0]),
  column('speedup_high', ({ speedupCi95 }) => speedupCi95?.[1]),
  column('efficiency', ({ efficiency }) => efficiency),
  column('serial_fraction', ({ serialFraction }) => serialFraction),
  column('parallel_efficiency', ({ parallelEfficiency }) => parallelEfficiency),
  column('load_balance', ({ loadBalance }) => loadBalance),
  column('lock_efficiency', ({ lockEfficiency }) => lockEfficiency),
  column('handout_efficiency', ({ handoutEfficiency }) => handoutEfficiency),
  column('computation_scaling', ({ computationScaling }) => computationScaling),
  column('warnings', ({ overview }) => overview.summary.warnings.map(({ code }) => code).join(' ')),
];

/** A row for each cell. */
export function* sweepCsv({ rows }: Sweep): Generator<string> {
  yield headerOf(CELL_COLUMNS);
  for (const row of rows) yield lineOf(CELL_COLUMNS, row);
}

/** A repeat of a cell, from 0. */
interface WallRow {
  readonly row: SweepRow;
  readonly repeat: number;
  readonly wallNs: number;
}

const WALL_COLUMNS: readonly Column<WallRow>[] = [
  column('cell', ({ row }) => row.cell),
  column('repeat', ({ repeat }) => repeat),
  ...PLACE_COLUMNS.map(({ name, value }) => column(name, ({ row }: WallRow) => value(row))),
  column('wall_ns', ({ wallNs }) => wallNs),
];

/** A row for each repeat of each cell. */
export function* wallsCsv({ rows }: Sweep): Generator<string> {
  yield headerOf(WALL_COLUMNS);
  for (const row of rows) {
    for (const [repeat, { wallNs }] of row.overview.repeats.entries()) {
      yield lineOf(WALL_COLUMNS, { row, repeat, wallNs });
    }
  }
}

function column<Row>(name: string, value: Column<Row>['value']): Column<Row> {
  return { name, value };
}

function headerOf(columns: readonly { readonly name: string }[]): string {
  return csvLine(columns.map(({ name }) => name));
}

function lineOf<Row>(columns: readonly Column<Row>[], row: Row): string {
  return csvLine(columns.map(({ value }) => value(row) ?? ''));
}
