import { readNumber, type NumberReading, type NumberSigns } from '../../../base/number-text.js';

/** Reads the number of a task as people write it: `12`, `#12`, in any digits. */
export function readTask(text: string, signs: NumberSigns): NumberReading {
  return readNumber(text.replace(/^\s*[#＃№]/u, ''), { whole: true }, signs);
}

/**
 * The place after (+1) or before (-1) another among so many, from either end where there is none
 * yet; null past the end.
 */
export function stepAmong(count: number, from: number | null, step: 1 | -1): number | null {
  const to = from === null ? (step > 0 ? 0 : count - 1) : from + step;
  return to >= 0 && to < count ? to : null;
}
