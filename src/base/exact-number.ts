/** A decimal number in ASCII with nothing around it: `12`, `-0.5`, `1e3`. */
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/**
 * Reads a plain decimal number. Null for any other text, for what is beyond all numbers, and for what
 * is a whole number only by rounding, such as 2^53 + 1.
 */
export function exactNumber(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  const isRounded = Number.isInteger(value) && digitsOf(text) !== digitsOf(String(value));
  return Number.isFinite(value) && !isRounded ? value : null;
}

/** A decimal number in one way of writing it: its digits without zeros around them, and a power of ten. */
function digitsOf(decimal: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(decimal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}
