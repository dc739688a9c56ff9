import { median, medianInterval, type Interval } from '../base/statistics.js';
import { configurationLabel } from './labels.js';
import type { Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { PythonMeasurements, PythonTimes } from './python-measurements.js';
import {
  besideOf,
  OWN_BASELINE,
  PYTHON_VARIANT_FACTS,
  type OwnVariant,
  type PythonRuntime,
  type PythonVariant,
} from './python-variants.js';
import type { Overview } from './report.js';
import { speedUpByRounds, wallTimes } from './speed-up.js';

/** A variant, Gilscope's own or one in the Python, with its figures. */
export interface BesideRow {
  readonly by: 'gilscope' | PythonRuntime;
  readonly variant: OwnVariant | PythonVariant;
  readonly label: string;
  readonly threads: number;
  readonly tasks: number;
  readonly wallsNs: readonly number[];
  readonly wallNs: { readonly median: number; readonly ci95: Interval | null };
  /** Over the serial variant of the same work by the same means. */
  readonly speedup: number;
  readonly speedupCi95: Interval | null;
  /** Wall time over all tasks' iterations; null of sleeps. */
  readonly iterationNs: number | null;
  /** Share of the lanes' time; null in a Python, which recordings show. */
  readonly waitShare: number | null;
}

/** Returns a row for each of Gilscope's own variants, by their overviews, each followed by those in the Python. */
export function besideRows(
  overviews: readonly Overview[],
  { own, times }: PythonMeasurements,
  parameters: Parameters,
): BesideRow[] {
  return own.flatMap((variant, place): BesideRow[] => {
    const overview = overviews[place];
    const baseline = overviews[own.indexOf(OWN_BASELINE[variant])];
    if (overview === undefined || baseline === undefined) return [];
    const beside = times.filter((each) => besideOf(each.variant, parameters) === variant);
    return [ownRow(variant, overview, baseline), ...beside.map((each) => pythonRow(each, times))];
  });
}

function ownRow(own: OwnVariant, overview: Overview, baseline: Overview): BesideRow {
  const { params, summary } = overview;
  const wallsNs = wallTimes(overview);
  const { ratio, ci95 } = speedUpByRounds(wallsNs, wallTimes(baseline));
  const perSecond = summary.iterationsPerSecond;
  return {
    by: 'gilscope',
    variant: own,
    label: ownLabel(params),
    threads: laneCount(params),
    tasks: params.matrices,
    wallsNs,
    wallNs: { median: summary.wallNs.median, ci95: summary.wallNs.ci95 },
    speedup: ratio,
    speedupCi95: ci95,
    iterationNs: params.workload === 'power' ? 1e9 / perSecond : null,
    waitShare: summary.waitShare,
  };
}

/** What one of Gilscope's own variants is called beside a Python: of sleeps, that they are some. */
export function ownLabel(params: Parameters): string {
  const label = configurationLabel(params);
  return params.workload === 'sleep' ? `${label}, sleeping` : label;
}

function pythonRow(times: PythonTimes, all: readonly PythonTimes[]): BesideRow {
  const { variant, threads, tasks, wallsNs, iterations } = times;
  const { label, runtime, baseline } = PYTHON_VARIANT_FACTS[variant];
  const serial = all.find((other) => other.variant === baseline) ?? times;
  const { ratio, ci95 } = speedUpByRounds(wallsNs, serial.wallsNs);
  const medianNs = Math.round(median(wallsNs));
  return {
    by: runtime,
    variant,
    label,
    threads,
    tasks,
    wallsNs,
    wallNs: { median: medianNs, ci95: medianInterval(wallsNs) },
    speedup: ratio,
    speedupCi95: ci95,
    iterationNs: iterations === null ? null : medianNs / iterations,
    waitShare: null,
  };
}
