import { expect, it } from 'vitest';
import { coverageOf, DESIGNS } from '../../bench/measure/coverage.js';

/** Few enough to be quick: the bench fits thousands. */
const SWEEPS = 300;

/** Four standard deviations of a share of 95 % in so many: the seed is fixed, so that none is unlucky. */
const LEEWAY = 4 * Math.sqrt((0.95 * 0.05) / SWEEPS);

it.each(DESIGNS)('95 % intervals hold the truth in 95 % of sweeps: $name', (design) => {
  const { contention, coherency, speedUp, furtherSpeedUp } = coverageOf(design, SWEEPS, 1);
  for (const held of [contention, coherency, speedUp, furtherSpeedUp]) {
    expect(Math.abs(held / SWEEPS - 0.95)).toBeLessThan(LEEWAY);
  }
});

it.each(DESIGNS.filter(({ coherency }) => coherency === 0))(
  'Amdahl’s law is chosen in 95 % of sweeps where it is true: $name',
  (design) => {
    const { amdahl } = coverageOf(design, SWEEPS, 2);
    expect(Math.abs(amdahl / SWEEPS - 0.95)).toBeLessThan(LEEWAY);
  },
);
