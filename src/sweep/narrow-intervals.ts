import { speedUpByRounds } from '../experiment/speed-up.js';
import { FEWEST_FOR_95 } from '../base/statistics.js';
import type { Cell } from './axes.js';
import { curvesOnMachine } from './curves.js';

/** Tells when the intervals of all speed-ups of a sweep are narrow enough for it to end. */
export class NarrowIntervals {
  readonly #share: number;
  /** The places of the cells that have a speed-up, each with that of what it is over. */
  #pairs: readonly (readonly [cell: number, baseline: number])[];

  /** @param share the width of an interval over its speed-up, at most */
  constructor(cells: readonly Cell[], share: number) {
    this.#share = share;
    this.#pairs = baselinePairs(cells);
  }

  /** Whether they are, by the wall times of each cell's rounds, in ns. */
  areNarrow(wallsNs: readonly (readonly number[])[]): boolean {
    const wide = this.#pairs.findIndex(([cell, baseline]) =>
      this.#isWide(wallsNs[cell] ?? [], wallsNs[baseline] ?? []),
    );
    if (wide < 0) return true;
    // What was wide is looked at first the next time: an interval takes milliseconds.
    this.#pairs = [...this.#pairs.slice(wide), ...this.#pairs.slice(0, wide)];
    return false;
  }

  #isWide(wallsNs: readonly number[], baselineNs: readonly number[]): boolean {
    if (wallsNs.length < FEWEST_FOR_95) return true;
    const { ratio, ci95 } = speedUpByRounds(wallsNs, baselineNs);
    return ci95 === null || ci95[1] - ci95[0] > this.#share * ratio;
  }
}

/** The places of the cells whose speed-up is over another cell, and of that one. */
function baselinePairs(cells: readonly Cell[]): [cell: number, baseline: number][] {
  const placed = cells.map(({ parameters }, index) => ({
    index,
    overview: { params: parameters },
  }));
  return curvesOnMachine(placed).flatMap(({ cells: ofCurve, baseline }) =>
    ofCurve.flatMap(({ index }): [number, number][] =>
      baseline === null || baseline.index === index ? [] : [[index, baseline.index]],
    ),
  );
}

/** Whether cells have speed-ups at all: two on one curve, or a serial one of the same work. */
export function hasSpeedUps(cells: readonly Cell[]): boolean {
  return baselinePairs(cells).length > 0;
}
