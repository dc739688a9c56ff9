import { expect, it } from 'vitest';
import { QueueLock } from '../../../../src/engine/lane/locks/queue-lock.js';
import { Threads, exploreAll, simulate } from '../../../fixtures/threads.js';

const words = new Int32Array(new SharedArrayBuffer(64));
const NEXT_TICKET = 0;
/** How many are inside. */
const INSIDE = 1;
const FIRST_SLOT = 4;

function queueLock(slots: number): QueueLock {
  return new QueueLock(words, NEXT_TICKET, FIRST_SLOT, slots);
}

/** A lane that takes the lock so many times; it throws where another is inside meanwhile. */
function lane(turns: number, slots: number): () => void {
  return () => {
    const lock = queueLock(slots);
    for (let turn = 0; turn < turns; turn += 1) {
      lock.lock();
      if (Atomics.add(words, INSIDE, 1) !== 0) throw new Error('two are inside');
      Atomics.add(words, INSIDE, -1);
      lock.unlock();
    }
  };
}

it.each([
  { turns: [3, 3], slots: 2 },
  { turns: [1, 1, 1], slots: 4 },
  { turns: [4], slots: 1 },
])('has one inside, and wakes whoever waits, in every order: %j', ({ turns, slots }) => {
  const threads = new Threads(turns.map((times) => lane(times, slots)));
  const orders = exploreAll(threads, { timeouts: 0 });
  expect(orders).toBeGreaterThan(turns.length === 1 ? 1 : 100);
});

it('is had in the order in which lanes came, whoever wakes sooner', () => {
  const turns: { lane: number; atMs: number }[][] = [];
  const program = (lane: number) => {
    const lock = queueLock(4);
    // Each program is run from its start for every step.
    const own: { lane: number; atMs: number }[] = (turns[lane] = []);
    threads.work(lane);
    for (let turn = 0; turn < 3; turn += 1) {
      lock.lock();
      own.push({ lane, atMs: threads.clock() });
      threads.work(10);
      lock.unlock();
    }
  };
  const threads: Threads = new Threads([program, program, program, program]);
  // The first lanes take longest to wake, so that others could get ahead of them.
  simulate(threads, { stepMs: 1e-3, wakeMs: (lane) => 5 - lane });
  const order = turns.flat().sort((a, b) => a.atMs - b.atMs);
  expect(order.map(({ lane }) => lane)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
});
