import { formatCount } from '../../src/base/units.js';
import { coverageOf, DESIGNS, type Coverage } from '../measure/coverage.js';
import type { Section } from '../section.js';

const SWEEPS = 2000;
const SEED = 17;

const FIGURES = {
  contention: 'contention',
  coherency: 'coherency',
  speedUp: 'speed-up',
  furtherSpeedUp: 'on twice the threads',
  amdahl: 'Amdahl chosen',
} as const satisfies Record<keyof Coverage, string>;

/** How often the 95 % intervals of fitted laws hold the truth, in sweeps that are made up of it. */
export const coverage: Section = {
  title: 'Coverage: how often 95 % intervals of a fitted law hold the truth',
  measure({ pace: { scale } }) {
    const sweeps = Math.round(SWEEPS * scale);
    const covered = DESIGNS.map((design) => ({
      design,
      counts: coverageOf(design, sweeps, SEED),
    }));
    const names = Object.keys(FIGURES) as (keyof Coverage)[];
    const rows = covered.map(({ design, counts }) => [
      design.name,
      ...names.map((name) => `${((100 * counts[name]) / sweeps).toFixed(1)} %`),
    ]);
    const headings = ['Sweep', ...names.map((name) => FIGURES[name])];
    const notes = [
      `Of ${formatCount(sweeps)} seeded sweeps each. Amdahl’s law is to be chosen in 95 % where it is true.`,
    ];
    return Promise.resolve({ figures: { sweeps, covered }, tables: [{ headings, rows }], notes });
  },
};
