import { finish, type CooperativeTask } from '../base/cooperative-task.js';
import type { Machine } from '../recording/machine.js';
import { laneCount } from '../experiment/plan.js';
import { warningsBeside } from '../experiment/plausibility.js';
import type { ParameterName } from '../experiment/parameters.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { overviewOf, reportOf, type Report } from '../experiment/report.js';
import { speedUpByRounds, wallTimes } from '../experiment/speed-up.js';
import type { Interval } from '../base/statistics.js';
import { adviceOf, type Advice } from './advice.js';
import { variedNames, type Axes } from './axes.js';
import { curvesOf, type Curve, type SweptCell } from './curves.js';
import { factorsOf, type Factors } from './factors.js';
import { fitsOf, type Fit } from './fits.js';
import { isLikeMachine } from './machines.js';

/** The name and version of the sweep's format. */
const SWEEP_SCHEMA = 'gilscope.sweep/1';

/** What a sweep found, worked out from its recordings. */
export interface Sweep {
  readonly axes: Axes;
  /** The parameters of which it has several values. */
  readonly varied: readonly ParameterName[];
  /** The machines that it was measured on; those that are alike once. */
  readonly machines: readonly Machine[];
  readonly curves: readonly Curve[];
  /** A row for each cell, in the order of the cells. */
  readonly rows: readonly SweepRow[];
  readonly fits: readonly Fit[];
  readonly advice: readonly Advice[];
}

/** A cell among the others. */
export interface SweepRow extends SweptCell, CellFigures {
  /** The place of its machine in the sweep's, from 0. */
  readonly machine: number;
}

/** What a cell's figures are beside the others'; null where there is nothing to set them against. */
export interface CellFigures extends Factors {
  /** How many times as fast it is as its curve on one thread. */
  readonly speedup: number | null;
  /** Its 95 % interval by rounds; the range of fewer than six, and null with fewer than three. */
  readonly speedupCi95: Interval | null;
  /** The speed-up over the number of lanes. */
  readonly efficiency: number | null;
}

/** Works out what a sweep found, in one go. */
export function sweepOf(axes: Axes, recordings: readonly ExperimentRecording[]): Sweep {
  return finish(sweepSteps(axes, recordings));
}

/** Works out what a sweep found, cell by cell, as the intervals of many take seconds. */
export function* sweepSteps(
  axes: Axes,
  recordings: readonly ExperimentRecording[],
): CooperativeTask<Sweep> {
  const cells: SweptCell[] = [];
  for (const recording of recordings) {
    cells.push({ cell: recording.number, overview: overviewOf(recording) });
    yield;
  }
  const curves = curvesOf(cells);
  const machines: Machine[] = [];
  for (const { machine } of recordings) {
    if (!machines.some((known) => isLikeMachine(known, machine))) machines.push(machine);
  }
  const rows: SweepRow[] = [];
  for (const { cells: ofCurve, baseline } of curves) {
    for (const cell of ofCurve) {
      const machine = machines.findIndex((known) => isLikeMachine(known, cell.overview.machine));
      const shown = baseline === null ? cell : besideBaseline(cell, baseline);
      rows.push({ ...shown, ...figuresOf(cell, baseline), machine });
      yield;
    }
  }
  rows.sort((a, b) => a.cell - b.cell);
  const fits = yield* fitsOf(curves);
  const advice = adviceOf(curves, fits);
  return { axes, varied: variedNames(axes), machines, curves, rows, fits, advice };
}

/** The cell with the warnings that its speed-up gives rise to. */
function besideBaseline({ cell, overview }: SweptCell, baseline: SweptCell): SweptCell {
  const warnings = warningsBeside(overview, baseline.overview);
  return { cell, overview: { ...overview, summary: { ...overview.summary, warnings } } };
}

function figuresOf(cell: SweptCell, baseline: SweptCell | null): CellFigures {
  const factors = factorsOf(cell, baseline);
  if (baseline === null) return { speedup: null, speedupCi95: null, efficiency: null, ...factors };
  const { overview } = cell;
  const { ratio, ci95 } = speedUpByRounds(wallTimes(overview), wallTimes(baseline.overview));
  const efficiency = ratio / laneCount(overview.params);
  return { speedup: ratio, speedupCi95: ci95, efficiency, ...factors };
}

/** A row of the JSON: a run's whole report, and what the cell is among the others. */
interface ReportRow extends Report, CellFigures {
  readonly cell: number;
}

/** A sweep as its JSON has it. */
export interface SweepReport extends Omit<Sweep, 'varied' | 'machines' | 'curves' | 'rows'> {
  readonly schema: typeof SWEEP_SCHEMA;
  /** The first of several, of which each row has its own. */
  readonly machine: Machine;
  readonly rows: readonly ReportRow[];
}

/** Makes the JSON of a sweep from what it found and from its recordings. */
export function sweepReport(
  { axes, machines, rows, fits, advice }: Sweep,
  recordings: readonly ExperimentRecording[],
): SweepReport {
  const [machine] = machines;
  if (machine === undefined) throw new RangeError('a sweep of no cells has no report');
  const byCell = new Map(recordings.map((recording) => [recording.number, recording]));
  return {
    schema: SWEEP_SCHEMA,
    machine,
    axes,
    rows: rows.flatMap((row) => {
      const recording = byCell.get(row.cell);
      if (recording === undefined) return [];
      const { overview, ...figures } = row;
      const { machine } = recording;
      return [{ ...reportOf(recording), summary: overview.summary, ...figures, machine }];
    }),
    fits,
    advice,
  };
}
