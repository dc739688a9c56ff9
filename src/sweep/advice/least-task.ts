import { computesOneAtATime, SPECIFICATIONS } from '../../experiment/parameters.js';
import { formatNumber, formatShare } from '../../base/units.js';
import { ACCEPTABLE_EFFICIENCY, type TaskSize } from '../task-size.js';
import type { Finding } from './rule.js';

/** Says from which size on tasks are worth their threads, or that none is. */
export function leastTask(size: TaskSize): Finding {
  const { threads, over, costNs, factor, leastTaskNs, leastValue } = size;
  const efficiency = formatShare(ACCEPTABLE_EFFICIENCY);
  const label = SPECIFICATIONS[over].label.toLowerCase();
  const known = { threads, costNs, factorRatio: factor };
  if (leastTaskNs === null) {
    const reason = computesOneAtATime(size.lock)
      ? 'the lock is held throughout'
      : 'a task takes {factorRatio} as much of a lane’s time as alone, however large';
    return {
      figures: known,
      template: `No task size helps {threads} threads to an efficiency of ${efficiency}: ${reason}.`,
    };
  }
  const figures = { ...known, leastTaskNs, ...(leastValue === null ? {} : { leastValue }) };
  const value =
    leastValue === null
      ? 'more than was measured'
      : `a ${label} of ${leastValue === size.leastMeasured ? 'the least measured, ' : 'about '}${formatNumber(leastValue, 2)}`;
  return {
    figures,
    template: `Tasks of {leastTaskNs} or more on one thread, ${value}, keep {threads} threads at an efficiency of ${efficiency}.`,
  };
}
