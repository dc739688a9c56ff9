import type { Spread } from '../measure/ratios.js';

/** Figures by name. */
export type Figures = Readonly<Record<string, number>>;

/** A spread as figures: the median under the name, the ends beside it. */
export function spreadFigures(name: string, { median, min, max }: Spread): Figures {
  return { [name]: median, [`${name}Min`]: min, [`${name}Max`]: max };
}
