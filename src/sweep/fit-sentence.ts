import type { Interval } from '../base/statistics.js';
import { formatCounted, formatEnds, formatNumber, formatRatio } from '../base/units.js';
import { FEWEST_POINTS } from './fit/choose.js';
import type { Estimate } from './fit/fitted-curve.js';
import { isLacking, type LackOfFit } from './fit/noise.js';
import type { Fit } from './fits.js';

/** Says what law the times of a curve follow, in a sentence or two. */
export function fitSentence(fit: Fit): string {
  return [lawSentence(fit), ...lackSentence(fit.lackOfFit)].join(' ');
}

function lawSentence({ chosen, contention, coherency, ceiling, peak, points }: Fit): string {
  const most = Math.max(...points.map(({ threads }) => threads));
  const atMost = ceiling === null ? '' : `, at most ${formatRatio(ceiling)} as fast as one thread`;
  const fastest =
    peak === null
      ? `its peak beyond ${most} threads`
      : `fastest on ${formatCounted(Math.round(peak), 'thread')}`;
  switch (chosen) {
    case null:
      return `No law: Amdahl’s takes ${FEWEST_POINTS.amdahl} numbers of threads, and ${points.length} can be fitted.`;
    case 'linear':
      return `Linear: no contention to be seen${upTo(contention?.ci95)}.`;
    case 'amdahl':
      return `Amdahl’s law: contention ${shareText(contention)}${atMost}.`;
    case 'usl':
      return `Universal Scalability Law: contention ${shareText(contention)}, coherency ${shareText(coherency)}, ${fastest}.`;
  }
}

function lackSentence(lack: LackOfFit | null): string[] {
  if (lack === null || !isLacking(lack)) return [];
  const chance = lack.p < 0.001 ? '< 0.001' : `= ${formatNumber(lack.p, 1)}`;
  return [
    `The law does not describe these points (F = ${formatNumber(lack.f)}, p ${chance}), so that it says nothing beyond them.`,
  ];
}

/** `5.66 % (3.87 to 7.41 %)`. */
function shareText(estimate: Estimate | null): string {
  if (estimate === null) return 'not known';
  const { value, ci95 } = estimate;
  const [low, high] = ci95 === null ? [] : formatEnds(100 * ci95[0], 100 * ci95[1]);
  const interval = low === undefined || high === undefined ? '' : ` (${low} to ${high} %)`;
  return `${formatNumber(100 * value)} %${interval}`;
}

function upTo(interval: Interval | null | undefined): string {
  return interval == null ? '' : `, at most ${formatNumber(100 * interval[1])} %`;
}
