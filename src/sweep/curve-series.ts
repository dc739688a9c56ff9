import { groupsBy } from '../base/groups.js';
import { SPECIFICATIONS, type Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { curvePoints, reasonToLeaveOut } from './curve-points.js';
import type { Curve, SweptCell, Where } from './curves.js';
import type { BandPoint, CurvePanels, CurveSeries, SpeedUpPoint } from './findings.js';
import type { ShownFigures } from './shown-figures.js';
import { taskBound } from './factors.js';
import { fitCurve, speedUpEstimate, type FittedCurve } from './fit/fitted-curve.js';
import { isOverThreads } from './fits.js';
import { whereLabel } from './where-label.js';

type SpeedUpFigures = Pick<ShownFigures, 'speedup' | 'speedupCi95'>;

/** Whiskers are in view up to so many times the greatest speed-up. */
const WHISKERS_MOST = 1.5;

/** A line is drawn through so many points at most. */
const LINE_POINTS = 64;

/**
 * Lays out the curves of a sweep over threads, with the speed-ups of their cells as far as there are
 * any: a chart for each lock and scheduler. The line of the cores stands where all were measured on
 * machines with as many.
 */
export function curvePanels(
  curves: readonly Curve[],
  figuresOf: (cell: number) => SpeedUpFigures | undefined,
): CurvePanels {
  const shown = curves.filter(isOverThreads);
  const mostThreads = Math.max(1, ...shown.flatMap(({ cells }) => cells.map(lanesOf)));
  const panels = groupsBy(shown, ({ cells }) => panelTitle(paramsOf(cells))).map((group) => ({
    title: panelTitle(paramsOf(group[0]?.cells ?? [])),
    series: group.map((curve) => seriesOf(curve, mostThreads, figuresOf)),
  }));
  const points = panels.flatMap(({ series }) => series.flatMap((each) => each.points));
  const greatest = Math.max(1, ...points.map(({ speedUp }) => speedUp));
  const tops = points.map(({ speedUp, ci95 }) => ci95?.[1] ?? speedUp);
  const machines = shown.flatMap(({ cells }) => cells.map(({ overview }) => overview.machine));
  return {
    panels,
    mostThreads,
    // One interval that says nothing does not make all points one line.
    mostSpeedUp: Math.min(Math.max(1, ...tops), WHISKERS_MOST * greatest),
    cores: sameOfAll(machines.map(({ usableCores }) => usableCores)),
    physicalCores: sameOfAll(
      machines.map(({ physicalCores, usableCores }) =>
        physicalCores !== null && physicalCores < usableCores ? physicalCores : null,
      ),
    ),
  };
}

function seriesOf(
  curve: Curve,
  mostThreads: number,
  figuresOf: (cell: number) => SpeedUpFigures | undefined,
): CurveSeries {
  const { where, cells } = curve;
  const tasks = paramsOf(cells)?.matrices ?? 1;
  const line = lineThreads(mostThreads);
  const fitted = fitCurve(curvePoints(curve).fitted);
  return {
    label: whereLabel(besidePanel(where)),
    points: cells.flatMap((cell) => pointOf(cell, figuresOf(cell.cell))),
    law: fitted === null ? [] : line.flatMap((threads) => bandAt(fitted, threads)),
    taskBound: line.map((threads) => ({ threads, speedUp: threads * taskBound(tasks, threads) })),
  };
}

/** What tells a curve from the others of its chart, whose title has the lock and the scheduler. */
function besidePanel(where: Where): Where {
  const others = Object.entries(where).filter(([name]) => name !== 'lock' && name !== 'scheduler');
  return Object.fromEntries(others);
}

function pointOf(cell: SweptCell, figures: SpeedUpFigures | undefined): SpeedUpPoint[] {
  if (figures?.speedup == null) return [];
  const { speedup: speedUp, speedupCi95: ci95 } = figures;
  const leftOut = reasonToLeaveOut(cell);
  return [{ cell: cell.cell, threads: lanesOf(cell), speedUp, ci95, leftOut }];
}

function bandAt(fitted: FittedCurve, threads: number): BandPoint[] {
  const estimate = speedUpEstimate(fitted, threads);
  return estimate === null ? [] : [{ threads, speedUp: estimate.value, ci95: estimate.ci95 }];
}

/** Whole numbers of threads from 1 on, ever further apart. */
function lineThreads(most: number): number[] {
  const steps = Array.from({ length: LINE_POINTS }, (_, step) =>
    Math.round(most ** (step / (LINE_POINTS - 1))),
  );
  return [...new Set(steps)];
}

function panelTitle(params: Parameters | undefined): string {
  if (params === undefined) return '';
  const { scheduler, lock } = SPECIFICATIONS;
  return `${scheduler.options[params.scheduler].label}, lock: ${lock.options[params.lock].label}`;
}

function paramsOf([first]: readonly SweptCell[]): Parameters | undefined {
  return first?.overview.params;
}

function lanesOf({ overview }: SweptCell): number {
  return laneCount(overview.params);
}

/** The value that all have; null where they differ or there are none. */
function sameOfAll(values: readonly (number | null)[]): number | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
