import { expect, it } from 'vitest';
import { ConditionLock } from '../../../../src/engine/lane/locks/condition-lock.js';
import { Threads, exploreAll } from '../../../fixtures/threads.js';

const words = new Int32Array(new SharedArrayBuffer(16));
const AT = { locked: 0, waiters: 1, signals: 2 };
/** How many are inside. */
const INSIDE = 3;

/** A lane that takes the lock so many times; it throws where another is inside meanwhile. */
function lane(turns: number): () => void {
  return () => {
    const lock = new ConditionLock(words, AT);
    for (let turn = 0; turn < turns; turn += 1) {
      if (!lock.tryLock()) lock.lock();
      if (Atomics.add(words, INSIDE, 1) !== 0) throw new Error('two are inside');
      Atomics.add(words, INSIDE, -1);
      lock.unlock();
    }
  };
}

it.each([[[2, 2]], [[1, 1, 1]]])(
  'has one inside, and wakes whoever waits, in every order: lanes with %j turns',
  (turns) => {
    const threads = new Threads(turns.map((times) => lane(times)));
    expect(exploreAll(threads, { timeouts: 0 })).toBeGreaterThan(100);
  },
);

it('wakes a waiter at every release, though one it woke before has not come yet', () => {
  const lock = new ConditionLock(words, AT);
  words.set([1, 2, 0, 0]);
  lock.unlock();
  expect(words[AT.signals]).toBe(1);
  expect(lock.tryLock()).toBe(true);
  lock.unlock();
  expect(words[AT.signals]).toBe(2);
  words.fill(0);
});

it('wakes none where none waits', () => {
  const lock = new ConditionLock(words, AT);
  expect(lock.tryLock()).toBe(true);
  expect(lock.tryLock()).toBe(false);
  lock.unlock();
  expect([...words]).toEqual([0, 0, 0, 0]);
});
