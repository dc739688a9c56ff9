import { systemClock, toNanoseconds } from '../../src/shared/units.js';

/** Does some work `count` times over. */
export type Loop = (count: number) => void;

/** Nanoseconds that a piece of work takes, fraction of a clock's step included. */
export function timeOf(work: () => void): number {
  const start = systemClock();
  work();
  return toNanoseconds(systemClock() - start);
}

/** The same for work that is waited for. */
export async function timeOfAsync(work: () => Promise<void>): Promise<number> {
  const start = systemClock();
  await work();
  return toNanoseconds(systemClock() - start);
}

/** How often a loop must turn to take about so long, in ms; it is warm afterwards. */
export function turnsFor(loop: Loop, milliseconds: number): number {
  const wanted = toNanoseconds(milliseconds);
  for (let turns = 1; ; turns *= 2) {
    const took = timeOf(() => {
      loop(turns);
    });
    if (took >= wanted / 2) return Math.max(1, Math.round((turns * wanted) / took));
  }
}

/** A measurement of a loop: nanoseconds a turn, over as many turns as take `milliseconds`. */
export function perTurn(loop: Loop, milliseconds: number): () => number {
  // Twice, as the first time is before the loop is optimised.
  turnsFor(loop, milliseconds);
  const turns = turnsFor(loop, milliseconds);
  return () =>
    timeOf(() => {
      loop(turns);
    }) / turns;
}
