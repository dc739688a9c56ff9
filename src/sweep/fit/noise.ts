import { fisherTail } from '../../base/distributions.js';
import type { ModelFit } from './model-fit.js';
import type { Observations } from './observations.js';

/** Below this chance, the law does not describe the points. */
const LACK_LIMIT = 0.01;

/** Times are not known better than to this share: what rounding leaves is no noise. */
const ROUNDING = 1e-12;

/** Whether the points lie further from the law than their repeats vary. */
export interface LackOfFit {
  /** The mean square of the points about the law over that of the repeats about the points. */
  readonly f: number;
  /** The chance of an F as large where the law is right. */
  readonly p: number;
}

/** How far times lie from the law. */
export interface Noise {
  /** The mean square of relative errors. */
  readonly meanSquare: number;
  readonly freedom: number;
  /** Null where there are no repeats to compare the points with. */
  readonly lackOfFit: LackOfFit | null;
}

/**
 * Works out the noise about the fullest model: of points and repeats together, or where the law does
 * not describe the points, of the points alone.
 */
export function noiseAbout(fit: ModelFit, { threads, repeats }: Observations): Noise {
  const freedom = threads.length - fit.terms.length;
  const lackOfFit = lackOf(fit.squares, freedom, repeats);
  const lacks = isLacking(lackOfFit);
  return {
    meanSquare: lacks
      ? meanSquare(fit.squares, freedom)
      : meanSquare(fit.squares + repeats.sum, freedom + repeats.freedom),
    freedom: lacks ? freedom : freedom + repeats.freedom,
    lackOfFit,
  };
}

/** Whether the law does not describe the points. */
export function isLacking(lack: LackOfFit | null): boolean {
  return lack !== null && lack.p < LACK_LIMIT;
}

function lackOf(
  squares: number,
  freedom: number,
  repeats: Observations['repeats'],
): LackOfFit | null {
  if (freedom === 0 || repeats.freedom === 0) return null;
  const f = meanSquare(squares, freedom) / meanSquare(repeats.sum, repeats.freedom);
  return { f, p: fisherTail(f, freedom, repeats.freedom) };
}

function meanSquare(sum: number, freedom: number): number {
  return Math.max(sum / freedom, ROUNDING ** 2);
}
