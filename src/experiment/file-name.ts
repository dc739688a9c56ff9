import { SPECIFICATIONS, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';

/** The reader's own day. */
export function today(): Date {
  return new Date();
}

/**
 * The name that a file of a run is proposed under, without its extension: the day and what distinguishes runs
 * apart, such as `gilscope-2026-11-30-gil-held-300x64-2-threads`. It has only what every file system
 * takes, and begins with no word by which a viewer takes a file for one of another program's.
 */
export function runFileName(parameters: Parameters, date: Date): string {
  const { lock, scheduler } = parameters;
  const how = scheduler === SPECIFICATIONS.scheduler.fallback ? [] : [scheduler];
  return nameOf(date, lock === 'none' ? 'no-lock' : lock, ...how, workOf(parameters));
}

/** Likewise of a comparison: `gilscope-2026-11-30-comparison-300x64-2-threads`. */
export function comparisonFileName(parameters: Parameters, date: Date): string {
  return nameOf(date, 'comparison', workOf(parameters));
}

/** Likewise of a sweep: `gilscope-2026-11-30-sweep-12-cells`. */
export function sweepFileName(cells: number, date: Date): string {
  return nameOf(date, 'sweep', String(cells), cells === 1 ? 'cell' : 'cells');
}

/** Longest part of such a name that the user has chosen. */
const NAME_LENGTH = 60;

/** Likewise of what has a name of its own: `gilscope-2026-11-30-before-the-change`. */
export function namedFileName(name: string, date: Date): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['recording'];
  return nameOf(date, words.join('-').slice(0, NAME_LENGTH));
}

function nameOf(date: Date, ...words: string[]): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(digits);
  return ['gilscope', ...day, ...words].join('-');
}

function workOf(parameters: Parameters): string {
  const { workload, matrices, size, sleepMs } = parameters;
  const lanes = laneCount(parameters);
  const each = workload === 'power' ? String(size) : `${sleepMs}ms`;
  return `${matrices}x${each}-${lanes}-${lanes === 1 ? 'thread' : 'threads'}`;
}
