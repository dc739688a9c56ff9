import { gammaln } from 'simple-statistics';

/**
 * Student's t and Fisher's F, both from the regularised incomplete beta function. By hand: of the
 * typed packages that have them, the smallest brings more than two hundred others.
 */

/** Continued fractions of the incomplete beta function need some √max(a, b) terms. */
const MOST_TERMS = 10_000;

/** Stands for a denominator of 0 in a continued fraction. */
const TINY = 1e-300;

/** Halvings of an interval after which a double has no digit left to find. */
const HALVINGS = 200;

/**
 * Returns the probability that an F with so many degrees of freedom, of the numerator and of the
 * denominator, is greater than `f`.
 */
export function fisherTail(f: number, numerator: number, denominator: number): number {
  if (Number.isNaN(f)) return NaN;
  if (f <= 0) return 1;
  if (f === Infinity) return 0;
  const share = denominator / (denominator + numerator * f);
  return incompleteBeta(share, denominator / 2, numerator / 2);
}

const known95 = new Map<number, number>();

/**
 * Returns what the absolute value of Student's t with so many degrees of freedom stays below in 95 %
 * of cases: its 97.5 % quantile.
 */
export function student95(freedom: number): number {
  const known = known95.get(freedom);
  if (known !== undefined) return known;
  // |t| > b where freedom / (freedom + t²), which is of a beta distribution, is below a bound.
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, freedom / 2, 0.5) < 0.05) low = middle;
    else high = middle;
  }
  const bound = Math.sqrt((freedom * (1 - high)) / high);
  known95.set(freedom, bound);
  return bound;
}

/** The regularised incomplete beta function I_x(a, b) (NIST DLMF 8.17). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly on this side of the mean; the other side is its complement.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  return factor * betaFraction(x, a, b);
}

/** The continued fraction of DLMF 8.17.22, evaluated forwards (Lentz 1976, with Thompson and Barnett's guard). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / guarded(1 + term * d);
      c = guarded(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < Number.EPSILON) break;
  }
  return fraction;
}

function guarded(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
