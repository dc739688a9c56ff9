import { describe, expect, it } from 'vitest';
import type { GilChange } from '../../src/python/gil-reader.js';
import { SampledLock, type LockReader } from '../../src/sampling/sampled-lock.js';

/** What a sample finds: who holds the lock or did so last, and how often it has passed on. */
type Found = readonly [lastHolder: number, switchNumber: number, locked?: boolean];

/** A lock whose samples find these, one after another. */
function lockWith(...samples: readonly Found[]): SampledLock {
  let at = -1;
  const now = () => samples[at] ?? ([0, 0] as Found);
  const reader: LockReader = {
    poll: (): GilChange => {
      at += 1;
      return at < samples.length ? 'changed' : 'gone';
    },
    get holder() {
      return now()[2] === false ? 0 : now()[0];
    },
    get lastHolder() {
      return now()[0];
    },
    get switchNumber() {
      return now()[1];
    },
    enabled: true,
    futexFrom: 1000,
    futexTo: 1100,
  };
  const lock = new SampledLock(0, reader);
  for (const index of samples.keys()) lock.sample(index);
  return lock;
}

describe('the hand-offs of a lock', () => {
  it.each<[string, readonly Found[], number, number]>([
    ['none before the first sample', [[1, 500]], 0, 0],
    [
      'one that the next sample shows',
      [
        [1, 0],
        [2, 1],
      ],
      1,
      0,
    ],
    [
      'none where the same thread holds again',
      [
        [1, 5],
        [1, 5, false],
        [1, 5],
      ],
      0,
      0,
    ],
    [
      'there and back unseen',
      [
        [1, 0],
        [1, 2],
      ],
      2,
      2,
    ],
    [
      'several, of which one is seen',
      [
        [1, 0],
        [2, 3],
      ],
      3,
      2,
    ],
    [
      'to a thread that released it again',
      [
        [1, 0],
        [2, 1, false],
        [1, 2],
      ],
      2,
      0,
    ],
  ])('are counted: %s', (_, samples, handoffs, hidden) => {
    const lock = lockWith(...samples);
    expect({ handoffs: lock.handoffs, hidden: lock.hidden }).toEqual({ handoffs, hidden });
  });

  it('tell who took it since when', () => {
    const lock = lockWith([1, 0], [2, 1], [2, 1, false]);
    expect(lock.wasTakenBy(2, 0)).toBe(true);
    expect(lock.wasTakenBy(2, 1)).toBe(false);
    expect(lock.wasTakenBy(1, 0)).toBe(false);
    expect(lock.holder).toBe(0);
  });
});

it('is waited for on its own words alone', () => {
  const lock = lockWith([1, 0]);
  expect([999, 1000, 1099, 1100].map((address) => lock.isWaitedForAt(address))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
