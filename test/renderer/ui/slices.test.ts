import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { finish, type CooperativeTask } from '../../../src/base/cooperative-task.js';
import { doneInSlices, givingWay, runInSlices, telling } from '../../../src/renderer/ui/slices.js';

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

function* counting(steps: number, done: number[]): CooperativeTask<string> {
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
    const cancel = runInSlices(counting(10, done), (result) => results.push(result), hand.host);
    hand.turn();
    cancel();
    hand.turn();
    expect(done).toHaveLength(3);
    expect(hand.waiting).toBe(0);
    expect(results).toEqual([]);
  });
});

describe('work in slices that is waited for', () => {
  it('gives its result', async () => {
    const hand = handHost();
    const result = doneInSlices(counting(4, []), hand.host);
    hand.turn();
    hand.turn();
    expect(await result).toBe('counted');
  });

  it('fails where the work does', async () => {
    const hand = handHost();
    // eslint-disable-next-line require-yield -- it fails before
    function* failing(): CooperativeTask<void> {
      throw new Error('no room');
    }
    const result = doneInSlices(failing(), hand.host);
    hand.turn();
    await expect(result).rejects.toThrow('no room');
  });
});

describe('steps that are awaited', () => {
  it('give way where they have gone on for long, and only then', async () => {
    const hand = handHost();
    const giveWay = givingWay(hand.host);
    let steps = 0;
    const work = (async () => {
      for (; steps < 30; steps += 1) await giveWay();
    })();
    const stops: number[] = [];
    while (steps < 30) {
      await nextTurn();
      if (hand.waiting > 0) stops.push(steps);
      hand.turn();
    }
    await work;
    // The clock goes on 1 ms with each look at it, and one look is at each turn's beginning.
    expect(stops).toEqual([11, 23]);
  });
});

describe('work that tells how far it is', () => {
  const toldOf = (msAStep: number) => {
    let time = 0;
    const now = () => (time += msAStep);
    const shares: number[] = [];
    expect(finish(telling(counting(20, []), 20, (share) => shares.push(share), now))).toBe(
      'counted',
    );
    return shares;
  };

  it('says nothing of what is soon done', () => {
    expect(toldOf(1)).toEqual([]);
  });

  it('tells tenths from half a second on', () => {
    expect(toldOf(120)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  });
});
