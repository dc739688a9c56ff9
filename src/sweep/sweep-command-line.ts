import { PROGRAM } from '../experiment/command-line.js';
import { PARAMETER_NAMES, SPECIFICATIONS } from '../experiment/parameters.js';
import type { Axes } from './axes.js';

/**
 * The command line that measures the same sweep: every parameter with several values or another than its
 * default, and the threads. Values are plain numbers and names, so that no shell needs them quoted.
 */
export function sweepCommandLine(axes: Axes): string {
  const flags = PARAMETER_NAMES.filter(
    (name) =>
      name === 'threads' ||
      axes[name].length > 1 ||
      axes[name][0] !== SPECIFICATIONS[name].fallback,
  ).map((name) => `${SPECIFICATIONS[name].flag} ${axes[name].join(',')}`);
  return [PROGRAM, 'sweep', ...flags].join(' ');
}
