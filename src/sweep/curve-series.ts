import type { Interval } from '../base/statistics.js';
import { groupsBy } from '../base/groups.js';
import { SPECIFICATIONS, type Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { curvePoints, reasonToLeaveOut } from './curve-points.js';
import type { Curve, SweptCell } from './curves.js';
import type { ShownFigures } from './shown-figures.js';
import { taskBound } from './factors.js';
import { fitCurve, speedUpEstimate, type FittedCurve } from './fit/fitted-curve.js';
import { isOverThreads } from './fits.js';
import { whereLabel } from './where-label.js';

/** A measured point of a curve of speed-ups. */
export interface SpeedUpPoint {
  readonly cell: number;
  readonly threads: number;
  readonly speedUp: number;
  /** Its whisker: the 95 % interval, or the range of few repeats; null of fewer than three. */
  readonly ci95: Interval | null;
  /** Why no law is fitted to it, so that it is drawn hollow; null where one is. */
  readonly leftOut: string | null;
}

/** A speed-up that a law or a bound has on so many threads. */
export interface LinePoint {
  readonly threads: number;
  readonly speedUp: number;
}

/** What a law foretells, with the band that holds it in 95 % of sweeps; null where it is not known. */
export interface BandPoint extends LinePoint {
  readonly ci95: Interval | null;
}

/** A curve as a chart draws it. */
export interface CurveSeries {
  readonly label: string;
  readonly points: readonly SpeedUpPoint[];
  /** The fitted law; empty where there is none. */
  readonly law: readonly BandPoint[];
  /** What its number of tasks allows at most, whatever the lock. */
  readonly taskBound: readonly LinePoint[];
}

/** Curves that share a chart. */
export interface CurvePanel {
  readonly title: string;
  readonly series: readonly CurveSeries[];
}

/** The curves of a sweep as small charts on one scale. */
export interface CurvePanels {
  readonly panels: readonly CurvePanel[];
  /** The ends of both axes, of all charts. */
  readonly mostThreads: number;
  readonly mostSpeedUp: number;
  /** Numbers of threads at which a line stands: the cores that may be used, and those that are no SMT siblings. */
  readonly cores: number | null;
  readonly physicalCores: number | null;
}

/** A line is drawn through so many points at most. */
const LINE_POINTS = 64;

/**
 * Lays out the curves of a sweep over threads, with the speed-ups of their cells as far as there are
 * any: a chart for each lock and scheduler. The line of the cores stands where all were measured on
 * machines with as many.
 */
export function curvePanels(
  curves: readonly Curve[],
  figuresOf: (cell: number) => ShownFigures | undefined,
): CurvePanels {
  const shown = curves.filter(isOverThreads);
  const mostThreads = Math.max(1, ...shown.flatMap(({ cells }) => cells.map(lanesOf)));
  const panels = groupsBy(shown, ({ cells }) => panelTitle(paramsOf(cells))).map((group) => ({
    title: panelTitle(paramsOf(group[0]?.cells ?? [])),
    series: group.map((curve) => seriesOf(curve, mostThreads, figuresOf)),
  }));
  const tops = panels.flatMap(({ series }) =>
    series.flatMap(({ points }) => points.map(({ speedUp, ci95 }) => ci95?.[1] ?? speedUp)),
  );
  const machines = shown.flatMap(({ cells }) => cells.map(({ overview }) => overview.machine));
  return {
    panels,
    mostThreads,
    mostSpeedUp: Math.max(1, ...tops),
    cores: sameOfAll(machines.map(({ usableCores }) => usableCores)),
    physicalCores: sameOfAll(
      machines.map(({ physicalCores, usableCores }) =>
        physicalCores !== null && physicalCores < usableCores ? physicalCores : null,
      ),
    ),
  };
}

/** Returns as many threads as speed-up: what lanes that lose nothing would reach. */
export function idealLine({ mostThreads, mostSpeedUp }: CurvePanels): LinePoint[] {
  const end = Math.min(mostThreads, Math.max(mostSpeedUp, 1));
  return [
    { threads: 1, speedUp: 1 },
    { threads: end, speedUp: end },
  ];
}

function seriesOf(
  curve: Curve,
  mostThreads: number,
  figuresOf: (cell: number) => ShownFigures | undefined,
): CurveSeries {
  const { where, cells } = curve;
  const tasks = paramsOf(cells)?.matrices ?? 1;
  const line = lineThreads(mostThreads);
  const fitted = fitCurve(curvePoints(curve).fitted);
  return {
    label: whereLabel(where),
    points: cells.flatMap((cell) => pointOf(cell, figuresOf(cell.cell))),
    law: fitted === null ? [] : line.flatMap((threads) => bandAt(fitted, threads)),
    taskBound: line.map((threads) => ({ threads, speedUp: threads * taskBound(tasks, threads) })),
  };
}

function pointOf(cell: SweptCell, figures: ShownFigures | undefined): SpeedUpPoint[] {
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
