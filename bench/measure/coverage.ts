import { pcg64Draws } from '../../src/base/pcg64.js';
import type { Interval } from '../../src/base/statistics.js';
import { fitCurve, speedUpEstimate } from '../../src/sweep/fit/fitted-curve.js';
import { speedUpAt, timeNs, type Law } from '../../src/sweep/fit/law.js';
import type { TimedPoint } from '../../src/sweep/fit/observations.js';
import { coherencySpread, contentionSpread } from '../../src/sweep/fit/uncertainty.js';

/** A sweep whose law is known, so that it can be seen how often its intervals hold the truth. */
export interface Design {
  readonly name: string;
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly contention: number;
  readonly coherency: number;
  /** The standard deviation of relative errors, of a time and of all that is in one round. */
  readonly noise: number;
  readonly roundNoise: number;
}

/** Sweeps of kinds that people make: long and short, quiet and noisy, with and without coherency. */
export const DESIGNS: readonly Design[] = [
  {
    name: 'Amdahl, 7 points, quiet',
    ...{ threads: [1, 2, 4, 8, 16, 32, 64], rounds: 5 },
    ...{ contention: 0.05, coherency: 0, noise: 0.02, roundNoise: 0 },
  },
  {
    name: 'Amdahl, 5 points, noisy rounds',
    ...{ threads: [1, 2, 3, 4, 6], rounds: 10 },
    ...{ contention: 0.2, coherency: 0, noise: 0.05, roundNoise: 0.1 },
  },
  {
    name: 'coherency, 8 points, quiet',
    ...{ threads: [1, 2, 3, 4, 5, 6, 7, 8], rounds: 3 },
    ...{ contention: 0.03, coherency: 0.002, noise: 0.02, roundNoise: 0.02 },
  },
  {
    name: 'coherency, 6 points, one round',
    ...{ threads: [1, 4, 8, 16, 32, 64], rounds: 1 },
    ...{ contention: 0.1, coherency: 0.001, noise: 0.03, roundNoise: 0 },
  },
];

/**
 * In how many of all sweeps the 95 % interval of a figure held the truth: those of contention and
 * coherency before they are cut at 0, which lets them hold it more often where that is the truth.
 */
export interface Coverage {
  readonly contention: number;
  readonly coherency: number;
  /** Of the speed-up on the most threads that were measured, and on twice as many. */
  readonly speedUp: number;
  readonly furtherSpeedUp: number;
  /** How many chose Amdahl's law. */
  readonly amdahl: number;
}

/** Returns the law that a design's times follow, with a second on one thread. */
export function lawOfDesign({ contention, coherency }: Design): Law {
  return {
    parallelNs: 1e9 * (1 - contention),
    serialNs: 1e9 * contention,
    addedNs: 1e9 * coherency,
  };
}

/** Fits so many sweeps of a design, the same for the same seed, and counts what held. */
export function coverageOf(design: Design, sweeps: number, seed: number): Coverage {
  const law = lawOfDesign(design);
  const normal = normalDraws(pcg64Draws(seed));
  const most = Math.max(...design.threads);
  const counts = { contention: 0, coherency: 0, speedUp: 0, furtherSpeedUp: 0, amdahl: 0 };
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const fitted = fitCurve(timesOf(design, law, normal));
    if (fitted === null) continue;
    const counted: Readonly<Record<keyof Coverage, boolean>> = {
      contention: holds(contentionSpread(fitted.known)?.ci95, design.contention),
      coherency: holds(coherencySpread(fitted.known)?.ci95, design.coherency),
      speedUp: holds(speedUpEstimate(fitted, most)?.ci95, speedUpAt(law, most)),
      furtherSpeedUp: holds(speedUpEstimate(fitted, 2 * most)?.ci95, speedUpAt(law, 2 * most)),
      amdahl: fitted.model === 'amdahl',
    };
    for (const name of Object.keys(counts) as (keyof Coverage)[]) {
      if (counted[name]) counts[name] += 1;
    }
  }
  return counts;
}

/** The times of one sweep: its law, with errors of each round and of each time. */
function timesOf(
  { threads, rounds, noise, roundNoise }: Design,
  law: Law,
  normal: () => number,
): TimedPoint[] {
  const shifts = Array.from({ length: rounds }, () => roundNoise * normal());
  return threads.map((count) => ({
    threads: count,
    wallsNs: shifts.map((shift) => timeNs(law, count) * Math.exp(shift + noise * normal())),
  }));
}

function holds(interval: Interval | null | undefined, truth: number): boolean {
  return interval != null && interval[0] <= truth && truth <= interval[1];
}

/** Standard normal numbers of uniform ones in [0, 1) (Box and Muller 1958). */
function normalDraws(draw: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
