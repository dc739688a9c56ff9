import { expect, it } from 'vitest';
import type { Clock, Milliseconds } from '../../../../src/base/units.js';
import { Mutex } from '../../../../src/engine/lane/locks/mutex.js';
import { Threads, exploreAll } from '../../../fixtures/threads.js';

const words = new Int32Array(new SharedArrayBuffer(8));
const WORD = 0;
/** How many are inside. */
const INSIDE = 1;

/** A lane that takes the mutex so many times; it throws where another is inside meanwhile. */
function lane(turns: number, lock: (mutex: Mutex) => void = waitForEver): () => void {
  return () => {
    const mutex = new Mutex(words, WORD);
    for (let turn = 0; turn < turns; turn += 1) {
      lock(mutex);
      if (Atomics.add(words, INSIDE, 1) !== 0) throw new Error('two are inside');
      Atomics.add(words, INSIDE, -1);
      mutex.unlock();
    }
  };
}

function waitForEver(mutex: Mutex): void {
  mutex.lock();
}

it.each([[[2, 2]], [[1, 1, 1]]])(
  'has one inside, and wakes whoever waits, in every order: lanes with %j turns',
  (turns) => {
    const threads = new Threads(turns.map((times) => lane(times)));
    expect(exploreAll(threads, { timeouts: 0 })).toBeGreaterThan(100);
  },
);

it('wakes whoever waits though others give up waiting and come again, in every order', () => {
  const insist = (mutex: Mutex) => {
    while (!mutex.lockUntil(1 as Milliseconds, threads.clock as Clock));
  };
  const threads: Threads = new Threads([lane(1), lane(1, insist), lane(1, insist)]);
  expect(exploreAll(threads, { timeouts: 1 })).toBeGreaterThan(1000);
});
