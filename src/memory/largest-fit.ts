import { SPECIFICATIONS, type Parameters } from '../experiment/parameters.js';
import { layoutOf } from './layout.js';

/**
 * Returns the most matrices, or the largest size of them, with which a run takes no more than so many
 * bytes of shared memory, all else as it is; null where even the least takes more.
 */
export function largestFit(
  name: 'matrices' | 'size',
  parameters: Parameters,
  availableBytes: number,
): number | null {
  const fits = (value: number) =>
    layoutOf({ ...parameters, [name]: value }).totalBytes <= availableBytes;
  let low: number = SPECIFICATIONS[name].min;
  if (!fits(low)) return null;
  // What fits lies at `low`, and what does not at `high`: a run takes more the larger it is.
  let high = parameters[name];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
