import type { Interval } from '../base/statistics.js';
import type { Verdict, VerdictKind } from './verdict.js';

/** How fast another run of the same work was. */
export interface MeasuredSpeed {
  readonly run: number;
  /** How many times as fast as the judged one. */
  readonly ratio: number;
  /** Its 95 % interval, or their range where repeats are too few; null with fewer than three. */
  readonly ci95: Interval | null;
  /** The repeats of the one that has fewer. */
  readonly repeats: number;
}

/** The other runs of the same work that were measured, as far as there are any. */
export interface MeasuredRuns {
  /** On one lane, without a lock. */
  readonly serial: MeasuredSpeed | null;
  /** On as many lanes and by the same scheduler, without the lock that the judged one has. */
  readonly unlocked: MeasuredSpeed | null;
  /** The one that the others are set against. */
  readonly baseline: MeasuredSpeed | null;
  /** The fastest of all. */
  readonly fastest: MeasuredSpeed | null;
}

export const NOTHING_MEASURED: MeasuredRuns = {
  serial: null,
  unlocked: null,
  baseline: null,
  fastest: null,
};

/** Another run is much faster where it is so by more than a tenth, with its whole interval above 1. */
const MUCH_FASTER = 1 / 0.9;

/** What says that the lanes are made good use of. */
const GOOD: ReadonlySet<VerdictKind> = new Set(['well-used', 'sleeping']);

/**
 * The measured run that denies a verdict: one that was faster where the verdict says that the lanes are
 * well used. A serial run does so if it was faster at all, as several lanes that are slower than one are
 * used in vain; the others if they were much faster. Null where none does.
 */
export function slowerThan(
  { kind, lanes }: Pick<Verdict, 'kind' | 'lanes'>,
  { serial, unlocked, baseline, fastest }: MeasuredRuns,
): MeasuredSpeed | null {
  if (!GOOD.has(kind)) return null;
  if (serial !== null && lanes > 1 && serial.ratio > 1) return serial;
  return [baseline, unlocked, serial, fastest].find(isMuchFaster) ?? null;
}

function isMuchFaster(other: MeasuredSpeed | null): boolean {
  if (other === null || other.ratio <= MUCH_FASTER) return false;
  return other.ci95 === null || other.ci95[0] > 1;
}
