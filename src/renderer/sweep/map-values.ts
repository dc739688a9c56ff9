import { formatNumber, formatRatio, formatShare } from '../../base/units.js';
import type { Interval } from '../../base/statistics.js';
import type { HeatMap, MapMeasure } from '../../sweep/heat-map.js';

/** A value of a measure as it is written: `3.12×`, `78 %`. */
export function valueText(measure: MapMeasure, value: number): string {
  return measure === 'speedUp' ? formatRatio(value) : formatShare(value);
}

/** The same in a square of the map: `3.1`, `78`. */
export function squareText(measure: MapMeasure, value: number): string {
  return formatNumber(measure === 'speedUp' ? value : 100 * value, 2);
}

/** From which value to which the colours go: shares from 0, so that maps of two sweeps compare. */
export function colourRange({ range }: HeatMap, measure: MapMeasure): Interval {
  if (range === null) return [0, 1];
  const [least, most] = range;
  if (measure === 'speedUp') return [Math.min(1, least), Math.max(1, most)];
  return [0, measure === 'noise' ? most : Math.max(1, most)];
}
