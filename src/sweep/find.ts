import type { CooperativeTask } from '../base/cooperative-task.js';
import { plainLine } from '../base/plain-text.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { Axes } from './axes.js';
import { curvePanels } from './curve-series.js';
import { efficiencyBars } from './efficiency-bars.js';
import type { Saying, SweepFindings } from './findings.js';
import { shownFigures } from './shown-figures.js';
import { fitSentence } from './fit-sentence.js';
import { machineLines, sweepWarnings } from './sweep-table.js';
import { sweepSteps, type Sweep } from './sweep.js';
import { whereLabel } from './where-label.js';

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
    says: sayingsOf(sweep),
    warnings: shortened(sweepWarnings(sweep)),
    machines: shortened(machineLines(sweep)),
  };
}

/** What is said of each curve that a law was sought for, and then what is said of several curves together. */
function sayingsOf({ fits, advice }: Pick<Sweep, 'fits' | 'advice'>): Saying[] {
  const byPlace = new Map(
    fits
      .slice(0, CURVES_MOST)
      .map((fit) => [
        whereLabel(fit.where),
        { law: fitSentence(fit), advice: new Array<string>() },
      ]),
  );
  const others: string[] = [];
  for (const { message } of advice) {
    // A message begins with its place, where that is not the only one.
    const place = [...byPlace.keys()].find(
      (each) => each === '' || message.startsWith(`${each}: `),
    );
    const own = place === undefined ? undefined : byPlace.get(place);
    if (place === undefined || own === undefined) others.push(message);
    else own.advice.push(place === '' ? message : message.slice(place.length + 2));
  }
  const ofCurves = [...byPlace].map(([place, said]) => ({ place, ...said }));
  return others.length === 0
    ? ofCurves
    : [...ofCurves, { place: '', advice: shortened(others), law: null }];
}

/** The lines, fit to be shown, as what they say of machines may come out of a file. */
function shortened(lines: readonly string[]): string[] {
  const more = lines.length - LINES_MOST;
  const shown = lines.slice(0, LINES_MOST).map((line) => plainLine(line, LINE_LENGTH));
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}
