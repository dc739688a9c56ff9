import { expect, it } from 'vitest';
import { measurePairs } from '../../bench/measure/pairs.js';

/** Numbers that come again and again. */
function cycle(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length] ?? 0;
}

it('measures the two of a pair one after the other, in every round', async () => {
  const order: string[] = [];
  const measurement = (name: string, value: number) => () => {
    order.push(name);
    return value;
  };
  const pairs = ['a', 'b', 'c'].map((name, index) => ({
    first: measurement(name, index),
    second: measurement(name.toUpperCase(), 10 + index),
  }));
  const values = await measurePairs(pairs, { rounds: 4, random: cycle([0.9, 0.1, 0.6, 0.3, 0.5]) });

  expect(values).toEqual(
    [0, 1, 2].map((index) => ({ first: Array(4).fill(index), second: Array(4).fill(10 + index) })),
  );
  const couples = Array.from({ length: 12 }, (_, couple) =>
    order.slice(2 * couple, 2 * couple + 2),
  );
  for (const [one, other] of couples) expect(one?.toLowerCase()).toBe(other?.toLowerCase());
  // Both orders come up, and not always the same pair first.
  expect(new Set(couples.map((couple) => couple.join(''))).size).toBeGreaterThan(3);
});

it('waits for a measurement before it makes the next', async () => {
  let running = 0;
  const measure = async () => {
    running += 1;
    await Promise.resolve();
    const together = running;
    running -= 1;
    return together;
  };
  const [values] = await measurePairs([{ first: measure, second: measure }], { rounds: 3 });
  expect(values).toEqual({ first: [1, 1, 1], second: [1, 1, 1] });
});
