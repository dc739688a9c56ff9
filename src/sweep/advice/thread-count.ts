import { formatCores } from '../../base/units.js';
import type { Figures } from '../../experiment/warning-rules.js';
import { laneCount } from '../../experiment/plan.js';
import { reasonToLeaveOut } from '../curve-points.js';
import { medianWallNs, type Curve, type SweptCell } from '../curves.js';
import { factorsOf } from '../factors.js';
import { greatestLoss, lostEfficiency, type Loss } from '../lost-efficiency.js';
import {
  fastestCell,
  fewestAsFast,
  isGainClear,
  rangeText,
  ratioByRounds,
  threadsText,
  type Rule,
} from './rule.js';

/**
 * Names the fewest threads whose time is at most 5 % longer than the shortest one; where it is not sure
 * that they are faster than one, or slower, it says so.
 */
export const fewestThreads: Rule = ({ curve }) => {
  const fewest = fewestAsFast(curve);
  const best = fastestCell(curve.cells);
  if (fewest === undefined || best === undefined) return null;
  const threads = laneCount(fewest.overview.params);
  const bestThreads = laneCount(best.overview.params);
  const counts = { threads, bestThreads };
  if (threads === 1) return { figures: counts, template: onlyOne(bestThreads) };
  const { figures, ratio } = gainOver(curve.baseline, fewest);
  const among =
    threads === bestThreads
      ? 'they are the fastest measured'
      : 'they are within 5 % of the fastest, {bestThreads}';
  return {
    figures: { ...counts, ...figures },
    template: isGainClear(curve, fewest)
      ? `Take {threads} threads: ${among}${ratio}.`
      : `What threads gain cannot be told: {threads} are the best measured${ratio}. Repeat more often, or on a quieter machine.`,
  };
};

function onlyOne(bestThreads: number): string {
  return bestThreads === 1
    ? 'More threads do not help here: one is the fastest.'
    : 'More threads do not help here: one is within 5 % of the fastest, {bestThreads}.';
}

/** How many times as fast as one thread a cell is, as figures and in words; nothing without a baseline. */
function gainOver(
  baseline: SweptCell | null,
  cell: SweptCell,
): { readonly figures: Figures; readonly ratio: string } {
  if (baseline === null) return { figures: {}, ratio: '' };
  const interval = ratioByRounds(baseline, cell);
  return {
    figures: {
      speedUpRatio: medianWallNs(baseline) / medianWallNs(cell),
      ...(interval === null ? {} : { lowRatio: interval[0], highRatio: interval[1] }),
    },
    ratio: `, {speedUpRatio} as fast as one${rangeText(interval)}`,
  };
}

/** Why more threads gain nothing. */
const CAUSES: Readonly<Record<Loss, string>> = {
  lock: 'waiting for the lock takes {lostShare} of the efficiency',
  imbalance: 'lanes that end before others take {lostShare} of the efficiency',
  handout: 'handing out tasks, starting and ending take {lostShare} of the efficiency',
  computing: 'computing itself takes longer, which takes {lostShare} of the efficiency',
};

/**
 * Says from where on more threads gain nothing, and what ends the gain: on the next larger number that was
 * measured, the cores where its lanes have to share them, else the factor that takes the most efficiency.
 */
export const gainEnds: Rule = ({ curve, fit }) => {
  const fewest = fewestAsFast(curve);
  const next = curve.cells[fewest === undefined ? -1 : curve.cells.indexOf(fewest) + 1];
  if (fewest === undefined || next === undefined || !isGainClear(curve, fewest)) return null;
  const { cause, lostShare } = causeAt(next, curve);
  const peak = fit.peak === null ? {} : { peakThreads: Math.round(fit.peak) };
  const figures = {
    ...{ threads: laneCount(fewest.overview.params), cause },
    nextThreads: laneCount(next.overview.params),
    ...(lostShare === null ? {} : { lostShare }),
    ...peak,
  };
  const because = causeText(cause, next);
  const peakText = fit.peak === null ? '' : ` The law has its peak at {peakThreads}.`;
  return {
    figures,
    template: `Beyond ${threadsText(fewest, 'threads')} nothing is gained${because}.${peakText}`,
  };
};

/** Says that the gain has not ended by the most threads that were measured. */
export const gainGoesOn: Rule = ({ curve }) => {
  const fewest = fewestAsFast(curve);
  const most = curve.cells.at(-1);
  if (fewest === undefined || fewest !== most || !isGainClear(curve, fewest)) return null;
  return {
    figures: { threads: laneCount(most.overview.params) },
    template: `The gain has not ended by ${threadsText(most, 'threads')}.`,
  };
};

/** What ends a gain. */
type Cause = Loss | 'cores' | 'unknown';

function causeAt(next: SweptCell, { baseline }: Curve): { cause: Cause; lostShare: number | null } {
  if (reasonToLeaveOut(next) !== null) return { cause: 'cores', lostShare: null };
  const lost = lostEfficiency(factorsOf(next, baseline));
  const greatest = lost && greatestLoss(lost);
  return greatest === null
    ? { cause: 'unknown', lostShare: null }
    : { cause: greatest.loss, lostShare: greatest.share };
}

function causeText(cause: Cause, next: SweptCell): string {
  const { usableCores } = next.overview.machine;
  switch (cause) {
    case 'unknown':
      return '';
    case 'cores':
      return `: {nextThreads} would share ${formatCores(usableCores)}`;
    default:
      return `: on {nextThreads}, ${CAUSES[cause]}`;
  }
}
