/** Round numbers as scales have them: 1, 2 and 5 times powers of ten. */

/** What powers of ten are multiplied by, from the smallest on. */
export const ROUND_DIGITS = [1, 2, 5] as const;

/** Returns the smallest round number that is no smaller than a positive value. */
export function roundUp(value: number): number {
  const power = exponentOf(value);
  const above = [...roundNumbers(power), ...roundNumbers(power + 1)];
  return above.find((round) => round >= value) ?? Infinity;
}

/** Returns the greatest round number that is no greater than a positive value. */
export function roundDown(value: number): number {
  return roundNumbers(exponentOf(value)).findLast((round) => round <= value) ?? 0;
}

/** Those of a power of ten, each the number nearest to its decimal text. */
function roundNumbers(power: number): number[] {
  return ROUND_DIGITS.map((digit) => Number(`${digit}e${power}`));
}

/** The power of ten of a number's first digit; a logarithm would be off by its rounding. */
function exponentOf(value: number): number {
  const [, exponent] = value.toExponential().split('e');
  return Number(exponent);
}
