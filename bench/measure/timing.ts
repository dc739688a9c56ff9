import { systemClock, toNanoseconds } from '../../src/base/units.js';

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
function turnsFor(loop: Loop, milliseconds: number): number {
  const wanted = toNanoseconds(milliseconds);
  for (let turns = 1; ; turns *= 2) {
    const took = timeOf(() => {
      loop(turns);
    });
    if (took >= wanted / 2) return Math.max(1, Math.round((turns * wanted) / took));
  }
}

/** A loop that turns so many times as often in the same time is still being optimised. */
const FASTER = 1.1;

/** A measurement of a loop: nanoseconds a turn, over as many turns as take `milliseconds`. */
export function perTurn(loop: Loop, milliseconds: number): () => number {
  // Until it gets no faster: a loop that was not yet optimised would be given too few turns.
  let turns = turnsFor(loop, milliseconds);
  for (let more = turnsFor(loop, milliseconds); more > FASTER * turns;) {
    turns = more;
    more = turnsFor(loop, milliseconds);
  }
  return () =>
    timeOf(() => {
      loop(turns);
    }) / turns;
}
