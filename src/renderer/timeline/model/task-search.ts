/** The number of a task as somebody writes it, `12` or `#12`; null for anything else. */
export function taskNumber(text: string): number | null {
  const digits = /^\s*#?\s*(\d{1,9})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * The place after (+1) or before (-1) another among so many, from either end where there is none
 * yet; null past the end.
 */
export function stepAmong(count: number, from: number | null, step: 1 | -1): number | null {
  const to = from === null ? (step > 0 ? 0 : count - 1) : from + step;
  return to >= 0 && to < count ? to : null;
}
