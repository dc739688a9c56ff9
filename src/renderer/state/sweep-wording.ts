import { formatLongTime } from '../../base/long-times.js';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatEnds,
  formatRatio,
  formatShare,
} from '../../base/units.js';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../../experiment/parameters.js';
import { cellsOf, type Axes } from '../../sweep/axes.js';
import { shownValue } from '../../sweep/where-label.js';
import type { Estimate } from '../../sweep/estimate.js';
import type { ShownFigures } from '../../sweep/shown-figures.js';
import type { SweepEnd, SweepNow } from './run-state.js';

/** The window's sentences about sweeps. */

/** What a sweep combines: `Sweep of threads 1, 2, 4 × lock mode none, GIL held`. */
export function sweepTitle(axes: Axes): string {
  const names = PARAMETER_NAMES.filter((name) => axes[name].length > 1);
  if (names.length === 0) return 'Sweep of one cell';
  const parts = names.map((name) => {
    const { label } = SPECIFICATIONS[name];
    const text = valuesText(name, axes[name]);
    return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${text}`;
  });
  return `Sweep of ${parts.join(' × ')}`;
}

/** Values that are named one by one, at most. */
const VALUES_NAMED = 8;

/** The values of a list: `1, 2, 4`, `1 to 8` where they follow one another, `1 … 4,096 (13 values)` of many. */
function valuesText(name: ParameterName, values: readonly (number | string)[]): string {
  const shown = values.map((value) => shownValue(name, value));
  const [first = '', last = ''] = [shown[0], shown.at(-1)];
  const isRun = values.every((value, at) => Number(value) === Number(values[0]) + at);
  if (isRun && values.length > 3) return `${first} to ${last}`;
  return values.length <= VALUES_NAMED
    ? shown.join(', ')
    : `${first} … ${last} (${formatCount(values.length)} values)`;
}

/** What the status line says while a sweep is measured, which changes once a round. */
export function sweepingText(now: SweepNow | null): string {
  return now === null ? 'Starting the sweep…' : `Sweep: round ${now.round} of ${now.rounds}`;
}

/** What a sweep measures now, for the headline. */
export function measuringText(now: SweepNow | null): string {
  if (now === null) return 'Starting…';
  return `Measuring, in random order. Round ${now.round} of ${now.rounds},`;
}

/** A speed-up that is not claimed without its interval: the lower end of that, where there is one. */
function certainGain({ speedup, speedupCi95 }: ShownFigures): number {
  return speedupCi95?.[0] ?? speedup ?? 0;
}

/** Which cell surely gains the most against one thread: `Fastest: threads 4, lock mode None, 3.12× as fast as one thread (3.02 to 3.2).` */
export function fastestText(axes: Axes, cells: readonly ShownFigures[]): string {
  const planned = cellsOf(axes);
  const best = cells.reduce<ShownFigures | undefined>(
    (most, each) =>
      certainGain(each) > (most === undefined ? 0 : certainGain(most)) ? each : most,
    undefined,
  );
  const parameters = planned[((best?.cell ?? 1) - 1) % planned.length]?.parameters;
  if (best?.speedup == null || parameters === undefined) {
    return 'No speed-ups: they need a cell on one thread, or a serial one, of the same work.';
  }
  const { speedup, speedupCi95: ends } = best;
  const interval = ends === null ? '' : ` (${formatEnds(...ends).join(' to ')})`;
  const name = cellName(axes, parameters);
  return `Most is gained with ${name === '' ? 'its one cell' : name}: ${formatRatio(speedup)} as fast as one thread${interval}.`;
}

/** How far a sweep is: `cell 5 of 12, 1 min 20 s left`. */
export function sweptSoFarText({ place, cells, leftNs }: SweepNow): string {
  const left = leftNs === null ? '' : `, ${formatLongTime(leftNs)} left`;
  return `cell ${formatCount(place)} of ${formatCount(cells)}${left}`;
}

/** How far a sweep is, from 0 to 1: each repeat of each cell counts alike. */
export function fractionSwept({ round, rounds, place, cells }: SweepNow): number {
  return ((round - 1) * cells + place - 1) / (rounds * cells);
}

/** How long a sweep is going to take, and how much it is: `about 2 min`, `12 cells`. */
export function sweepExpectedText(
  { aboutNs }: Estimate,
  cells: number,
): { time: string; source: string } {
  return { time: `about ${formatLongTime(aboutNs)}`, source: formatCounted(cells, 'cell') };
}

/** What became of a sweep: `Sweep done: 12 cells, 3 rounds`. */
export function sweptText({ outcome, axes, recorded }: SweepEnd): string {
  if (recorded === null) return `Sweep ${outcome}: no round of it was completed`;
  const { entry, findings } = recorded;
  const planned = axes.repeats[0] ?? findings.rounds;
  const rounds =
    outcome === 'stopped'
      ? `${findings.rounds} of ${formatCounted(planned, 'round')}`
      : formatCounted(findings.rounds, 'round');
  const what = `${formatCounted(findings.cells.length, 'cell')}, ${rounds}`;
  return entry.isOpened
    ? `Opened ${entry.file ?? 'a file'}: a sweep of ${what}`
    : `Sweep ${outcome}: ${what}`;
}

/** A cell by the values that its sweep has several of: `threads 4, lock mode GIL held`. */
export function cellName(axes: Axes, parameters: Parameters): string {
  const names = PARAMETER_NAMES.filter((name) => axes[name].length > 1);
  const parts = names.map((name) => {
    const { label } = SPECIFICATIONS[name];
    return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${shownValue(name, parameters[name])}`;
  });
  return parts.join(', ');
}

/** What was measured of a cell, in a line. */
export function cellFigures(figures: ShownFigures | undefined): string {
  if (figures === undefined) return 'not measured yet';
  const { medianNs, speedup, efficiency, waitShare } = figures;
  return [
    formatDuration(medianNs),
    ...(speedup === null ? [] : [`${formatRatio(speedup)} as fast as one thread`]),
    ...(efficiency === null ? [] : [`efficiency ${formatShare(efficiency)}`]),
    `waiting ${formatShare(waitShare)}`,
  ].join(', ');
}
