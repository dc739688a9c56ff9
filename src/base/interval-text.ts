import { FEWEST_FOR_95, type Interval } from './statistics.js';
import { formatEnds } from './units.js';

/** What an interval of so many repeats is, where the repeats are stated elsewhere: `95 %` or `range`. */
export function intervalKind(repeats: number): string {
  return repeats >= FEWEST_FOR_95 ? '95 %' : 'range';
}

/** What an interval of so many repeats is, in short: `95 %`, or `range of 3` of too few for that. */
export function intervalMark(repeats: number): string {
  const kind = intervalKind(repeats);
  return repeats >= FEWEST_FOR_95 || repeats < 2 ? kind : `${kind} of ${repeats}`;
}

/** What an interval of so many repeats is: `95 % interval`, or `range of 3`. */
export function intervalName(repeats: number): string {
  const mark = intervalMark(repeats);
  return repeats >= FEWEST_FOR_95 ? `${mark} interval` : mark;
}

/** An interval of times or ratios; a dash where there are too few repeats for one. */
export function intervalLabel(
  interval: Interval | null,
  format: (value: number, digits: number) => string,
): string {
  return interval === null ? '–' : formatEnds(...interval, format).join(' to ');
}
