import { groupsBy } from '../base/groups.js';
import type { Figures } from '../experiment/warning-rules.js';
import { fillIn, shownFigures } from '../experiment/warnings.js';
import { leastTask } from './advice/least-task.js';
import { measureNext, noLaw } from './advice/measuring.js';
import { releaseLock } from './advice/release-lock.js';
import type { Finding, Rule } from './advice/rule.js';
import { fewestThreads, gainEnds, gainGoesOn } from './advice/thread-count.js';
import { moreTasks, slowerComputing } from './advice/work.js';
import type { Curve, Where } from './curves.js';
import { isOverThreads, type Fit } from './fits.js';
import { taskSizesOf } from './task-size.js';
import { whereLabel } from './where-label.js';

/** What follows from a sweep, with the figures it rests on. */
export interface Advice {
  /** Scripts may rely on the codes and the figures; the sentences may change. */
  readonly code: AdviceCode;
  readonly message: string;
  /** With the values that tell its curve from the others. */
  readonly figures: Figures;
}

/** Each rule for a curve by its code, in the order in which they are shown. */
const RULES = {
  'fewest-threads': fewestThreads,
  'gain-ends': gainEnds,
  'gain-goes-on': gainGoesOn,
  'release-lock': releaseLock,
  'more-tasks': moreTasks,
  'slower-computing': slowerComputing,
  'no-law': noLaw,
  'measure-next': measureNext,
} as const satisfies Readonly<Record<string, Rule>>;

/** What an advice is about. */
export type AdviceCode = keyof typeof RULES | 'task-size';

/** Advises from the curves of a sweep and their fits, which are those of `fitsOf`. */
export function adviceOf(curves: readonly Curve[], fits: readonly Fit[]): Advice[] {
  const fitted = curves.filter(isOverThreads);
  const ofCurves = fitted.flatMap((curve, index) => {
    const fit = fits[index];
    if (fit === undefined) return [];
    return Object.entries(RULES).flatMap(([code, rule]) => {
      const found = rule({ curve, fit, curves });
      return found === null ? [] : [adviceFrom(code as AdviceCode, curve.where, found)];
    });
  });
  return [...ofCurves, ...taskSizeAdvice(curves)];
}

/** Of each group of curves, what holds on its most threads. */
function taskSizeAdvice(curves: readonly Curve[]): Advice[] {
  const groups = groupsBy(taskSizesOf(curves), ({ where }) => JSON.stringify(where));
  return groups.flatMap((sizes) => {
    const most = sizes.reduce((best, size) => (size.threads > best.threads ? size : best));
    return [adviceFrom('task-size', most.where, leastTask(most))];
  });
}

function adviceFrom(code: AdviceCode, where: Where, { figures, template }: Finding): Advice {
  const place = whereLabel(where);
  const text = fillIn(template, shownFigures(figures));
  return {
    code,
    message: place === '' ? text : `${place}: ${text}`,
    figures: { ...where, ...figures },
  };
}
