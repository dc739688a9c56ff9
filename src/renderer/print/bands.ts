import type { Stripe } from '../timeline/model/lane-rows.js';

/**
 * Cuts a picture into parts that each fit on a page: as few as can be, at the places where it may be
 * cut, or, where those are too far apart, wherever a part is full.
 */
export function bandsOf(
  heightPx: number,
  cutsPx: readonly number[],
  mostPx: number,
): readonly Stripe[] {
  const bands: Stripe[] = [];
  for (let top = 0; top < heightPx;) {
    const full = top + mostPx;
    const cuts = cutsPx.filter((cut) => cut > top && cut <= full);
    const end = full >= heightPx ? heightPx : Math.max(...cuts, cuts.length === 0 ? full : 0);
    bands.push({ top, height: end - top });
    top = end;
  }
  return bands;
}
