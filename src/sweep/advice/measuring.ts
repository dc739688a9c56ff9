import { formatNumber } from '../../base/units.js';
import { isLacking } from '../fit/noise.js';
import type { Rule } from './rule.js';

/** Says that no law describes the points. */
export const noLaw: Rule = ({ fit: { lackOfFit } }) => {
  if (lackOfFit === null || !isLacking(lackOfFit)) return null;
  return {
    figures: { f: lackOfFit.f, p: lackOfFit.p },
    template: `The law does not describe these times (they lie from it ${formatNumber(lackOfFit.f, 2)} times as far, squared, as repeats vary): trust the points, and nothing beyond them.`,
  };
};

/** Says which numbers of threads would tell the most. */
export const measureNext: Rule = ({ fit: { next } }) => {
  const [first] = next;
  if (first === undefined) return null;
  const same = next.filter(({ reason }) => reason === first.reason);
  return {
    figures: { threads: same.map(({ threads }) => threads).join(','), reason: first.reason },
    template: 'Measure next, with --threads {threads}: {reason}.',
  };
};
