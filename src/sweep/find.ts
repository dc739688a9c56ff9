import type { CooperativeTask } from '../base/cooperative-task.js';
import { plainLine } from '../base/plain-text.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { Axes } from './axes.js';
import { curvePanels } from './curve-series.js';
import { efficiencyBars } from './efficiency-bars.js';
import type { SweepFindings } from './findings.js';
import { shownFigures } from './shown-figures.js';
import { fitLines, machineLines, sweepWarnings } from './sweep-table.js';
import { sweepSteps } from './sweep.js';

/** Curves and sentences of a kind that are shown, at most: more of them nobody could read. */
const CURVES_MOST = 64;
const LINES_MOST = 200;
const LINE_LENGTH = 1000;

/** Works out what a sweep found, for a window to show. */
export function* findingsOf(
  axes: Axes,
  recordings: readonly ExperimentRecording[],
): CooperativeTask<SweepFindings> {
  const sweep = yield* sweepSteps(axes, recordings);
  const cells = sweep.rows.map(shownFigures);
  const byCell = new Map(cells.map((figures) => [figures.cell, figures]));
  const curves = sweep.curves.slice(0, CURVES_MOST);
  yield;
  return {
    rounds: Math.min(...cells.map(({ repeats }) => repeats)),
    cells,
    curves: curvePanels(curves, (cell) => byCell.get(cell)),
    losses: efficiencyBars(curves),
    laws: shortened(fitLines(sweep)),
    advice: shortened(sweep.advice.map(({ message }) => message)),
    warnings: shortened(sweepWarnings(sweep)),
    machines: shortened(machineLines(sweep)),
  };
}

/** The lines, fit to be shown, as what they say of machines may come out of a file. */
function shortened(lines: readonly string[]): string[] {
  const more = lines.length - LINES_MOST;
  const shown = lines.slice(0, LINES_MOST).map((line) => plainLine(line, LINE_LENGTH));
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}
