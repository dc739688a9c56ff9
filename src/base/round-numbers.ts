/** Round numbers as scales have them: 1, 2 and 5 times powers of ten. */

/** What powers of ten are multiplied by, from the smallest on. */
export const ROUND_DIGITS = [1, 2, 5] as const;

/** Returns the smallest round number that is no smaller than a positive value. */
export function roundUp(value: number): number {
  const power = powerBelow(value);
  return (ROUND_DIGITS.find((digit) => digit * power >= value) ?? 10) * power;
}

/** Returns the greatest round number that is no greater than a positive value. */
export function roundDown(value: number): number {
  const power = powerBelow(value);
  return (ROUND_DIGITS.findLast((digit) => digit * power <= value) ?? 1) * power;
}

/** The greatest power of ten that is no greater, but for the rounding of a logarithm. */
function powerBelow(value: number): number {
  return 10 ** Math.floor(Math.log10(value));
}
