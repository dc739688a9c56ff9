/** How the arrow and page keys step a number in its field. */

/** The numbers that a field steps through. */
export interface StepBounds {
  readonly min: number;
  readonly max: number;
  /** The lower bound itself is refused. */
  readonly exclusiveMin?: true;
  readonly whole: boolean;
}

/** A key's step: by one, or by ten. */
export interface NumberStep {
  readonly direction: 1 | -1;
  readonly isPage: boolean;
}

const STEPS: Readonly<Record<string, NumberStep>> = {
  ArrowUp: { direction: 1, isPage: false },
  ArrowDown: { direction: -1, isPage: false },
  PageUp: { direction: 1, isPage: true },
  PageDown: { direction: -1, isPage: true },
};

type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

/** Returns the step that a key asks for; undefined for other keys, and with a modifier. */
export function numberStepOf(press: Press): NumberStep | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = press;
  return ctrlKey || metaKey || altKey || shiftKey || isComposing ? undefined : STEPS[key];
}

/**
 * Returns a number a step on, within its bounds. From 1 on a step is 1 or 10. Below, where only
 * fractions are, it is one in the first digit, and a page a power of ten: 1e-10 goes to 2e-10 or 1e-9.
 */
export function steppedNumber(value: number, step: NumberStep, bounds: StepBounds): number {
  const next = unbounded(value, step, bounds.whole);
  const { min, max, exclusiveMin } = bounds;
  if (next > max) return max;
  return next < min || (exclusiveMin === true && next <= min) ? lowest(value, bounds) : next;
}

function unbounded(value: number, { direction, isPage }: NumberStep, whole: boolean): number {
  const size = Math.abs(value);
  const isFine = !whole && size > 0 && (size < 1 || (size === 1 && direction * value < 0));
  if (isFine && isPage) return rounded(value * 10 ** (direction * Math.sign(value)));
  if (!isFine) return rounded(value + direction * (isPage ? 10 : 1));
  return rounded(value + direction * 10 ** decade(value, direction));
}

/** The power of ten of the first digit, which is another one on the way down from a 1. */
function decade(value: number, direction: 1 | -1): number {
  const [digits = '', power = ''] = Math.abs(value).toExponential().split('e');
  return Number(power) - (digits === '1' && direction * value < 0 ? 1 : 0);
}

/** Without what floating point adds in the last digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(15));
}

function lowest(value: number, { min, exclusiveMin }: StepBounds): number {
  return exclusiveMin === true ? value : min;
}
