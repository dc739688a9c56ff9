import { describe, expect, it } from 'vitest';
import type { Sliced } from '../../src/shared/analysis/span-walk.js';
import { runInSlices } from '../../src/renderer/slices.js';

/** A host whose clock goes on 1 ms with every look at it, and whose turns are taken by hand. */
function handHost() {
  const turns: (() => void)[] = [];
  let time = 0;
  return {
    host: { now: () => (time += 1), soon: (task: () => void) => turns.push(task) },
    turn: () => turns.shift()?.(),
    get waiting() {
      return turns.length;
    },
  };
}

function* counting(steps: number, done: number[]): Sliced<string> {
  for (let step = 0; step < steps; step += 1) {
    done.push(step);
    yield;
  }
  return 'counted';
}

describe('work in slices', () => {
  it('goes on in turns of a few milliseconds and hands its result over', () => {
    const hand = handHost();
    const done: number[] = [];
    const results: string[] = [];
    runInSlices(counting(10, done), (result) => results.push(result), hand.host);
    expect(done).toEqual([]);
    hand.turn();
    expect(done).toEqual([0, 1, 2]);
    hand.turn();
    hand.turn();
    hand.turn();
    expect(results).toEqual(['counted']);
    expect(hand.waiting).toBe(0);
  });

  it('stops for good when it is given up', () => {
    const hand = handHost();
    const done: number[] = [];
    const results: string[] = [];
    const giveUp = runInSlices(counting(10, done), (result) => results.push(result), hand.host);
    hand.turn();
    giveUp();
    hand.turn();
    expect(done).toHaveLength(3);
    expect(hand.waiting).toBe(0);
    expect(results).toEqual([]);
  });
});
