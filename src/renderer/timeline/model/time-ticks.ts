import { roundUp } from '../../../base/round-numbers.js';
import { unitFor, type TimeUnit } from '../../../base/units.js';
import type { TimeRange } from './time-window.js';

/** A mark on the time axis. */
export interface TimeTick {
  readonly value: number;
  readonly label: string;
}

/** Space that a character of a label takes, in px, at most; and the gap to the next label. */
const CHARACTER_PX = 7.5;
const GAP_PX = 40;

/**
 * Marks at round times, in steps of 1, 2 or 5 of a power of ten and of at least a nanosecond, so
 * far apart that labels do not touch. All labels are in the unit that fits the range's end, with as
 * many decimals as distinguish neighbours; one that would be cut off is left out.
 */
export function timeTicks(range: TimeRange, widthPx: number): TimeTick[] {
  const { startNs, endNs } = range;
  const nsPerPx = (endNs - startNs) / widthPx;
  if (!(nsPerPx > 0) || !Number.isFinite(nsPerPx)) return [];
  const unit = unitFor(endNs);
  let step = roundStep(nsPerPx);
  while (step < (GAP_PX + CHARACTER_PX * tickLabel(endNs, unit, step).length) * nsPerPx) {
    step = roundStep(step * 1.01);
  }
  const first = Math.ceil(startNs / step);
  const last = Math.floor(endNs / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * step;
    const label = tickLabel(value, unit, step);
    // A label stands to the right of its mark; the last one may have no room left.
    const fits = (endNs - value) / nsPerPx >= CHARACTER_PX * label.length;
    return { value, label: fits ? label : '' };
  });
}

/** Returns the smallest round number of ns that is no smaller, at least 1. */
export function roundStep(leastNs: number): number {
  return roundUp(Math.max(1, leastNs));
}

/** A time in a unit, with the decimals that steps of that size need. */
function tickLabel(timeNs: number, unit: TimeUnit, stepNs: number): string {
  const decimals = Math.max(0, Math.ceil(Math.log10(unit.nanoseconds / stepNs) - 1e-9));
  return `${(timeNs / unit.nanoseconds).toFixed(decimals)} ${unit.name}`;
}

/** A time with the decimals that distinguish it from one so many ns later: `12.401 ms`. */
export function formatTime(timeNs: number, resolutionNs: number): string {
  return tickLabel(timeNs, unitFor(timeNs), roundStep(resolutionNs));
}
