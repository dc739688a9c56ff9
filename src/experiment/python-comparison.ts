import { formatCount, formatCounted } from '../base/units.js';
import { comparedWarnings } from './compared-warnings.js';
import type { Parameters } from './parameters.js';
import { pythonConclusion } from './python-conclusion.js';
import type { PythonMeasurements, PythonTimes } from './python-measurements.js';
import { besideRows, ownLabel, type BesideRow } from './python-rows.js';
import { PYTHON_VARIANT_FACTS } from './python-variants.js';
import type { ExperimentRecording } from './recording.js';
import { overviewOf, type Overview } from './report.js';

/** The name and version of the format. */
const SCHEMA = 'gilscope.python-comparison/1';

/** Gilscope's own variants and those in a Python, side by side. */
export interface PythonComparison {
  readonly schema: typeof SCHEMA;
  readonly params: Parameters;
  readonly machine: Overview['machine'];
  readonly python: PythonMeasurements['about'];
  readonly interpreterUs: number | null;
  /** Each of Gilscope's own, followed by those of the same work in the Python. */
  readonly rows: readonly BesideRow[];
  /** What the figures mean, a sentence each. */
  readonly conclusion: readonly string[];
  /** What to know before the figures are trusted. */
  readonly warnings: readonly string[];
}

/**
 * Sets what was measured in a Python beside Gilscope's own recordings, which stand in the order that the
 * measurements say.
 *
 * @throws RangeError where there is no recording
 */
export function pythonComparisonOf(
  recordings: readonly ExperimentRecording[],
  measured: PythonMeasurements,
): PythonComparison {
  const overviews = recordings.map(overviewOf);
  const executor = recordings[measured.own.indexOf('executor')]?.source.parameters;
  const [first] = overviews;
  if (first === undefined || executor === undefined) {
    throw new RangeError('a comparison with a Python has Gilscope’s own recordings');
  }
  const rows = besideRows(overviews, measured, executor);
  return {
    schema: SCHEMA,
    params: executor,
    machine: first.machine,
    python: measured.about,
    interpreterUs: measured.interpreterUs,
    rows,
    conclusion: pythonConclusion(rows, measured, executor),
    warnings: [...comparedWarnings(overviews, ownLabel), ...resultWarnings(measured.times)],
  };
}

/** Says of which variants in the Python the results are not Gilscope's. */
function resultWarnings(times: readonly PythonTimes[]): string[] {
  return times
    .filter(({ differing }) => differing > 0)
    .map(
      ({ variant, differing, compared }) =>
        `${PYTHON_VARIANT_FACTS[variant].label}: ${formatCount(differing)} of ${formatCounted(compared, 'result')} ` +
        'differ from Gilscope’s, so that it did other work.',
    );
}
